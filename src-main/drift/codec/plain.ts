/**
 * Decoded accounts hold `BN` for every integer wider than 32 bits. Keel counts in bigint, so accounts are turned
 * into plain values at the edge and back again only to be encoded.
 */
import BN from 'bn.js';
import { PublicKey } from '@solana/web3.js';

/** An account or instruction with every `BN` as bigint and every field mutable. */
export type Plain<T> = T extends BN
  ? bigint
  : T extends PublicKey
    ? PublicKey
    : T extends readonly (infer E)[]
      ? Plain<E>[]
      : T extends object
        ? { -readonly [K in keyof T]: Plain<T[K]> }
        : T;

/** Exact at any width and sign. */
export function toBigInt(value: BN): bigint {
  if (value.bitLength() <= 53) return BigInt(value.toNumber());
  const magnitude = BigInt(`0x${value.abs().toString(16)}`);
  return value.isNeg() ? -magnitude : magnitude;
}

/** Exact at any width and sign. */
export function toBn(value: bigint): BN {
  if (value <= Number.MAX_SAFE_INTEGER && value >= Number.MIN_SAFE_INTEGER)
    return new BN(Number(value));
  return value < 0n ? new BN((-value).toString(16), 16).neg() : new BN(value.toString(16), 16);
}

/** Copies deeply: nothing of the result is shared with the decoded value but its public keys. */
export function toPlain<T>(decoded: T): Plain<T> {
  return plainOf(decoded) as Plain<T>;
}

/** The inverse of `toPlain`, ready for the coder. */
export function toDecoded(plain: unknown): unknown {
  if (typeof plain === 'bigint') return toBn(plain);
  if (plain === null || typeof plain !== 'object' || plain instanceof PublicKey) return plain;
  if (Array.isArray(plain)) return typeof plain[0] === 'number' ? plain : plain.map(toDecoded);
  const result: Record<string, unknown> = {};
  for (const key in plain) result[key] = toDecoded((plain as Record<string, unknown>)[key]);
  return result;
}

function plainOf(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (BN.isBN(value)) return toBigInt(value);
  if (value instanceof PublicKey) return value;
  if (Array.isArray(value))
    return typeof value[0] === 'number' ? value.slice() : value.map(plainOf);
  const result: Record<string, unknown> = {};
  for (const key in value) result[key] = plainOf((value as Record<string, unknown>)[key]);
  return result;
}
