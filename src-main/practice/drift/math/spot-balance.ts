/**
 * Deposits and borrows as Drift keeps them: a scaled balance times the market's cumulative interest is the
 * token amount. Every rounding favours the vault.
 */
import { variantOf } from '#main/drift/codec/variant.ts';
import type { Pool, SpotMarket, SpotPositionState, User } from '../types.ts';
import { divideUp, smaller } from './integer.ts';
import { driftError, ensure } from '../errors.ts';

type BalanceSide = 'deposit' | 'borrow';

/** A user's spot position, or a pool, which is always a deposit. */
interface SpotBalance {
  scaledBalance: bigint;
  balanceType?: object;
}

export function sideOf(balance: SpotBalance): BalanceSide {
  return balance.balanceType && variantOf(balance.balanceType) === 'borrow' ? 'borrow' : 'deposit';
}

/** Smallest units of the token; a borrow rounds up. */
export function tokenAmount(scaled: bigint, market: SpotMarket, side: BalanceSide): bigint {
  const scale = scaleOf(market);
  return side === 'deposit'
    ? (scaled * market.cumulativeDepositInterest) / scale
    : divideUp(scaled * market.cumulativeBorrowInterest, scale);
}

/** Negative for a borrow. */
export function signedTokenAmount(balance: SpotBalance, market: SpotMarket): bigint {
  const side = sideOf(balance);
  const amount = tokenAmount(balance.scaledBalance, market, side);
  return side === 'deposit' ? amount : -amount;
}

export function scaledAmount(
  tokens: bigint,
  market: SpotMarket,
  side: BalanceSide,
  roundUp: boolean,
): bigint {
  const interest =
    side === 'deposit' ? market.cumulativeDepositInterest : market.cumulativeBorrowInterest;
  const balance = (tokens * scaleOf(market)) / interest;
  return balance !== 0n && roundUp ? balance + 1n : balance;
}

/**
 * Moves a balance and the market's total by `tokens` in the given direction: a deposit first repays a borrow,
 * a borrow first takes from a deposit.
 * @param leaving the tokens leave the vault: what remains rounds down.
 * @throws SpotMarketInsufficientDeposits when the vault could not pay.
 */
export function moveSpotBalance(
  tokens: bigint,
  direction: BalanceSide,
  market: SpotMarket,
  balance: SpotBalance,
  leaving: boolean,
): void {
  let rest = tokens;
  const side = sideOf(balance);
  if (side !== direction) rest -= reduceBalance(tokens, side, market, balance, leaving);
  if (rest > 0n || side === direction) growBalance(rest, direction, market, balance);
  if (!leaving || direction === 'deposit') return;
  const deposits = tokenAmount(market.depositBalance, market, 'deposit');
  const borrows = tokenAmount(market.borrowBalance, market, 'borrow');
  ensure(
    deposits >= borrows,
    'SpotMarketInsufficientDeposits',
    `deposits (${deposits}) borrows (${borrows})`,
  );
}

function growBalance(
  tokens: bigint,
  side: BalanceSide,
  market: SpotMarket,
  balance: SpotBalance,
): void {
  if (sideOf(balance) !== side) {
    if (balance.balanceType === undefined) throw driftError('CantUpdateSpotBalanceType');
    balance.balanceType = side === 'deposit' ? { deposit: {} } : { borrow: {} };
  }
  const delta = scaledAmount(tokens, market, side, side === 'borrow');
  balance.scaledBalance += delta;
  addToTotal(market, side, delta);
}

function reduceBalance(
  tokens: bigint,
  side: BalanceSide,
  market: SpotMarket,
  balance: SpotBalance,
  leaving: boolean,
): bigint {
  const current = tokenAmount(balance.scaledBalance, market, side);
  if (current === 0n) return 0n;
  const delta =
    current > tokens
      ? smaller(
          balance.scaledBalance,
          scaledAmount(tokens, market, side, leaving || side === 'borrow'),
        )
      : balance.scaledBalance;
  balance.scaledBalance -= delta;
  addToTotal(market, side, -delta);
  return smaller(current, tokens);
}

function addToTotal(market: SpotMarket, side: BalanceSide, delta: bigint): void {
  if (side === 'deposit') market.depositBalance += delta;
  else market.borrowBalance += delta;
}

function scaleOf(market: SpotMarket): bigint {
  return 10n ** BigInt(19 - market.decimals);
}

/** A pool is a deposit of nobody's: its type cannot turn. */
export function moveBetween(
  tokens: bigint,
  from: SpotBalance,
  to: SpotBalance,
  market: SpotMarket,
): void {
  if (tokens === 0n) return;
  moveSpotBalance(tokens, 'borrow', market, from, false);
  moveSpotBalance(tokens, 'deposit', market, to, false);
}

export function poolAmount(pool: Pool, market: SpotMarket): bigint {
  return tokenAmount(pool.scaledBalance, market, 'deposit');
}

/** The user's position in the market, or null. */
export function findSpotPosition(user: User, marketIndex: number): SpotPositionState | null {
  // Slot 0 belongs to the quote market, empty or not.
  if (marketIndex === 0) return user.spotPositions[0] ?? null;
  return (
    user.spotPositions.find((p, i) => i > 0 && p.marketIndex === marketIndex && !isAvailable(p)) ??
    null
  );
}

/** As `findSpotPosition`, taking a free slot when there is none. @throws NoSpotPositionAvailable */
export function openSpotPosition(user: User, marketIndex: number): SpotPositionState {
  const found = findSpotPosition(user, marketIndex);
  if (found) return found;
  const free = user.spotPositions.find((p, i) => i > 0 && isAvailable(p));
  if (!free) throw driftError('NoSpotPositionAvailable');
  Object.assign(free, {
    scaledBalance: 0n,
    openBids: 0n,
    openAsks: 0n,
    cumulativeDeposits: 0n,
    marketIndex,
    balanceType: { deposit: {} },
    openOrders: 0,
  });
  return free;
}

export function isAvailable(position: SpotPositionState): boolean {
  return position.scaledBalance === 0n && position.openOrders === 0;
}
