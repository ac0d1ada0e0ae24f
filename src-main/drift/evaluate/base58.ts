import type { PublicKey } from '@solana/web3.js';

const known = new WeakMap<PublicKey, string>();

/** A decoded account lives for many reads, and encoding a key costs more than anything else of a valuation. */
export function base58Of(key: PublicKey): string {
  const text = known.get(key) ?? key.toBase58();
  known.set(key, text);
  return text;
}
