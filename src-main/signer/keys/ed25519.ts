/** Ed25519 by node:crypto, from a 32-byte seed. Addresses are base58 public keys. */
import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import { base58 } from '@scure/base';
import { address, type Address } from '#domain/ids.ts';
import { wipe } from '../wipe.ts';

export const SEED_BYTES = 32;
export const PUBLIC_KEY_BYTES = 32;

/** RFC 8410: what stands before the seed in a PKCS#8 private key. */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

function withPrivateKey<Value>(seed: Uint8Array, use: (key: KeyObject) => Value): Value {
  if (seed.length !== SEED_BYTES) throw new RangeError('An Ed25519 seed has 32 bytes');
  const wrapped = Buffer.concat([PKCS8_PREFIX, seed]);
  try {
    return use(createPrivateKey({ key: wrapped, format: 'der', type: 'pkcs8' }));
  } finally {
    wipe(wrapped);
  }
}

export function publicKeyOf(seed: Uint8Array): Buffer {
  return withPrivateKey(seed, (key) =>
    createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-PUBLIC_KEY_BYTES),
  );
}

export function addressOf(seed: Uint8Array): Address {
  return address(base58.encode(publicKeyOf(seed)));
}

/** 64 bytes; the same message and seed always give the same. */
export function signWith(seed: Uint8Array, message: Uint8Array): Buffer {
  return withPrivateKey(seed, (key) => sign(null, message, key));
}

/** Whether the text is 32 bytes in base58. */
export function isAddress(text: string): boolean {
  if (!/^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(text)) return false;
  return base58.decode(text).length === PUBLIC_KEY_BYTES;
}
