/** Keys of the practice world, derived from its seed: play money, so that a test or a second client can sign too. */
import { createHash } from 'node:crypto';
import { Keypair } from '@solana/web3.js';

/** @param role for example `starter`, `house/0`, `population/3`. */
export function practiceKeypair(seed: string, role: string): Keypair {
  return Keypair.fromSeed(createHash('sha256').update(`keel-practice/${seed}/${role}`).digest());
}
