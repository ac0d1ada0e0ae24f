/** What the program takes from an oracle. */
import type { Oracle, PerpMarket, SpotMarket, State } from '../types.ts';
import { PRICE_PRECISION } from '../precision.ts';
import { larger, smaller } from './integer.ts';

export interface OraclePrice {
  /** 10^-6 quote. */
  readonly price: bigint;
  readonly confidence: bigint;
  /** Slots since it was posted. */
  readonly delay: bigint;
}

export const QUOTE_ORACLE_PRICE: OraclePrice = {
  price: PRICE_PRECISION,
  confidence: 1n,
  delay: 0n,
};

export function readOracle(oracle: Oracle, slot: bigint): OraclePrice {
  const scale = 10n ** BigInt(Math.abs(oracle.exponent));
  return {
    price: (oracle.price * PRICE_PRECISION) / scale,
    confidence: (oracle.conf * PRICE_PRECISION) / scale,
    delay: larger(0n, slot - oracle.postedSlot),
  };
}

/** Fresh and certain enough to count collateral with. */
export function isValidForMargin(oracle: OraclePrice, state: State): boolean {
  const rails = state.oracleGuardRails.validity;
  if (oracle.price <= 0n || oracle.delay > rails.slotsBeforeStaleForMargin) return false;
  return (oracle.confidence * PRICE_PRECISION) / oracle.price <= rails.confidenceIntervalMaxSize;
}

/** The worse of the price and its five minutes' average, both ways. */
export interface StrictPrice {
  readonly current: bigint;
  readonly low: bigint;
  readonly high: bigint;
}

export function strictPrice(
  price: bigint,
  market: SpotMarket | null,
  strict: boolean,
): StrictPrice {
  const average = market?.historicalOracleData.lastOraclePriceTwap5Min ?? price;
  if (!strict) return { current: price, low: price, high: price };
  return { current: price, low: smaller(price, average), high: larger(price, average) };
}

/** Prices and markets by index, as one instruction sees them. */
export interface MarketView {
  spot(index: number): SpotMarket;
  perp(index: number): PerpMarket;
  spotPrice(index: number): OraclePrice;
  perpPrice(index: number): OraclePrice;
}
