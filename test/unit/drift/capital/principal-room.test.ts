import fc from 'fast-check';
import { expect, it } from 'vitest';
import { principalRoomOf, type Deposit } from '#main/drift/capital/principal-room.ts';

const USDC = 1_000_000n;
const THRESHOLD = 10_000n * USDC;
const SMALL: Deposit = {
  held: 500n * USDC,
  cumulativeDeposits: 500n * USDC,
  netDeposits: 500n * USDC,
  oraclePrice: 1_000_000n,
  decimals: 6,
};

const roomOf = (changes: Partial<Deposit>): bigint =>
  principalRoomOf({ ...SMALL, ...changes }, THRESHOLD);

it('is all that is held, up to a tenth of the threshold and not at it', () => {
  const rich = { cumulativeDeposits: 2_000n * USDC, netDeposits: 2_000n * USDC };
  expect(roomOf({})).toBe(500n * USDC);
  expect(roomOf({ ...rich, held: 1_000n * USDC - 1n })).toBe(1_000n * USDC - 1n);
  expect(roomOf({ ...rich, held: 1_000n * USDC })).toBe(0n);
  expect(roomOf({ held: 0n })).toBe(0n);
  expect(roomOf({ held: -1n })).toBe(0n);
});

it('is no more than was paid into the market: earnings stay', () => {
  expect(roomOf({ cumulativeDeposits: 499n * USDC })).toBe(499n * USDC);
  expect(roomOf({ cumulativeDeposits: 0n })).toBe(0n);
  expect(roomOf({ cumulativeDeposits: -1n })).toBe(0n);
});

it('is no more than was paid in altogether, its value rounded down', () => {
  expect(roomOf({ netDeposits: 499n * USDC })).toBe(499n * USDC);
  expect(roomOf({ netDeposits: 0n })).toBe(0n);
  expect(roomOf({ netDeposits: -1n })).toBe(0n);
  // At 0.30 six units are worth 1.8, and seven 2.1.
  expect(roomOf({ netDeposits: 1n, oraclePrice: 300_000n })).toBe(6n);
});

it('is nothing where the price is unknown', () => {
  expect(roomOf({ oraclePrice: null })).toBe(0n);
  expect(roomOf({ oraclePrice: 0n })).toBe(0n);
});

/** The program's own question, after the withdrawal. */
function passes(deposit: Deposit, threshold: bigint, amount: bigint): boolean {
  const { held, cumulativeDeposits, netDeposits, oraclePrice, decimals } = deposit;
  const value = (amount * (oraclePrice ?? 0n)) / 10n ** BigInt(decimals);
  const rest = held - amount;
  return (
    rest >= 0n &&
    cumulativeDeposits - amount >= 0n &&
    netDeposits - value >= 0n &&
    rest + amount < threshold / 10n
  );
}

it('passes exactly, and one unit more does not', () => {
  const amount = fc.oneof(fc.bigInt(-3n, 40n), fc.bigInt(-(10n ** 12n), 10n ** 12n));
  const deposit: fc.Arbitrary<Deposit> = fc.record({
    held: amount,
    cumulativeDeposits: amount,
    netDeposits: amount,
    oraclePrice: fc.oneof(fc.bigInt(1n, 5n), fc.bigInt(1n, 10n ** 12n)),
    decimals: fc.constantFrom(0, 6, 9),
  });
  fc.assert(
    fc.property(deposit, fc.bigInt(0n, 10n ** 13n), (of, threshold) => {
      const room = principalRoomOf(of, threshold);
      if (room > 0n) expect(passes(of, threshold, room)).toBe(true);
      expect(passes(of, threshold, room + 1n)).toBe(false);
    }),
    { numRuns: 2_000 },
  );
});
