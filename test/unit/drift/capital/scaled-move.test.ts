/** The range that a balance must lie in, against the program's own arithmetic as the practice program has it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_INDEX, scaledAfter, scaledRange } from '#main/drift/capital/scaled-move.ts';
import { moveSpotBalance } from '#main/practice/drift/math/spot-balance.ts';
import type { SpotMarket } from '#main/practice/drift/types.ts';

type Balance = Parameters<typeof moveSpotBalance>[3];

/** What the program leaves of a balance, signed. */
function byProgram(
  before: bigint,
  change: bigint,
  decimals: number,
  deposit: bigint,
  borrow: bigint,
) {
  const market = {
    decimals,
    cumulativeDepositInterest: deposit,
    cumulativeBorrowInterest: borrow,
    depositBalance: 10n ** 30n,
    borrowBalance: 10n ** 24n,
  } as SpotMarket;
  const balance = {
    scaledBalance: before < 0n ? -before : before,
    balanceType: before < 0n ? { borrow: {} } : { deposit: {} },
  } as Balance;
  const direction = change < 0n ? 'borrow' : 'deposit';
  moveSpotBalance(change < 0n ? -change : change, direction, market, balance, change < 0n);
  return 'borrow' in (balance.balanceType ?? {}) ? -balance.scaledBalance : balance.scaledBalance;
}

const index = fc.bigInt(FIRST_INDEX, 3n * FIRST_INDEX);
const moves = fc
  .record({
    decimals: fc.constantFrom(6, 8, 9),
    deposit: index,
    borrow: index,
    before: fc.oneof(
      fc.constant(0n),
      fc.bigInt(-5_000n, 5_000n),
      fc.bigInt(-(10n ** 16n), 10n ** 16n),
    ),
    change: fc.oneof(fc.bigInt(1n, 5n), fc.bigInt(1n, 10n ** 13n)),
    isOut: fc.boolean(),
  })
  .map(({ change, isOut, ...rest }) => ({ ...rest, change: isOut ? -change : change }));

describe('the range of a balance after a move', () => {
  it('holds what the program leaves, at whichever index between the two it lands', () => {
    fc.assert(
      fc.property(moves, fc.bigInt(0n, 10n ** 7n), fc.nat(100), (move, growth, share) => {
        const { before, change, decimals, deposit, borrow } = move;
        // Nothing is ever borrowed: no more goes out than is held.
        const held = (before * deposit) / 10n ** BigInt(19 - decimals);
        fc.pre(change > 0n || -change <= held);
        const at = (part: bigint) => ({
          deposit: deposit + (growth * part) / 100n,
          borrow: borrow + (growth * part) / 100n,
        });
        const landed = at(BigInt(share));
        const left = byProgram(before, change, decimals, landed.deposit, landed.borrow);
        const range = scaledRange(before, change, decimals, at(0n), at(100n));
        expect(left >= range.lowest && left <= range.highest).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is narrow: a token unit more or less lies outside, where no side is emptied', () => {
    fc.assert(
      fc.property(moves, ({ before, change, decimals, deposit, borrow }) => {
        const indexes = { deposit, borrow };
        const { lowest, highest } = scaledRange(before, change, decimals, indexes, indexes);
        const unit = 10n ** BigInt(9 - decimals);
        const isSimple =
          before === 0n || (before < 0n === change < 0n && (before > 10_000n || before < -10_000n));
        fc.pre(isSimple);
        expect(highest - lowest).toBe(2n);
        // Nine decimals have no unit between the two roundings.
        fc.pre(unit >= 10n);
        const more = scaledAfter(before, change + (change < 0n ? -1n : 1n), decimals, indexes);
        expect(more < lowest || more > highest).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is zero within a token unit where all is taken out', () => {
    const indexes = { deposit: 12_345_678_901n, borrow: 13_000_000_000n };
    const before = 5_000_000_123n;
    const held = (before * indexes.deposit) / 10n ** 13n;
    const { lowest, highest } = scaledRange(before, -held, 6, indexes, indexes);
    expect(lowest <= 0n && highest >= 0n && highest - lowest < 2_010n).toBe(true);
  });
});
