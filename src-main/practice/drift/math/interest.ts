/** What borrowers owe and depositors earn: a function of utilization, compounded when the market is touched. */
import {
  FIVE_MINUTES,
  INSURANCE_FACTOR_PRECISION,
  ONE_DAY,
  ONE_HOUR,
  ONE_YEAR,
  RATE_PRECISION,
  UTILIZATION_PRECISION,
} from '../precision.ts';
import type { SpotMarket } from '../types.ts';
import { larger, movingAverage } from './integer.ts';
import { moveSpotBalance, tokenAmount } from './spot-balance.ts';

const PAUSED_INTEREST = 1;
/** Above the optimum the rest of the rate is spread over these spans, in thousandths. */
const SEGMENTS: readonly (readonly [end: bigint, weight: bigint])[] = [
  [850_000n, 50n],
  [900_000n, 100n],
  [950_000n, 150n],
  [990_000n, 200n],
  [995_000n, 250n],
  [UTILIZATION_PRECISION, 250n],
];

export function utilization(market: SpotMarket): bigint {
  const deposits = tokenAmount(market.depositBalance, market, 'deposit');
  const borrows = tokenAmount(market.borrowBalance, market, 'borrow');
  if (deposits === 0n) return borrows === 0n ? 0n : UTILIZATION_PRECISION;
  return (borrows * UTILIZATION_PRECISION) / deposits;
}

/** Yearly, × 10^-6. */
export function borrowRate(market: SpotMarket, used: bigint): bigint {
  const optimal = BigInt(market.optimalUtilization);
  const optimalRate = BigInt(market.optimalBorrowRate);
  const floor = BigInt(market.minBorrowRate) * 5_000n;
  if (used <= optimal) {
    const slope = (optimalRate * UTILIZATION_PRECISION) / optimal;
    return larger(floor, (used * slope) / UTILIZATION_PRECISION);
  }
  const extra = BigInt(market.maxBorrowRate) - optimalRate;
  let rate = optimalRate;
  let start = optimal;
  for (const [end, weight] of SEGMENTS) {
    if (end <= start) continue;
    const share = (extra * weight) / 1_000n;
    if (used <= end) return larger(floor, rate + (share * (used - start)) / (end - start));
    rate += share;
    start = end;
  }
  return larger(floor, rate);
}

/**
 * Adds the interest since the last time and refreshes the averages that the withdraw guard uses.
 * @param oraclePrice 10^-6, or null to leave the price averages.
 */
export function accrueInterest(market: SpotMarket, oraclePrice: bigint | null, now: bigint): void {
  if ((market.pausedOperations & PAUSED_INTEREST) === 0) addInterest(market, now);
  updateAverages(market, oraclePrice, now);
}

function addInterest(market: SpotMarket, now: bigint): void {
  const used = utilization(market);
  const elapsed = now - market.lastInterestTs;
  if (used === 0n || elapsed <= 0n) return;
  const borrow = borrowRate(market, used) * elapsed;
  const deposit = (borrow * used) / UTILIZATION_PRECISION;
  const borrowInterest =
    (market.cumulativeBorrowInterest * borrow) / ONE_YEAR / RATE_PRECISION + 1n;
  const depositInterest = (market.cumulativeDepositInterest * deposit) / ONE_YEAR / RATE_PRECISION;
  if (depositInterest === 0n || borrowInterest <= 1n) return;
  const insured =
    (depositInterest * BigInt(market.insuranceFund.totalFactor)) / INSURANCE_FACTOR_PRECISION;
  const lenders = depositInterest - insured;
  if (lenders <= 0n) return;
  const scale = 10n ** BigInt(19 - market.decimals);
  const revenue = (market.depositBalance * insured) / scale;
  market.cumulativeDepositInterest += lenders;
  market.cumulativeBorrowInterest += borrowInterest;
  market.lastInterestTs = now;
  moveSpotBalance(revenue, 'deposit', market, market.revenuePool, false);
}

function updateAverages(market: SpotMarket, oraclePrice: bigint | null, now: bigint): void {
  const since = larger(0n, now - market.lastTwapTs);
  const rest = larger(1n, ONE_DAY - since);
  const deposits = tokenAmount(market.depositBalance, market, 'deposit');
  const borrows = tokenAmount(market.borrowBalance, market, 'borrow');
  market.depositTokenTwap = movingAverage(deposits, market.depositTokenTwap, since, rest);
  market.borrowTokenTwap = movingAverage(borrows, market.borrowTokenTwap, since, rest);
  market.utilizationTwap = movingAverage(utilization(market), market.utilizationTwap, since, rest);
  market.lastTwapTs = now;
  if (oraclePrice !== null) recordOraclePrice(market.historicalOracleData, oraclePrice, now);
}

interface PriceHistory {
  lastOraclePrice: bigint;
  lastOraclePriceTwap: bigint;
  lastOraclePriceTwap5Min: bigint;
  lastOraclePriceTwapTs: bigint;
}

/** Refreshes the hour's and the five minutes' average of an oracle. */
export function recordOraclePrice(history: PriceHistory, price: bigint, now: bigint): void {
  const since = larger(0n, now - history.lastOraclePriceTwapTs);
  const average = (old: bigint, window: bigint) =>
    movingAverage(price, old, since, larger(0n, window - since));
  history.lastOraclePrice = price;
  if (since === 0n) return;
  history.lastOraclePriceTwap = average(history.lastOraclePriceTwap, ONE_HOUR);
  history.lastOraclePriceTwap5Min = average(history.lastOraclePriceTwap5Min, FIVE_MINUTES);
  history.lastOraclePriceTwapTs = now;
}
