import { argon2id } from '@noble/hashes/argon2.js';
import { describe, expect, it } from 'vitest';
import { acceptsCost, argon2Kdf, costFor } from '#main/signer/keys/kdf.ts';
import { utf8 } from '#test/support/signer-keys.ts';

const LEAST = { memoryKiB: 47_104, passes: 1, lanes: 1 };

describe('the cost of a derivation', () => {
  it('is never below the strongest profile, however slow the computer', () => {
    expect(costFor(10_000)).toEqual(LEAST);
    expect(costFor(1_000)).toEqual(LEAST);
  });

  it('takes more memory, then more passes, on a faster one', () => {
    expect(costFor(250)).toEqual({ ...LEAST, memoryKiB: 188_416 });
    expect(costFor(20)).toEqual({ ...LEAST, memoryKiB: 1_048_576, passes: 2 });
    expect(costFor(0)).toEqual({ ...LEAST, memoryKiB: 1_048_576, passes: 2 });
  });

  it('is always one that is accepted', () => {
    for (const ms of [0, 1, 22, 23, 44, 45, 46, 100, 333, 999, 5_000]) {
      expect(acceptsCost(costFor(ms))).toBe(true);
    }
  });

  it('derives with Argon2id and refuses what no file may ask for', async () => {
    const kdf = argon2Kdf({ monotonicMs: () => performance.now() });
    const salt = Buffer.alloc(16, 9);
    const derived = await kdf.derive(utf8('a passphrase'), salt, LEAST);
    const expected = argon2id(utf8('a passphrase'), salt, { m: 47_104, t: 1, p: 1, dkLen: 32 });
    expect(derived.equals(expected)).toBe(true);
    await expect(kdf.derive(utf8('x'), salt, { ...LEAST, memoryKiB: 8 })).rejects.toThrow(
      RangeError,
    );
  });
});
