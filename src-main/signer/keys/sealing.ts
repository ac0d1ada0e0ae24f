/**
 * AES-256-GCM (the AEAD that Electron's BoringSSL and Node's OpenSSL both have) with a fresh random nonce each time,
 * and the derivation of the key that wraps the master key.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { wipe } from '../wipe.ts';

export const NONCE_BYTES = 12;
export const TAG_BYTES = 16;
export const KEY_BYTES = 32;

/** Base64; `sealed` ends with the tag. */
export interface Sealed {
  readonly nonce: string;
  readonly sealed: string;
}

/** `bound` is authenticated with it: opened with anything else, it does not open. */
export function seal(key: Uint8Array, secret: Uint8Array, bound: string): Sealed {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(Buffer.from(bound));
  const sealed = Buffer.concat([cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
  return { nonce: nonce.toString('base64'), sealed: sealed.toString('base64') };
}

/** Null: another key, or something was altered. The caller overwrites the secret. */
export function open(key: Uint8Array, { nonce, sealed }: Sealed, bound: string): Buffer | null {
  const bytes = Buffer.from(sealed, 'base64');
  const iv = Buffer.from(nonce, 'base64');
  if (iv.length !== NONCE_BYTES || bytes.length < TAG_BYTES) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(bound));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const secret = decipher.update(bytes.subarray(0, bytes.length - TAG_BYTES));
  try {
    decipher.final();
    return secret;
  } catch {
    wipe(secret);
    return null;
  }
}

/** Key that wraps the master key: of the passphrase alone, or of it and the operating system's secret. */
export function wrappingKey(
  fromPassphrase: Uint8Array,
  deviceSecret: Uint8Array | null,
  salt: Uint8Array,
): Buffer {
  const purpose = deviceSecret === null ? 'keel passphrase' : 'keel passphrase and device';
  const material = Buffer.concat([fromPassphrase, deviceSecret ?? Buffer.alloc(0)]);
  const key = Buffer.from(hkdfSync('sha256', material, salt, purpose, KEY_BYTES));
  wipe(material);
  return key;
}
