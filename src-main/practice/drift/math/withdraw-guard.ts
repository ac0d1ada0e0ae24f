/** The market-wide brake: a healthy account is refused when too much leaves the market in a day. */
import { UTILIZATION_PRECISION } from '../precision.ts';
import type { SpotMarket, SpotPositionState, User } from '../types.ts';
import { larger, smaller } from './integer.ts';
import { sideOf, tokenAmount } from './spot-balance.ts';

/**
 * Called after the balances have moved.
 * @param position the user's in the market, which the withdrawal may have emptied
 * @param withdrawn smallest units of the token
 */
export function isWithinWithdrawGuard(
  market: SpotMarket,
  user: User,
  position: SpotPositionState,
  withdrawn: bigint,
): boolean {
  const deposits = tokenAmount(market.depositBalance, market, 'deposit');
  const borrows = tokenAmount(market.borrowBalance, market, 'borrow');
  const enough = deposits >= leastDeposits(market, deposits, borrows);
  const borrowing = sideOf(position) === 'borrow';
  if (borrowing ? enough && borrows <= mostBorrows(market, deposits) : enough) return true;
  return isSmallPrincipal(market, user, position, withdrawn);
}

function leastDeposits(market: SpotMarket, deposits: bigint, borrows: bigint): bigint {
  const average = market.depositTokenTwap;
  const guard = market.withdrawGuardThreshold;
  const forAverage = average - larger(average / 4n, smaller(guard, average));
  const forUse = smaller(
    (borrows * UTILIZATION_PRECISION) / mostUtilization(market),
    larger(0n, deposits - guard),
  );
  return larger(forAverage, forUse);
}

function mostBorrows(market: SpotMarket, deposits: bigint): bigint {
  const guard = market.withdrawGuardThreshold;
  const lesser = smaller(deposits, market.depositTokenTwap);
  const friction = larger(lesser / 6n, market.borrowTokenTwap + lesser / 10n);
  const forAverage = larger(guard, smaller(friction, lesser - lesser / 5n));
  const forUse = larger(guard, (mostUtilization(market) * deposits) / UTILIZATION_PRECISION);
  return smaller(forAverage, forUse);
}

function mostUtilization(market: SpotMarket): bigint {
  const average = market.utilizationTwap;
  return larger(
    BigInt(market.optimalUtilization),
    average + larger(0n, UTILIZATION_PRECISION - average) / 2n,
  );
}

/** Small depositors may always take their principal out. */
function isSmallPrincipal(
  market: SpotMarket,
  user: User,
  position: SpotPositionState,
  withdrawn: bigint,
): boolean {
  if (position.cumulativeDeposits < 0n || user.totalDeposits < user.totalWithdraws) return false;
  if (sideOf(position) !== 'deposit') return false;
  const rest = tokenAmount(position.scaledBalance, market, 'deposit');
  return rest + withdrawn < market.withdrawGuardThreshold / 10n;
}
