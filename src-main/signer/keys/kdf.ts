/**
 * From a passphrase to 32 bytes: Argon2id, never below OWASP's strongest profile, calibrated to about a second of this
 * computer. The bounds are constants of the code: no data in a file reaches a weaker or an endless derivation.
 */
import { argon2id } from '@noble/hashes/argon2.js';
import type { SignerClock } from '../clock.ts';
import { wipe } from '../wipe.ts';

export interface KdfCost {
  readonly memoryKiB: number;
  readonly passes: number;
  readonly lanes: number;
}

export interface Kdf {
  /** Whether a cost from a file is within what this signer ever derives with. */
  accepts(cost: KdfCost): boolean;
  /** Measured on this computer, now. */
  choose(): Promise<KdfCost>;
  /** 32 bytes; the caller overwrites them. Throws where the computer has not that much memory. */
  derive(passphrase: Uint8Array, salt: Uint8Array, cost: KdfCost): Promise<Buffer>;
}

/** OWASP's strongest profile for Argon2id: 46 MiB, one pass, one lane. */
const LEAST_MEMORY_KIB = 47_104;
const MOST_MEMORY_KIB = 1_048_576;
const MOST_PASSES = 2;
const TARGET_MS = 1_000;
const MEMORY_STEP_KIB = 1_024;

/** Cost that takes about a second where the least one took so many milliseconds. */
export function costFor(leastCostMs: number): KdfCost {
  const affordable = (LEAST_MEMORY_KIB * TARGET_MS) / Math.max(leastCostMs, 1);
  const stepped = Math.floor(affordable / MEMORY_STEP_KIB) * MEMORY_STEP_KIB;
  const memoryKiB = Math.min(Math.max(stepped, LEAST_MEMORY_KIB), MOST_MEMORY_KIB);
  const passes = Math.min(Math.max(Math.floor(affordable / memoryKiB), 1), MOST_PASSES);
  return { memoryKiB, passes, lanes: 1 };
}

export function acceptsCost({ memoryKiB, passes, lanes }: KdfCost): boolean {
  const memoryFits = memoryKiB >= LEAST_MEMORY_KIB && memoryKiB <= MOST_MEMORY_KIB;
  return memoryFits && passes >= 1 && passes <= MOST_PASSES && lanes === 1;
}

export function argon2Kdf(clock: Pick<SignerClock, 'monotonicMs'>): Kdf {
  const least: KdfCost = { memoryKiB: LEAST_MEMORY_KIB, passes: 1, lanes: 1 };
  async function derive(passphrase: Uint8Array, salt: Uint8Array, cost: KdfCost): Promise<Buffer> {
    if (!acceptsCost(cost)) throw new RangeError('A cost that no file may ask for');
    // It holds the process up for a second: what was said before must leave first.
    await new Promise((resolve) => setImmediate(resolve));
    const { memoryKiB: m, passes: t, lanes: p } = cost;
    const derived = argon2id(passphrase, salt, { m, t, p, dkLen: 32, maxmem: 2 ** 31 });
    const key = Buffer.from(derived);
    wipe(derived);
    return key;
  }
  return {
    accepts: acceptsCost,
    derive,
    async choose() {
      const sample = Buffer.alloc(16, 1);
      // The first run also compiles: the second is the one that counts.
      await derive(sample, sample, least);
      const startMs = clock.monotonicMs();
      await derive(sample, sample, least);
      return costFor(clock.monotonicMs() - startMs);
    },
  };
}
