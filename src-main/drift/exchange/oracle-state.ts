import type {
  OraclePriceData,
  OracleSource,
  PerpMarketAccount,
  SpotMarketAccount,
  StateAccount,
} from '@drift-labs/sdk';
import type { OracleState } from '#domain/exchange-state.ts';
import { price } from '#domain/units.ts';
import { variantOf } from '../codec/variant.ts';
import type { Vendor } from '../vendor.ts';
import {
  confidenceBpsOf,
  oracleValidityOf,
  type OracleRails,
  type OracleReading,
  type OracleTerms,
} from './oracle-rules.ts';

const WIDEST = 50n;
const PERP_MULTIPLIERS: Readonly<Record<string, bigint>> = {
  a: 1n,
  b: 1n,
  c: 2n,
  speculative: 10n,
};
const SPOT_MULTIPLIERS: Readonly<Record<string, bigint>> = {
  collateral: 1n,
  protected: 1n,
  cross: 5n,
};
const STABLE_SOURCES: ReadonlySet<string> = new Set(['pythStableCoinPull', 'pythLazerStableCoin']);

/** Price of a spot market's oracle as it stands at the slot; the quote asset is worth one by definition. */
export function spotOracleState(
  vendor: Vendor,
  state: StateAccount,
  market: SpotMarketAccount,
  oracle: OraclePriceData,
  slot: bigint,
): OracleState {
  const { toBigInt } = vendor.plain;
  if (variantOf(market.oracleSource) === 'quoteAsset') {
    const worth = price(toBigInt(oracle.price));
    return { price: worth, ageSlots: 0, confidenceBps: 0, validity: 'valid' };
  }
  return stateOf(vendor, state, readingOf(vendor, oracle, slot), {
    averagePrice: toBigInt(market.historicalOracleData.lastOraclePriceTwap),
    confidenceMultiplier: SPOT_MULTIPLIERS[variantOf(market.assetTier)] ?? WIDEST,
    marginAgeMultiplier: marginAgeMultiplierOf(market.oracleSource),
    maxAgeForFills: null,
  });
}

/** Price of a perp market's oracle as it stands at the slot. */
export function perpOracleState(
  vendor: Vendor,
  state: StateAccount,
  { contractTier, amm }: PerpMarketAccount,
  oracle: OraclePriceData,
  slot: bigint,
): OracleState {
  const { toBigInt } = vendor.plain;
  const override = amm.oracleLowRiskSlotDelayOverride;
  return stateOf(vendor, state, readingOf(vendor, oracle, slot), {
    averagePrice: toBigInt(amm.historicalOracleData.lastOraclePriceTwap),
    confidenceMultiplier: PERP_MULTIPLIERS[variantOf(contractTier)] ?? WIDEST,
    marginAgeMultiplier: marginAgeMultiplierOf(amm.oracleSource),
    maxAgeForFills:
      override === 0
        ? toBigInt(state.oracleGuardRails.validity.slotsBeforeStaleForAmm)
        : BigInt(Math.max(override, 0)),
  });
}

function stateOf(
  vendor: Vendor,
  state: StateAccount,
  reading: OracleReading,
  terms: OracleTerms,
): OracleState {
  return {
    price: price(reading.price),
    ageSlots: Number(reading.ageSlots),
    confidenceBps: confidenceBpsOf(reading),
    validity: oracleValidityOf(reading, terms, railsOf(vendor, state)),
  };
}

function readingOf(
  { plain: { toBigInt } }: Vendor,
  oracle: OraclePriceData,
  slot: bigint,
): OracleReading {
  const age = slot - toBigInt(oracle.slot);
  return {
    price: toBigInt(oracle.price),
    confidence: toBigInt(oracle.confidence),
    ageSlots: age > 0n ? age : 0n,
    isSufficient: oracle.hasSufficientNumberOfDataPoints,
  };
}

function railsOf(
  { plain: { toBigInt } }: Vendor,
  { oracleGuardRails: { validity } }: StateAccount,
): OracleRails {
  return {
    tooVolatileRatio: toBigInt(validity.tooVolatileRatio),
    confidenceIntervalMaxSize: toBigInt(validity.confidenceIntervalMaxSize),
    slotsBeforeStaleForAmm: toBigInt(validity.slotsBeforeStaleForAmm),
    slotsBeforeStaleForMargin: toBigInt(validity.slotsBeforeStaleForMargin),
  };
}

function marginAgeMultiplierOf(source: OracleSource): bigint {
  return STABLE_SOURCES.has(variantOf(source)) ? 3n : 1n;
}
