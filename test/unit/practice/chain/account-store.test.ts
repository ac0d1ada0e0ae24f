import { PublicKey, SystemProgram } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AccountStore } from '#main/practice/chain/account-store.ts';
import type { Account } from '#main/practice/chain/program.ts';

const OWNERS = [SystemProgram.programId, new PublicKey(new Uint8Array(32).fill(5))] as const;

function accountOf(lamports: number, owner = 0): Account {
  return {
    lamports: BigInt(lamports),
    owner: OWNERS[owner === 0 ? 0 : 1],
    data: Buffer.from([lamports % 256]),
    executable: false,
  };
}

/** What was written, slot by slot, looked up the slow way. */
class Model {
  readonly writes: { address: string; slot: bigint; account: Account | null }[] = [];

  at(address: string, slot: bigint): Account | null {
    const last = this.writes.findLast((each) => each.address === address && each.slot <= slot);
    return last?.account ?? null;
  }
}

const write = fc.record({
  address: fc.constantFrom('a', 'b', 'c'),
  slots: fc.nat(3),
  lamports: fc.integer({ min: 0, max: 4 }),
  owner: fc.nat(1),
});

describe('the account store', () => {
  it('answers every remembered slot as it was, whatever came later', () => {
    fc.assert(
      fc.property(fc.array(write, { maxLength: 40 }), fc.nat(30), (writes, pruned) => {
        const store = new AccountStore();
        const model = new Model();
        let slot = 1n;
        for (const { address, slots, lamports, owner } of writes) {
          slot += BigInt(slots);
          const account = lamports === 0 ? null : accountOf(lamports, owner);
          store.put(address, account, slot);
          model.writes.push({ address, slot, account });
        }
        const oldest = BigInt(pruned) < slot ? BigInt(pruned) : slot;
        store.prune(oldest);
        for (let each = oldest; each <= slot + 1n; each += 1n) {
          for (const address of ['a', 'b', 'c']) {
            const seen = store.versionAt(address, each)?.account ?? null;
            expect(seen).toEqual(model.at(address, each));
          }
          for (const owner of OWNERS) {
            const owned = [...store.ownedAt(owner.toBase58(), each)].map(([address]) => address);
            const expected = ['a', 'b', 'c'].filter((address) =>
              model.at(address, each)?.owner.equals(owner),
            );
            expect(owned.sort()).toEqual(expected);
          }
        }
      }),
    );
  });

  it('keeps one version, and its encoded text, where nothing changes', () => {
    const store = new AccountStore();
    store.put('a', accountOf(3), 1n);
    const first = store.versionAt('a', 1n)!;
    first.base64 = 'encoded';
    store.put('a', accountOf(3), 2n);
    expect(store.versionAt('a', 2n)).toBe(first);
    expect(store.changedAt(2n).size).toBe(0);
    store.put('a', accountOf(4), 3n);
    expect(store.versionAt('a', 3n)?.base64).toBeNull();
  });

  it('forgets what no remembered slot can see', () => {
    const store = new AccountStore();
    for (let slot = 1; slot <= 50; slot += 1) store.put('a', accountOf(slot), BigInt(slot));
    store.prune(45n);
    expect(store.versionAt('a', 44n)).toBeNull();
    expect(store.versionAt('a', 45n)?.account?.lamports).toBe(45n);
    expect(store.changedAt(44n).size).toBe(0);
    store.put('a', null, 51n);
    store.prune(51n);
    expect([...store.heads()]).toEqual([]);
  });
});
