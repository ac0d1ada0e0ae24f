/** One order against the AMM: funding first, then the fill, then the fee. */
import { driftError, ensure } from '../errors.ts';
import { BASE_PRECISION } from '../precision.ts';
import type { Direction, OrderState, PerpMarket, State, User, UserStats } from '../types.ts';
import { quoteFill, reservePrice, takeFromAmm } from './amm.ts';
import type { AmmFill } from './amm.ts';
import { settleFunding } from './funding.ts';
import { absolute, divideUp, smaller } from './integer.ts';
import { directionOf, recordFill, unfilled } from './order-book.ts';
import { applyFill, applyQuote, findPerpPosition } from './perp-position.ts';

interface FillParties {
  readonly user: User;
  readonly stats: UserStats;
  readonly market: PerpMarket;
  readonly state: State;
  readonly now: bigint;
}

/** What the order accepts at worst, 10^-6 quote; null for any price. */
export function limitPriceOf(order: OrderState, oraclePrice: bigint): bigint | null {
  if (order.oraclePriceOffset !== 0) return oraclePrice + BigInt(order.oraclePriceOffset);
  if (order.price !== 0n) return order.price;
  if (order.auctionEndPrice === 0n) return null;
  return 'oracle' in order.orderType ? oraclePrice + order.auctionEndPrice : order.auctionEndPrice;
}

/** @returns base filled, 0 when the AMM's price does not satisfy the order. */
export function fillAgainstAmm(
  parties: FillParties,
  order: OrderState,
  oraclePrice: bigint,
): bigint {
  const { user, market } = parties;
  const position = findPerpPosition(user, order.marketIndex);
  if (!position) throw driftError('UserHasNoPositionInMarket');
  const direction = directionOf(order);
  const wanted = order.reduceOnly
    ? reducible(position.baseAssetAmount, direction, unfilled(order))
    : unfilled(order);
  const limit = limitPriceOf(order, oraclePrice);
  const fill = order.postOnly
    ? makerFill(market, direction, wanted, limit)
    : quoteFill(market, direction, wanted, limit);
  if (!fill) return 0n;
  settleFunding(user, position, market);
  takeFromAmm(market, direction, fill.base);
  applyFill(position, market, {
    base: direction === 'long' ? fill.base : -fill.base,
    quote: direction === 'long' ? -fill.quote : fill.quote,
  });
  checkOpenInterest(market);
  const fee = chargeFee(parties, fill.quote, order.postOnly);
  applyQuote(position, market, -fee);
  market.lastFillPrice = (fill.quote * BASE_PRECISION) / fill.base;
  market.nextFillRecordId += 1n;
  market.amm.volume24H += fill.quote;
  market.amm.lastTradeTs = parties.now;
  recordFill(user, position, order, fill.base, fill.quote);
  return fill.base;
}

/** How much of `wanted` brings the position nearer to zero. */
export function reducible(base: bigint, direction: Direction, wanted: bigint): bigint {
  if (base === 0n || base > 0n === (direction === 'long')) return 0n;
  return smaller(wanted, absolute(base));
}

/** Whether the AMM's present price satisfies a maker at its own price. */
export function crosses(market: PerpMarket, direction: Direction, limit: bigint): boolean {
  const price = reservePrice(market.amm);
  return direction === 'long' ? limit >= price : limit <= price;
}

function makerFill(
  market: PerpMarket,
  direction: Direction,
  wanted: bigint,
  limit: bigint | null,
): AmmFill | null {
  if (limit === null || !crosses(market, direction, limit)) return null;
  const most = market.amm.baseAssetReserve / BigInt(Math.max(1, market.amm.maxFillReserveFraction));
  const size = smaller(wanted, most);
  const base = size - (size % market.amm.orderStepSize);
  if (base <= 0n) return null;
  const product = base * limit;
  const quote = direction === 'long' ? divideUp(product, BASE_PRECISION) : product / BASE_PRECISION;
  return quote > 0n ? { base, quote } : null;
}

/** Negative for a maker's rebate. */
function chargeFee(
  { user, stats, market, state, now }: FillParties,
  quote: bigint,
  maker: boolean,
): bigint {
  const tier = state.perpFeeStructure.feeTiers[0];
  if (!tier) return 0n;
  const { amm } = market;
  const fee = maker
    ? -((quote * BigInt(tier.makerRebateNumerator)) / BigInt(tier.makerRebateDenominator))
    : divideUp(quote * BigInt(tier.feeNumerator), BigInt(tier.feeDenominator));
  amm.totalFee += fee;
  if (fee > 0n) amm.totalExchangeFee += fee;
  amm.totalFeeMinusDistributions += fee;
  amm.netRevenueSinceLastFunding += fee;
  if (maker) {
    stats.fees.totalFeeRebate -= fee;
    stats.makerVolume30D += quote;
    stats.lastMakerVolume30DTs = now;
  } else {
    stats.fees.totalFeePaid += fee;
    stats.takerVolume30D += quote;
    stats.lastTakerVolume30DTs = now;
  }
  user.idle = false;
  return fee;
}

function checkOpenInterest({ amm }: PerpMarket): void {
  const most = amm.maxOpenInterest;
  const within = amm.baseAssetAmountLong <= most && -amm.baseAssetAmountShort <= most;
  ensure(most === 0n || within, 'MaxOpenInterest');
}
