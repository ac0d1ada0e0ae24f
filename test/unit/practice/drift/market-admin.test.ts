/** What the network's owner makes of a market is enforced by the program, as the venue's own would be. */
import { beforeEach, describe, expect, test } from 'vitest';
import { healthBpsOf } from '#domain/margin.ts';
import type { MarketOperation } from '#domain/exchange-state.ts';
import type { PracticeMarketChange } from '#domain/practice.ts';
import { pythLazerAddress } from '#main/drift/codec/addresses.ts';
import { loadFrom } from '#main/practice/drift/ledger-accounts.ts';
import { calculateMargin } from '#main/practice/drift/math/margin.ts';
import { readOracle } from '#main/practice/drift/math/price.ts';
import { findPerpPosition } from '#main/practice/drift/math/perp-position.ts';
import { settingsOf } from '#main/practice/drift/options.ts';
import { ledgerView } from '#main/practice/drift/tick/ledger-view.ts';
import { DriftChain, refusalOf } from '#test/support/drift-chain.ts';

const DOLLAR = 1_000_000n;
const ONE = 1_000_000_000n;
const SOL_FEED = 6;
/** The starter's second sub-account: 500 USDC and nothing else. */
const RESERVE = 1;
const EXCHANGE_PAUSED = 6024;
const FILL_PAUSED = 6148;

let chain: DriftChain;

beforeEach(() => {
  chain = new DriftChain();
  chain.mint(chain.starter, 'USDC', 10_000n * DOLLAR);
});

function setMarket(change: PracticeMarketChange): void {
  chain.world.admin(chain.ledger, { method: 'setMarket', change });
}

const setUsdc = (change: Omit<PracticeMarketChange, 'kind' | 'marketIndex'>) =>
  setMarket({ kind: 'spot', marketIndex: 0, ...change });
const setSolPerp = (change: Omit<PracticeMarketChange, 'kind' | 'marketIndex'>) =>
  setMarket({ kind: 'perp', marketIndex: 0, ...change });

const deposit = () => chain.deposit(chain.starter, RESERVE, 0, DOLLAR);
const withdraw = () => chain.withdraw(chain.starter, RESERVE, 0, DOLLAR);
const transfer = () => chain.transfer(chain.starter, RESERVE, 0, 0, DOLLAR);
const take = () => chain.take(chain.starter, RESERVE, { side: 'long', base: ONE });

function held(): bigint {
  return findPerpPosition(chain.user(chain.starter, RESERVE), 0)?.baseAssetAmount ?? 0n;
}

function oracle() {
  const address = pythLazerAddress(chain.world.deployment, SOL_FEED);
  return readOracle(loadFrom(chain.ledger, 'PythLazerOracle', address), chain.bank.slot);
}

describe('the exchange', () => {
  test.each([
    [1, deposit],
    [2, withdraw],
    [3, transfer],
    [1, transfer],
    [2, transfer],
    [8, take],
    [255, take],
  ])('with bits %i refuses what they pause', (bits, work) => {
    chain.setExchangeStatus(bits);
    expect(refusalOf(work)).toBe(EXCHANGE_PAUSED);
    chain.setExchangeStatus(0);
    expect(refusalOf(work)).toBeNull();
  });
});

describe('a token market', () => {
  const codes: readonly (readonly [MarketOperation, () => void, boolean])[] = [
    ['deposit', deposit, true],
    ['withdraw', withdraw, true],
    ['deposit', withdraw, false],
    ['withdraw', deposit, false],
    ['fill', deposit, false],
    ['liquidation', withdraw, false],
  ];
  test.each(codes)('that has paused %s', (operation, work, refused) => {
    setUsdc({ pausedOperations: [operation] });
    expect(typeof refusalOf(work)).toBe(refused ? 'number' : 'object');
    setUsdc({ pausedOperations: [] });
    expect(refusalOf(work)).toBeNull();
  });

  test.each([
    ['withdrawPaused', withdraw],
    ['reduceOnly', deposit],
    ['settlement', deposit],
    ['delisted', deposit],
    ['initialized', withdraw],
  ] as const)('that is %s refuses', (status, work) => {
    setUsdc({ status });
    expect(refusalOf(work)).toBeTypeOf('number');
    setUsdc({ status: 'active' });
    expect(refusalOf(work)).toBeNull();
  });

  test('takes nothing beyond its cap, and everything without one', () => {
    setUsdc({ depositCap: 1n });
    expect(refusalOf(deposit)).toBe(6038);
    setUsdc({ depositCap: 0n });
    expect(refusalOf(deposit)).toBeNull();
  });

  test('lets nothing of a large depositor out while its guard is shut', () => {
    setUsdc({ withdrawGuard: 'shut' });
    const lender = chain.world.house(0).authority;
    chain.give(lender, 0, 0n);
    const large = () => chain.withdraw(lender, 0, 0, DOLLAR);
    expect(refusalOf(large)).toBe(6128);
    setUsdc({ withdrawGuard: 'usual' });
    expect(refusalOf(large)).toBeNull();
  });
});

describe('a perp market', () => {
  test.each(['fillPaused', 'ammPaused', 'settlement', 'delisted', 'initialized'] as const)(
    'that is %s fills nothing',
    (status) => {
      setSolPerp({ status });
      expect(refusalOf(take)).toBeTypeOf('number');
      expect(held()).toBe(0n);
      setSolPerp({ status: 'active' });
      expect(refusalOf(take)).toBeNull();
    },
  );

  test('that is reduce-only lets a position be closed, and none be opened', () => {
    take();
    setSolPerp({ status: 'reduceOnly' });
    expect(refusalOf(take)).toBeTypeOf('number');
    chain.take(chain.starter, RESERVE, { side: 'short', base: ONE, reduceOnly: true });
    expect(held()).toBe(0n);
  });

  test.each(['fill', 'ammFill'] as const)('that has paused %s fills nothing', (operation) => {
    setSolPerp({ pausedOperations: [operation] });
    expect(refusalOf(take)).toBe(operation === 'fill' ? FILL_PAUSED : 6289);
    setSolPerp({ pausedOperations: [] });
    expect(refusalOf(take)).toBeNull();
  });

  test('leaves resting orders alone while it fills nothing', () => {
    const price = oracle().price + DOLLAR;
    setSolPerp({ pausedOperations: ['fill'] });
    chain.place(chain.starter, RESERVE, { side: 'long', base: ONE, price });
    chain.advance(6, 1n);
    expect(held()).toBe(0n);
    setSolPerp({ pausedOperations: [] });
    chain.advance(6, 1n);
    expect(held()).toBe(ONE);
  });

  test.each([
    [{ kind: 'perp', marketIndex: 9 }, 'no perp market 9'],
    [{ kind: 'perp', marketIndex: 0, depositCap: 1n }, 'Only spot markets'],
    [{ kind: 'perp', marketIndex: 0, pausedOperations: ['deposit'] }, 'no operation deposit'],
    [{ kind: 'spot', marketIndex: 0, price: 1n }, 'no oracle'],
    [{ kind: 'spot', marketIndex: 1, price: 0n }, 'above zero'],
  ] as const)('is not changed by nonsense (%#)', (change, words) => {
    const before = chain.snapshot();
    expect(() => setMarket(change)).toThrow(words);
    expect(chain.snapshot()).toBe(before);
  });
});

describe('an oracle', () => {
  test('that stops grows old, and nothing is filled at it', () => {
    setSolPerp({ oracle: 'stops' });
    const { delay } = oracle();
    chain.advance(12, 1n);
    expect(oracle().delay).toBe(delay + 12n);
    expect(refusalOf(take)).toBe(6289);
    setSolPerp({ oracle: 'walks' });
    chain.advance(2, 1n);
    expect(oracle().delay).toBeLessThanOrEqual(2n);
    expect(refusalOf(take)).toBeNull();
  });

  test('that stops says one more price when it is told to', () => {
    setSolPerp({ oracle: 'stops' });
    chain.advance(12, 1n);
    setSolPerp({ price: 140n * DOLLAR });
    expect(oracle().price).toBe(140n * DOLLAR);
    chain.advance(12, 1n);
    expect(oracle()).toMatchObject({ price: 140n * DOLLAR });
    expect(oracle().delay).toBeGreaterThanOrEqual(11n);
  });

  test('that holds says the same price anew, while the others walk', () => {
    chain = new DriftChain({ volatility: 1 });
    setSolPerp({ price: 150n * DOLLAR, oracle: 'holds' });
    const others = chain.oraclePrice(1);
    chain.advance(20, 1n);
    expect(oracle().price).toBe(150n * DOLLAR);
    expect(oracle().delay).toBeLessThanOrEqual(2n);
    expect(chain.oraclePrice(1)).not.toBe(others);
  });

  test('that is uncertain stays so over its next prices', () => {
    setSolPerp({ confidenceBps: 300 });
    chain.advance(4, 1n);
    const { price, confidence } = oracle();
    expect(confidence).toBe((price * 300n) / 10_000n);
    expect(refusalOf(take)).toBe(6289);
    setSolPerp({ confidenceBps: 0 });
    expect(oracle().confidence).toBe(price / 5_000n);
    expect(refusalOf(take)).toBeNull();
  });
});

describe('a wanted health', () => {
  function setHealth(healthBps: number, subAccountId = RESERVE): bigint {
    let found = 0n;
    chain.world.admin(chain.ledger, {
      method: 'setHealth',
      wanted: { subAccountId, marketIndex: 0, healthBps },
      onPrice: (price) => {
        found = price;
      },
    });
    return found;
  }

  function health(): number {
    const { totalCollateral, marginRequirement } = calculateMargin(
      chain.user(chain.starter, RESERVE),
      ledgerView(chain.ledger, settingsOf({})),
      chain.state(),
      'maintenance',
      false,
    );
    return healthBpsOf(totalCollateral, marginRequirement, false);
  }

  test.each(['long', 'short'] as const)(
    'is found by the price of a %s position, to the hundredth of a percent',
    (side) => {
      chain.take(chain.starter, RESERVE, { side, base: 25n * ONE });
      for (const wanted of [5_040, 4_990, 5_010, 4_980, 2_010, 1_990, 7_500, 1]) {
        const price = setHealth(wanted);
        expect(health()).toBe(wanted);
        chain.advance(30, 2n);
        expect(oracle().price).toBe(price);
        expect(health()).toBe(wanted);
      }
    },
  );

  test('that no price gives is refused, and nothing moves', () => {
    const before = chain.snapshot();
    expect(() => setHealth(5_000)).toThrow('No price of SOL');
    expect(() => setHealth(5_000, 7)).toThrow('no sub-account 7');
    expect(chain.snapshot()).toBe(before);
  });
});
