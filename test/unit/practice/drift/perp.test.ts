import { beforeEach, describe, expect, test } from 'vitest';
import { DRIFT_ERRORS } from '#main/drift/codec/drift-coder.ts';
import { findPerpPosition } from '#main/practice/drift/math/perp-position.ts';
import { signedTokenAmount } from '#main/practice/drift/math/spot-balance.ts';
import { DriftChain, refusalOf } from '#test/support/drift-chain.ts';

const ONE = 1_000_000_000n;
const STEP = 10_000_000n;
const PRICE = 152_400_000n;
/** The starter's second sub-account: 500 USDC and nothing else. */
const RESERVE = 1;

let chain: DriftChain;

beforeEach(() => {
  chain = new DriftChain();
});

function position(sub = RESERVE, market = 0) {
  return findPerpPosition(chain.user(chain.starter, sub), market);
}

function usdc(sub = RESERVE): bigint {
  const balance = chain.user(chain.starter, sub).spotPositions[0];
  return balance ? signedTokenAmount(balance, chain.spot(0)) : 0n;
}

describe('taking', () => {
  test('opens near the oracle, with spread and fee', () => {
    chain.take(chain.starter, RESERVE, { side: 'long', base: ONE });
    const held = position();
    expect(held?.baseAssetAmount).toBe(ONE);
    const entry = -(held?.quoteEntryAmount ?? 0n);
    expect(entry).toBeGreaterThan(PRICE);
    expect(entry - PRICE).toBeLessThan(PRICE / 2_000n);
    const fee = (held?.quoteEntryAmount ?? 0n) - (held?.quoteAssetAmount ?? 0n);
    expect(fee).toBe((entry * 100n + 99_999n) / 100_000n);
    expect(held?.quoteBreakEvenAmount).toBe(held?.quoteAssetAmount);
    expect(chain.stats(chain.starter).takerVolume30D).toBe(entry);
  });

  test('adds, reduces, turns round and closes', () => {
    chain.take(chain.starter, RESERVE, { side: 'short', base: ONE });
    chain.take(chain.starter, RESERVE, { side: 'short', base: ONE });
    const opened = position()?.quoteEntryAmount ?? 0n;
    chain.take(chain.starter, RESERVE, { side: 'long', base: ONE });
    expect(position()?.baseAssetAmount).toBe(-ONE);
    expect(position()?.quoteEntryAmount).toBe(opened - opened / 2n);
    chain.take(chain.starter, RESERVE, { side: 'long', base: 3n * ONE });
    expect(position()?.baseAssetAmount).toBe(2n * ONE);
    expect(position()?.quoteEntryAmount).toBeLessThan(-2n * PRICE);
    chain.take(chain.starter, RESERVE, { side: 'short', base: 5n * ONE, reduceOnly: true });
    expect(position()?.baseAssetAmount).toBe(0n);
    expect(position()?.quoteEntryAmount).toBe(0n);
    expect(position()?.quoteAssetAmount).toBeLessThan(0n);
  });

  test('keeps the market totals equal to the positions', () => {
    const { amm } = chain.perp(0);
    chain.take(chain.starter, RESERVE, { side: 'long', base: 2n * ONE });
    chain.take(chain.starter, RESERVE, { side: 'short', base: 3n * ONE });
    const after = chain.perp(0).amm;
    expect(after.baseAssetAmountShort).toBe(amm.baseAssetAmountShort - ONE);
    expect(after.baseAssetAmountLong).toBe(amm.baseAssetAmountLong);
    expect(after.baseAssetAmountWithAmm).toBe(
      after.baseAssetAmountLong + after.baseAssetAmountShort,
    );
  });

  test.each([
    ['too small', { side: 'long', base: STEP - 1n }, 6047],
    ['beyond the margin', { side: 'long', base: 80n * ONE }, 6003],
    [
      'at a price that nobody gives, all or nothing',
      { side: 'long', base: ONE, price: PRICE - 1_000_000n },
      6289,
    ],
    ['reduce-only without a position', { side: 'long', base: ONE, reduceOnly: true }, 6047],
    ['of a market that is not there', { side: 'long', base: ONE, market: 9 }, 6078],
  ] as const)('%s is refused and leaves no trace', (_, terms, code) => {
    const before = chain.snapshot();
    expect(refusalOf(() => chain.take(chain.starter, RESERVE, terms))).toBe(code);
    expect(chain.snapshot()).toBe(before);
  });

  test('is refused by pause bits', () => {
    chain.setExchangeStatus(8);
    expect(refusalOf(() => chain.take(chain.starter, RESERVE, { side: 'long', base: ONE }))).toBe(
      6024,
    );
    chain.setExchangeStatus(1);
    chain.take(chain.starter, RESERVE, { side: 'long', base: ONE });
  });

  test('without a full fill the rest of an immediate order is gone', () => {
    chain.take(
      chain.starter,
      RESERVE,
      { side: 'long', base: ONE, price: PRICE - 1_000_000n },
      null,
    );
    expect(position()).toBeNull();
    expect(chain.user(chain.starter, RESERVE).hasOpenOrder).toBe(false);
  });
});

describe('resting orders', () => {
  test('are reserved, counted and cancelled', () => {
    chain.place(chain.starter, RESERVE, { side: 'long', base: ONE, price: PRICE - 10_000_000n });
    const user = chain.user(chain.starter, RESERVE);
    expect(user.openOrders).toBe(1);
    expect(position()?.openBids).toBe(ONE);
    const accounts = { ...chain.ids(chain.starter, RESERVE), authority: chain.starter };
    chain.run('cancelOrder', { orderId: null }, accounts);
    expect(chain.user(chain.starter, RESERVE).hasOpenOrder).toBe(false);
    expect(position()).toBeNull();
    expect(refusalOf(() => chain.run('cancelOrder', { orderId: 77 }, accounts))).toBe(6061);
  });

  test('fill when the price comes to them', () => {
    chain.place(chain.starter, RESERVE, { side: 'long', base: ONE, price: PRICE - 10_000_000n });
    chain.advance(4);
    expect(position()?.baseAssetAmount).toBe(0n);
    chain.setPrice('SOL-PERP', PRICE - 11_000_000n);
    chain.advance(4);
    expect(position()?.baseAssetAmount).toBe(ONE);
    expect(-(position()?.quoteEntryAmount ?? 0n)).toBeLessThanOrEqual(PRICE - 10_000_000n);
    expect(chain.user(chain.starter, RESERVE).openOrders).toBe(0);
  });

  test('as a maker fill at their own price and earn the rebate', () => {
    const price = PRICE + 10_000_000n;
    chain.place(chain.starter, RESERVE, {
      side: 'short',
      base: ONE,
      price,
      postOnly: 'mustPostOnly',
    });
    chain.setPrice('SOL', price + 1_000_000n);
    chain.advance(4);
    expect(position()?.quoteEntryAmount).toBe(price);
    expect(position()?.quoteAssetAmount).toBeGreaterThan(price);
  });

  test('that must not cross are refused when they would', () => {
    const price = PRICE + 10_000_000n;
    const crossing = { side: 'long', base: ONE, price, postOnly: 'mustPostOnly' } as const;
    expect(refusalOf(() => chain.place(chain.starter, RESERVE, crossing))).toBe(6057);
    chain.place(chain.starter, RESERVE, { ...crossing, postOnly: 'tryPostOnly' });
    expect(chain.user(chain.starter, RESERVE).openOrders).toBe(0);
  });

  test('go when their time is over', () => {
    chain.place(chain.starter, RESERVE, {
      side: 'long',
      base: ONE,
      price: 1_000_000n,
      maxTs: chain.now + 30n,
    });
    chain.advance(3, 5n);
    expect(chain.user(chain.starter, RESERVE).openOrders).toBe(1);
    chain.advance(4, 10n);
    expect(chain.user(chain.starter, RESERVE).openOrders).toBe(0);
  });
});

describe('settling', () => {
  test('takes a loss out of USDC', () => {
    chain.take(chain.starter, RESERVE, { side: 'long', base: 2n * ONE });
    chain.setPrice('SOL', PRICE - 5_000_000n);
    const before = usdc();
    chain.settle(chain.starter, RESERVE, 0);
    const lost = before - usdc();
    expect(lost).toBeGreaterThan(10_000_000n);
    expect(lost).toBeLessThan(10_500_000n);
    expect(-(position()?.settledPnl ?? 0n) - lost).toBeLessThanOrEqual(1n);
    const again = refusalOf(() => chain.settle(chain.starter, RESERVE, 0));
    expect(again).toBe(DRIFT_ERRORS.get('NoUnsettledPnl')?.code);
  });

  test('pays a realised profit into USDC out of the pool', () => {
    chain.take(chain.starter, RESERVE, { side: 'long', base: 2n * ONE });
    chain.setPrice('SOL', PRICE + 5_000_000n);
    chain.take(chain.starter, RESERVE, { side: 'short', base: 2n * ONE, reduceOnly: true });
    const owed = position()?.quoteAssetAmount ?? 0n;
    const pool = chain.perp(0).pnlPool.scaledBalance;
    const before = usdc();
    chain.settle(chain.starter, RESERVE, 0);
    expect(owed - (usdc() - before)).toBeLessThanOrEqual(2n);
    expect(chain.perp(0).pnlPool.scaledBalance).toBeLessThan(pool);
    expect(position()).toBeNull();
  });

  test('is refused where there is nothing, and while paused', () => {
    expect(refusalOf(() => chain.settle(chain.starter, RESERVE, 1))).toBe(6010);
    chain.setExchangeStatus(64);
    expect(refusalOf(() => chain.settle(chain.starter, 0, 0))).toBe(6024);
  });
});

describe('funding', () => {
  test('accrues at each period and is paid between sides when settled', () => {
    const fast = new DriftChain({ fundingPeriodSeconds: 60 });
    fast.advance(120, 10n);
    const rate = fast.perp(0).amm.cumulativeFundingRateShort;
    expect(rate).not.toBe(0n);
    expect(fast.perp(0).nextFundingRateRecordId).toBeGreaterThan(10n);
    const before = fast.user(fast.starter, 0).perpPositions[0];
    fast.take(fast.starter, 0, { side: 'short', base: ONE });
    const after = fast.user(fast.starter, 0);
    expect(after.perpPositions[0]?.lastCumulativeFundingRate).toBe(
      fast.perp(0).amm.cumulativeFundingRateShort,
    );
    expect(after.cumulativePerpFunding > 0n).toBe(rate > 0n);
    expect(before?.lastCumulativeFundingRate).toBe(0n);
  });

  test('stands still while it is paused', () => {
    const fast = new DriftChain({ fundingPeriodSeconds: 60 });
    fast.setExchangeStatus(32);
    fast.advance(120, 10n);
    expect(fast.perp(0).amm.cumulativeFundingRateLong).toBe(0n);
  });
});
