/** Funding: longs pay shorts while the market trades above its oracle, and the other way round. */
import { AMM_TO_QUOTE, FUNDING_RATE_BUFFER, PRICE_PRECISION } from '../precision.ts';
import type { PerpMarket, PerpPositionState, User } from '../types.ts';
import { absolute, larger, smaller } from './integer.ts';

const HOURS_PER_DAY = 24n;
/** Drift adds a five-thousandth of the price, so that funding rests slightly above zero. */
const OFFSET_DENOMINATOR = 5_000n;
/** No hour moves more than three per cent of the price, in the safest tiers. */
const MAX_DIVERGENCE_DENOMINATOR = 33n;

/** What the position would receive (negative: pay) if its funding were settled now, 10^-6 quote. */
export function fundingPayment(position: PerpPositionState, market: PerpMarket): bigint {
  const base = position.baseAssetAmount;
  if (base === 0n) return 0n;
  const cumulative =
    base > 0n ? market.amm.cumulativeFundingRateLong : market.amm.cumulativeFundingRateShort;
  const delta = cumulative - position.lastCumulativeFundingRate;
  if (delta === 0n) return 0n;
  const size = (absolute(delta) * absolute(base)) / PRICE_PRECISION / FUNDING_RATE_BUFFER;
  const pays = base > 0n === delta > 0n;
  return (pays ? -size : size) / AMM_TO_QUOTE;
}

/** Books what funding is due. The position's clock is then the market's. */
export function settleFunding(user: User, position: PerpPositionState, market: PerpMarket): bigint {
  const payment = fundingPayment(position, market);
  if (position.baseAssetAmount !== 0n) {
    position.lastCumulativeFundingRate =
      position.baseAssetAmount > 0n
        ? market.amm.cumulativeFundingRateLong
        : market.amm.cumulativeFundingRateShort;
  }
  if (payment === 0n) return 0n;
  user.cumulativePerpFunding += payment;
  position.quoteAssetAmount += payment;
  position.quoteBreakEvenAmount += payment;
  market.amm.quoteAssetAmount += payment;
  if (position.baseAssetAmount > 0n) market.amm.quoteBreakEvenAmountLong += payment;
  else market.amm.quoteBreakEvenAmountShort += payment;
  market.amm.netUnsettledFundingPnl -= payment;
  return payment;
}

/** One period's rate from the two averages, price × 10^-9. */
export function fundingRate(markAverage: bigint, oracleAverage: bigint): bigint {
  const spread = markAverage - oracleAverage + absolute(oracleAverage) / OFFSET_DENOMINATOR;
  const limit = oracleAverage / MAX_DIVERGENCE_DENOMINATOR;
  const clamped = smaller(larger(spread, -limit), limit);
  return (clamped * FUNDING_RATE_BUFFER) / HOURS_PER_DAY;
}

/** Adds a period's funding to the market. The AMM takes the difference between what longs and shorts owe. */
export function accrueFunding(
  market: PerpMarket,
  rate: bigint,
  oracleAverage: bigint,
  now: bigint,
): void {
  const amm = market.amm;
  const owedByUsers =
    (rate * (amm.baseAssetAmountLong + amm.baseAssetAmountShort)) /
    PRICE_PRECISION /
    FUNDING_RATE_BUFFER /
    AMM_TO_QUOTE;
  amm.cumulativeFundingRateLong += rate;
  amm.cumulativeFundingRateShort += rate;
  amm.lastFundingRate = rate;
  amm.lastFundingRateLong = rate;
  amm.lastFundingRateShort = rate;
  amm.last24HAvgFundingRate += (rate - amm.last24HAvgFundingRate) / HOURS_PER_DAY;
  amm.lastFundingRateTs = now;
  amm.totalFeeMinusDistributions += owedByUsers;
  amm.netUnsettledFundingPnl -= owedByUsers;
  amm.netRevenueSinceLastFunding = 0n;
  amm.lastFundingOracleTwap = oracleAverage;
  market.nextFundingRateRecordId += 1n;
}
