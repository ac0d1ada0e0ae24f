/** Whether a perp market executes orders, and whether its own market maker takes the other side. */
import { PRICE_PRECISION } from '../precision.ts';
import type { PerpMarket, State } from '../types.ts';
import { larger, smaller } from './integer.ts';
import type { OraclePrice } from './price.ts';

const AMM_FILL_PAUSED = 2;
const FILL_PAUSED = 4;

export function isFillable({ status, pausedOperations }: PerpMarket): boolean {
  return ('active' in status || 'reduceOnly' in status) && (pausedOperations & FILL_PAUSED) === 0;
}

/** The market maker quotes around its oracle: without a price that it can trust it takes nothing. */
export function isMakingMarket(
  { pausedOperations, amm }: PerpMarket,
  { price, confidence, delay }: OraclePrice,
  { oracleGuardRails: { validity } }: State,
): boolean {
  if ((pausedOperations & AMM_FILL_PAUSED) !== 0 || price <= 0n) return false;
  const average = amm.historicalOracleData.lastOraclePriceTwap;
  const apart = larger(price, average) / larger(1n, smaller(price, average));
  return (
    apart <= validity.tooVolatileRatio &&
    (confidence * PRICE_PRECISION) / price <= validity.confidenceIntervalMaxSize &&
    delay <= validity.slotsBeforeStaleForAmm
  );
}
