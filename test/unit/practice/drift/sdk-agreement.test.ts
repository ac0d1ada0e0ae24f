/** The simulation's arithmetic against the SDK's: written apart, they must agree to the last unit. */
import * as sdk from '@drift-labs/sdk';
import type { DriftClient, OraclePriceData } from '@drift-labs/sdk';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { perpMarketAddress, spotMarketAddress, userAddress } from '#main/drift/codec/addresses.ts';
import { decodeAccount, decodeAccountRaw, encodeAccount } from '#main/drift/codec/drift-coder.ts';
import { toBigInt, toBn } from '#main/drift/codec/plain.ts';
import { PERP_MARKETS, SPOT_MARKETS, feedOf } from '#main/practice/drift/market-catalogue.ts';
import { squareRoot } from '#main/practice/drift/math/integer.ts';
import { fundingPayment } from '#main/practice/drift/math/funding.ts';
import { borrowRate, utilization } from '#main/practice/drift/math/interest.ts';
import { calculateMargin } from '#main/practice/drift/math/margin.ts';
import type { MarketView } from '#main/practice/drift/math/price.ts';
import { QUOTE_ORACLE_PRICE } from '#main/practice/drift/math/price.ts';
import { scaledAmount, tokenAmount } from '#main/practice/drift/math/spot-balance.ts';
import type { SpotMarket, User } from '#main/practice/drift/types.ts';
import { DriftChain } from '#test/support/drift-chain.ts';

const sides = ['deposit', 'borrow'] as const;

let chain: DriftChain;

beforeAll(() => {
  chain = new DriftChain({ population: { authorities: 2, subAccounts: 20 }, volatility: 3 });
  chain.advance(60, 240n);
  vi.useFakeTimers({ now: Number(chain.now) * 1_000, toFake: ['Date'] });
});

afterAll(() => {
  vi.useRealTimers();
});

function spotRaw(index: number) {
  return decodeAccountRaw('SpotMarket', dataAt(spotMarketAddress(chain.world.deployment, index)));
}

function perpRaw(index: number) {
  return decodeAccountRaw('PerpMarket', dataAt(perpMarketAddress(chain.world.deployment, index)));
}

function dataAt(address: Parameters<typeof chain.ledger.getAccount>[0]): Buffer {
  const account = chain.ledger.getAccount(address);
  if (!account) throw new Error(`No account ${address.toBase58()}`);
  return account.data;
}

function priceOf(feedId: number | null): bigint {
  return feedId === null ? 1_000_000n : chain.oraclePrice(feedId);
}

/** The SDK carries the five minutes' average on to the present; on chain that happens when a market is touched. */
function broughtUpToDate(index: number): SpotMarket {
  const market = chain.spot(index);
  const price = { price: toBn(priceOf(SPOT_MARKETS[index]?.feedId ?? null)) } as OraclePriceData;
  const history = spotRaw(index).historicalOracleData;
  const live = sdk.calculateLiveOracleTwap(history, price, toBn(chain.now), toBn(300n));
  market.historicalOracleData.lastOraclePriceTwap5Min = toBigInt(live);
  return market;
}

const view: MarketView = {
  spot: broughtUpToDate,
  perp: (index) => chain.perp(index),
  spotPrice: (index) => ({
    ...QUOTE_ORACLE_PRICE,
    price: priceOf(SPOT_MARKETS[index]?.feedId ?? null),
  }),
  perpPrice: (index) => ({
    ...QUOTE_ORACLE_PRICE,
    price: priceOf(PERP_MARKETS[index]?.feedId ?? 0),
  }),
};

/** Only what the SDK's User asks of its client. */
function clientStub(): DriftClient {
  const data = (feedId: number | null) => ({
    price: toBn(priceOf(feedId)),
    slot: toBn(chain.bank.slot),
    confidence: toBn(1n),
    hasSufficientNumberOfDataPoints: true,
  });
  const stub = {
    getSpotMarketAccount: spotRaw,
    getPerpMarketAccount: perpRaw,
    getPerpMarketAccountOrThrow: perpRaw,
    getSpotMarketAccountOrThrow: spotRaw,
    getQuoteSpotMarketAccount: () => spotRaw(0),
    getOracleDataForSpotMarket: (index: number) => data(SPOT_MARKETS[index]?.feedId ?? null),
    getOracleDataForPerpMarket: (index: number) => data(PERP_MARKETS[index]?.feedId ?? 0),
    getMMOracleDataForPerpMarket: (index: number) => ({
      ...data(PERP_MARKETS[index]?.feedId ?? 0),
      isMMOracleActive: false,
    }),
    getStateAccount: () => ({ liquidationMarginBufferRatio: 200 }),
  };
  return stub as unknown as DriftClient;
}

function sdkUser(user: User) {
  const data = decodeAccountRaw('User', encodeAccount('User', user));
  const subscriber = new sdk.BasicUserAccountSubscriber(
    userAddress(chain.world.deployment, user.authority, user.subAccountId),
    data,
    1,
  );
  return new sdk.User({
    driftClient: clientStub(),
    userAccountPublicKey: userAddress(chain.world.deployment, user.authority, user.subAccountId),
    accountSubscription: { type: 'custom', userAccountSubscriber: subscriber },
  });
}

describe('spot balances', () => {
  test.each([0, 1, 2])('market %i: tokens and scaled balances', (index) => {
    const market = chain.spot(index);
    const raw = spotRaw(index);
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 18n), fc.constantFrom(...sides), (amount, side) => {
        const type = side === 'deposit' ? sdk.SpotBalanceType.DEPOSIT : sdk.SpotBalanceType.BORROW;
        expect(tokenAmount(amount, market, side)).toBe(
          toBigInt(sdk.getTokenAmount(toBn(amount), raw, type)),
        );
        expect(scaledAmount(amount, market, side, side === 'borrow')).toBe(
          toBigInt(sdk.getBalance(toBn(amount), raw, type)),
        );
      }),
    );
  });

  test('interest rates along the whole curve', () => {
    const market: SpotMarket = chain.spot(0);
    const raw = spotRaw(0);
    fc.assert(
      fc.property(fc.bigInt(0n, 1_000_000n), (used) => {
        expect(borrowRate(market, used)).toBe(
          toBigInt(sdk.calculateBorrowRate(raw, toBn(0n), toBn(used))),
        );
      }),
    );
    expect(utilization(market)).toBe(toBigInt(sdk.calculateUtilization(raw)));
  });
});

test('unsettled funding', () => {
  const market = chain.perp(0);
  expect(market.amm.cumulativeFundingRateLong).not.toBe(0n);
  const held = chain.user(chain.starter, 0).perpPositions[0];
  if (!held) throw new Error('The starter has no position');
  const raw = decodeAccountRaw(
    'User',
    dataAt(userAddress(chain.world.deployment, chain.starter, 0)),
  ).perpPositions[0];
  if (!raw) throw new Error('The starter has no position');
  expect(fundingPayment(held, market)).toBe(
    toBigInt(sdk.calculateUnsettledFundingPnl(perpRaw(0), raw)),
  );
  expect(fundingPayment(held, market)).not.toBe(0n);
});

describe('margin', () => {
  const cases = [
    ['initial', 'Initial', true],
    ['maintenance', 'Maintenance', false],
  ] as const;

  test.each(cases)('%s requirement and collateral of everybody', (kind, category, strict) => {
    const authorities = [
      chain.starter,
      ...chain.world.population,
      ...[0, 1, 2, 3, 4].map((i) => chain.world.house(i).authority),
    ];
    let compared = 0;
    for (const authority of authorities) {
      for (let sub = 0; sub < chain.stats(authority).numberOfSubAccounts; sub++) {
        const user = chain.user(authority, sub);
        const mine = calculateMargin(user, view, chain.state(), kind, strict);
        const theirs = sdkUser(user);
        expect(mine.totalCollateral).toBe(toBigInt(theirs.getTotalCollateral(category, strict)));
        expect(mine.marginRequirement).toBe(
          toBigInt(theirs.getMarginRequirement(category, undefined, strict)),
        );
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(40);
  });
});

test('the reserve price stands at the oracle', () => {
  for (const { index, feedId } of PERP_MARKETS) {
    const raw = perpRaw(index);
    const price = sdk.calculatePrice(
      raw.amm.baseAssetReserve,
      raw.amm.quoteAssetReserve,
      raw.amm.pegMultiplier,
    );
    const oracle = Number(chain.oraclePrice(feedId));
    expect(Math.abs(price.toNumber() - oracle) / oracle).toBeLessThan(0.002);
    expect(oracle).not.toBe(Number(feedOf(feedId).anchorPrice));
  }
});

test('square roots are exact', () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 120n), (value) => {
      const root = squareRoot(value);
      expect(root * root <= value && (root + 1n) * (root + 1n) > value).toBe(true);
    }),
  );
});

test('every field of the first accounts has the type that the coder gives it', () => {
  const market = chain.perp(0);
  expect(decodeAccount('PerpMarket', encodeAccount('PerpMarket', market))).toEqual(market);
  const state = chain.state();
  expect(state.perpFeeStructure.feeTiers[0]?.feeNumerator).toBe(100);
  expect(decodeAccount('State', encodeAccount('State', state))).toEqual(state);
});
