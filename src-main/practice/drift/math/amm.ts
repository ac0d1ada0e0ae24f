/**
 * The market maker that takes every fill: a constant product whose peg follows the oracle, with a spread on
 * each side.
 */
import { AMM_TO_QUOTE, PEG_PRECISION, PRICE_PRECISION, SPREAD_PRECISION } from '../precision.ts';
import type { Amm, Direction, PerpMarket } from '../types.ts';
import { divideUp, larger, smaller, squareRoot } from './integer.ts';
import { recordOraclePrice } from './interest.ts';

/** 10^-6 quote. */
export function reservePrice(amm: Amm): bigint {
  return (
    ((amm.quoteAssetReserve * amm.pegMultiplier) / amm.baseAssetReserve) *
    (PRICE_PRECISION / PEG_PRECISION)
  );
}

/** Moves the peg so that the reserve price is the oracle's, and refreshes what follows from it. */
export function followOracle(market: PerpMarket, price: bigint, slot: bigint, now: bigint): void {
  const amm = market.amm;
  const peg =
    (price * PEG_PRECISION * amm.baseAssetReserve) / (amm.quoteAssetReserve * PRICE_PRECISION);
  amm.pegMultiplier = larger(1n, peg);
  recordOraclePrice(amm.historicalOracleData, price, now);
  amm.lastOracleNormalisedPrice = price;
  amm.lastOracleReservePriceSpreadPct = 0n;
  amm.lastOracleValid = true;
  amm.lastUpdateSlot = slot;
  amm.longSpread = amm.baseSpread;
  amm.shortSpread = amm.baseSpread;
  spreadReserves(amm);
}

function spreadReserves(amm: Amm): void {
  const k = amm.sqrtK * amm.sqrtK;
  const shift = (spread: number) =>
    (amm.quoteAssetReserve * BigInt(spread)) / 2n / SPREAD_PRECISION;
  amm.askQuoteAssetReserve = amm.quoteAssetReserve + shift(amm.longSpread);
  amm.askBaseAssetReserve = k / amm.askQuoteAssetReserve;
  amm.bidQuoteAssetReserve = amm.quoteAssetReserve - shift(amm.shortSpread);
  amm.bidBaseAssetReserve = k / amm.bidQuoteAssetReserve;
}

export interface AmmFill {
  /** Positive, a multiple of the step. */
  readonly base: bigint;
  /** Positive, 10^-6 quote. */
  readonly quote: bigint;
}

/**
 * What the AMM would do for a taker.
 * @param limit 10^-6 quote that the average price must not pass; null for none.
 * @returns null when it would fill nothing.
 */
export function quoteFill(
  market: PerpMarket,
  direction: Direction,
  wanted: bigint,
  limit: bigint | null,
): AmmFill | null {
  const { amm } = market;
  const step = amm.orderStepSize;
  const most = amm.baseAssetReserve / BigInt(Math.max(1, amm.maxFillReserveFraction));
  let base = smaller(wanted, most);
  if (limit !== null) base = smaller(base, baseWithinLimit(amm, direction, limit));
  base -= base % step;
  if (base <= 0n) return null;
  const quote = quoteFor(amm, direction, base);
  return quote > 0n ? { base, quote } : null;
}

/** Moves the curve by a fill. */
export function takeFromAmm(market: PerpMarket, direction: Direction, base: bigint): void {
  const amm = market.amm;
  const k = amm.sqrtK * amm.sqrtK;
  amm.baseAssetReserve += direction === 'long' ? -base : base;
  amm.quoteAssetReserve = k / amm.baseAssetReserve;
  amm.baseAssetAmountWithAmm += direction === 'long' ? base : -base;
  amm.terminalQuoteAssetReserve = k / (amm.baseAssetReserve + amm.baseAssetAmountWithAmm);
  spreadReserves(amm);
}

function quoteFor(amm: Amm, direction: Direction, base: bigint): bigint {
  const k = amm.sqrtK * amm.sqrtK;
  if (direction === 'long') {
    const reserves = divideUp(k, amm.baseAssetReserve - base) - amm.quoteAssetReserve;
    const fair = divideUp(reserves * amm.pegMultiplier, PEG_PRECISION * AMM_TO_QUOTE);
    return divideUp(fair * (SPREAD_PRECISION + BigInt(amm.longSpread)), SPREAD_PRECISION);
  }
  const reserves = amm.quoteAssetReserve - divideUp(k, amm.baseAssetReserve + base);
  const fair = (reserves * amm.pegMultiplier) / (PEG_PRECISION * AMM_TO_QUOTE);
  return (fair * (SPREAD_PRECISION - BigInt(amm.shortSpread))) / SPREAD_PRECISION;
}

/** How far the curve may move before its price, spread included, passes the limit. */
function baseWithinLimit(amm: Amm, direction: Direction, limit: bigint): bigint {
  const k = amm.sqrtK * amm.sqrtK;
  const spread = direction === 'long' ? BigInt(amm.longSpread) : -BigInt(amm.shortSpread);
  const fairLimit = (limit * SPREAD_PRECISION) / (SPREAD_PRECISION + spread);
  if (fairLimit <= 0n) return direction === 'short' ? amm.baseAssetReserve : 0n;
  const baseAtLimit = squareRoot((k * amm.pegMultiplier) / fairLimit);
  const room =
    direction === 'long' ? amm.baseAssetReserve - baseAtLimit : baseAtLimit - amm.baseAssetReserve;
  return larger(0n, room);
}
