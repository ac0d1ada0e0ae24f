/** How a fill changes a position and the market's totals: opening, adding, reducing, closing, turning round. */
import type { Amm, PerpMarket, PerpPositionState, User } from '../types.ts';
import { driftError } from '../errors.ts';
import { absolute } from './integer.ts';

interface PositionDelta {
  /** Signed: positive buys. */
  readonly base: bigint;
  /** Signed: negative pays. */
  readonly quote: bigint;
}

type Change = 'grow' | 'reduce' | 'flip';

interface Amounts {
  readonly entry: bigint;
  readonly breakEven: bigint;
  readonly pnl: bigint;
}

export function isPerpAvailable(position: PerpPositionState): boolean {
  return (
    position.baseAssetAmount === 0n &&
    position.quoteAssetAmount === 0n &&
    position.openOrders === 0 &&
    position.lpShares === 0n &&
    position.isolatedPositionScaledBalance === 0n
  );
}

export function findPerpPosition(user: User, marketIndex: number): PerpPositionState | null {
  return (
    user.perpPositions.find((p) => p.marketIndex === marketIndex && !isPerpAvailable(p)) ?? null
  );
}

/** As `findPerpPosition`, taking a free slot when there is none. @throws MaxNumberOfPositions */
export function openPerpPosition(user: User, marketIndex: number): PerpPositionState {
  const found = findPerpPosition(user, marketIndex);
  if (found) return found;
  const free = user.perpPositions.find(isPerpAvailable);
  if (!free) throw driftError('MaxNumberOfPositions');
  Object.assign(free, {
    lastCumulativeFundingRate: 0n,
    quoteBreakEvenAmount: 0n,
    quoteEntryAmount: 0n,
    openBids: 0n,
    openAsks: 0n,
    settledPnl: 0n,
    lastQuoteAssetAmountPerLp: 0n,
    maxMarginRatio: 0,
    marketIndex,
    positionFlag: 0,
  });
  return free;
}

/**
 * Applies a fill whose funding has been settled.
 * @returns the realised profit, which stays in the position's quote amount until it is settled.
 */
export function applyFill(
  position: PerpPositionState,
  market: PerpMarket,
  delta: PositionDelta,
): bigint {
  const change = changeOf(position, delta);
  const amounts = amountsAfter(position, delta, change);
  const base = position.baseAssetAmount + delta.base;
  const quote = position.quoteAssetAmount + delta.quote;
  countUsers(position, market, base, quote);
  moveTotals(market.amm, position, base, amounts, change);
  market.amm.quoteAssetAmount += delta.quote;
  if (base === 0n) position.lastCumulativeFundingRate = 0n;
  else if (change !== 'reduce') {
    position.lastCumulativeFundingRate =
      base > 0n ? market.amm.cumulativeFundingRateLong : market.amm.cumulativeFundingRateShort;
  }
  position.baseAssetAmount = base;
  position.quoteAssetAmount = quote;
  position.quoteEntryAmount = amounts.entry;
  position.quoteBreakEvenAmount = amounts.breakEven;
  return amounts.pnl;
}

/** Fees and rebates: quote that the position pays (negative) or receives besides a fill. */
export function applyQuote(position: PerpPositionState, market: PerpMarket, quote: bigint): void {
  position.quoteAssetAmount += quote;
  position.quoteBreakEvenAmount += quote;
  market.amm.quoteAssetAmount += quote;
  if (position.baseAssetAmount > 0n) market.amm.quoteBreakEvenAmountLong += quote;
  else if (position.baseAssetAmount < 0n) market.amm.quoteBreakEvenAmountShort += quote;
}

function changeOf(position: PerpPositionState, delta: PositionDelta): Change {
  const base = position.baseAssetAmount;
  if (base === 0n || base > 0n === delta.base > 0n) return 'grow';
  return absolute(delta.base) <= absolute(base) ? 'reduce' : 'flip';
}

function amountsAfter(position: PerpPositionState, delta: PositionDelta, change: Change): Amounts {
  const { quoteEntryAmount: entry, quoteBreakEvenAmount: breakEven } = position;
  const before = absolute(position.baseAssetAmount);
  const size = absolute(delta.base);
  switch (change) {
    case 'grow':
      return { entry: entry + delta.quote, breakEven: breakEven + delta.quote, pnl: 0n };
    case 'reduce': {
      const leaving = (entry * size) / before;
      const breakEvenLeaving = (breakEven * size) / before;
      return {
        entry: entry - leaving,
        breakEven: breakEven - breakEvenLeaving,
        pnl: leaving + delta.quote,
      };
    }
    case 'flip': {
      const closing = (delta.quote * before) / size;
      const opening = delta.quote - closing;
      return { entry: opening, breakEven: opening, pnl: entry + closing };
    }
  }
}

function countUsers(
  position: PerpPositionState,
  market: PerpMarket,
  base: bigint,
  quote: bigint,
): void {
  const had = position.baseAssetAmount !== 0n;
  if (!had) {
    if (position.quoteAssetAmount === 0n) market.numberOfUsers += 1;
    market.numberOfUsersWithBase += 1;
  } else if (base === 0n) {
    if (quote === 0n) market.numberOfUsers = Math.max(0, market.numberOfUsers - 1);
    market.numberOfUsersWithBase = Math.max(0, market.numberOfUsersWithBase - 1);
  }
}

function moveTotals(
  amm: Amm,
  position: PerpPositionState,
  base: bigint,
  amounts: Amounts,
  change: Change,
): void {
  const before = position.baseAssetAmount;
  if (change !== 'flip') {
    const long = change === 'grow' ? base > 0n : before > 0n;
    addToSide(
      amm,
      long,
      base - before,
      amounts.entry - position.quoteEntryAmount,
      amounts.breakEven - position.quoteBreakEvenAmount,
    );
    return;
  }
  addToSide(amm, before > 0n, -before, -position.quoteEntryAmount, -position.quoteBreakEvenAmount);
  addToSide(amm, base > 0n, base, amounts.entry, amounts.breakEven);
}

function addToSide(amm: Amm, long: boolean, base: bigint, entry: bigint, breakEven: bigint): void {
  if (long) {
    amm.baseAssetAmountLong += base;
    amm.quoteEntryAmountLong += entry;
    amm.quoteBreakEvenAmountLong += breakEven;
  } else {
    amm.baseAssetAmountShort += base;
    amm.quoteEntryAmountShort += entry;
    amm.quoteBreakEvenAmountShort += breakEven;
  }
}
