/** Keel's own rules against the SDK's, over any price, age and rail. */
import sdk from '@drift-labs/sdk';
import BN from 'bn.js';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { blankAccount } from '#main/drift/codec/drift-coder.ts';
import { toBn, toDecoded } from '#main/drift/codec/plain.ts';
import {
  confidenceBpsOf,
  oracleValidityOf,
  type OracleRails,
  type OracleReading,
} from '#main/drift/exchange/oracle-rules.ts';

const rails: fc.Arbitrary<OracleRails> = fc.record({
  tooVolatileRatio: fc.bigInt({ min: 1n, max: 10n }),
  confidenceIntervalMaxSize: fc.bigInt({ min: 0n, max: 40_000n }),
  slotsBeforeStaleForAmm: fc.bigInt({ min: 0n, max: 50n }),
  slotsBeforeStaleForMargin: fc.bigInt({ min: 0n, max: 150n }),
});
const reading: fc.Arbitrary<OracleReading> = fc.record({
  price: fc.bigInt({ min: 1n, max: 1_000_000n }),
  confidence: fc.bigInt({ min: 0n, max: 30_000n }),
  ageSlots: fc.bigInt({ min: 0n, max: 500n }),
  isSufficient: fc.boolean(),
});
const averages = fc.bigInt({ min: 0n, max: 1_000_000n });
const tiers = fc.constantFrom(
  ...(['a', 'b', 'c', 'speculative', 'highlySpeculative', 'isolated'] as const),
);
const MULTIPLIERS = {
  a: 1n,
  b: 1n,
  c: 2n,
  speculative: 10n,
  highlySpeculative: 50n,
  isolated: 50n,
};
const sources = fc.constantFrom(...(['pythLazer', 'pythLazerStableCoin'] as const));
/** In the SDK's numbers of its verdicts; the last but one concerns immediate fills only. */
const WORDS = ['invalid', 'volatile', 'uncertain', 'old', 'uncertain', 'old', 'valid', 'valid'];

it('agrees with the SDK on every perp market', () => {
  fc.assert(
    fc.property(
      rails,
      reading,
      averages,
      tiers,
      sources,
      fc.integer({ min: -1, max: 40 }),
      (guards, seen, average, tier, source, override) => {
        const market = toDecoded(blankAccount('PerpMarket')) as sdk.PerpMarketAccount;
        market.contractTier = { [tier]: {} };
        market.amm.oracleSource = { [source]: {} };
        market.amm.oracleLowRiskSlotDelayOverride = override;
        market.amm.historicalOracleData.lastOraclePriceTwap = toBn(average);
        const verdict = sdk.getOracleValidity(
          market,
          {
            price: toBn(seen.price),
            confidence: toBn(seen.confidence),
            slot: toBn(1_000n - seen.ageSlots),
            hasSufficientNumberOfDataPoints: seen.isSufficient,
          },
          {
            priceDivergence: {
              markOraclePercentDivergence: new BN(0),
              oracleTwap5MinPercentDivergence: new BN(0),
            },
            validity: {
              tooVolatileRatio: toBn(guards.tooVolatileRatio),
              confidenceIntervalMaxSize: toBn(guards.confidenceIntervalMaxSize),
              slotsBeforeStaleForAmm: toBn(guards.slotsBeforeStaleForAmm),
              slotsBeforeStaleForMargin: toBn(guards.slotsBeforeStaleForMargin),
            },
          },
          new BN(1_000),
          new BN(0),
        );
        const terms = {
          averagePrice: average,
          confidenceMultiplier: MULTIPLIERS[tier],
          marginAgeMultiplier: source === 'pythLazerStableCoin' ? 3n : 1n,
          maxAgeForFills:
            override === 0 ? guards.slotsBeforeStaleForAmm : BigInt(Math.max(override, 0)),
        };
        expect(oracleValidityOf(seen, terms, guards)).toBe(WORDS[verdict]);
      },
    ),
    { numRuns: 2_000 },
  );
});

it('takes no price for one that is none', () => {
  const terms = {
    averagePrice: 1n,
    confidenceMultiplier: 1n,
    marginAgeMultiplier: 1n,
    maxAgeForFills: null,
  };
  const guards: OracleRails = {
    tooVolatileRatio: 5n,
    confidenceIntervalMaxSize: 20_000n,
    slotsBeforeStaleForAmm: 10n,
    slotsBeforeStaleForMargin: 120n,
  };
  for (const price of [0n, -1n]) {
    const none = { price, confidence: 0n, ageSlots: 0n, isSufficient: true };
    expect(oracleValidityOf(none, terms, guards)).toBe('invalid');
    expect(confidenceBpsOf(none)).toBeNull();
  }
});

it('rounds confidence up, so that a limit is never shown as met', () => {
  expect(confidenceBpsOf({ price: 10_000n, confidence: 0n })).toBe(0);
  expect(confidenceBpsOf({ price: 10_000n, confidence: 1n })).toBe(1);
  expect(confidenceBpsOf({ price: 10_001n, confidence: 1n })).toBe(1);
  expect(confidenceBpsOf({ price: 9_999n, confidence: 1n })).toBe(2);
});
