import type { SpotMarketAccount, UserAccount } from '@drift-labs/sdk';
import { absolute } from '#domain/units.ts';
import type { Vendor } from '../vendor.ts';

/** Cumulative interest of a spot market at one moment, units of 10^-10: it only grows. */
export interface InterestIndexes {
  readonly deposit: bigint;
  readonly borrow: bigint;
}

/** What it is when a market opens. */
export const FIRST_INDEX = 10_000_000_000n;

export function indexesOf({ plain }: Vendor, market: SpotMarketAccount): InterestIndexes {
  return {
    deposit: plain.toBigInt(market.cumulativeDepositInterest),
    borrow: plain.toBigInt(market.cumulativeBorrowInterest),
  };
}

/** The account's balance in the market as on chain: negative is a borrow. */
export function scaledBalanceIn(
  { sdk, plain }: Vendor,
  user: UserAccount,
  marketIndex: number,
): bigint {
  const position = user.spotPositions.find(
    (each) => each.marketIndex === marketIndex && !sdk.isSpotPositionAvailable(each),
  );
  if (position === undefined) return 0n;
  const scaled = plain.toBigInt(position.scaledBalance);
  return sdk.isVariant(position.balanceType, 'borrow') ? -scaled : scaled;
}

/**
 * The scaled balance after so many tokens came (or went, negative), at given indexes: floor and ceiling are within
 * one unit of what the program makes of it, whichever way it rounds.
 * @param decimals of the token
 */
export function scaledAfter(
  before: bigint,
  change: bigint,
  decimals: number,
  indexes: InterestIndexes,
): bigint {
  const unit = 10n ** BigInt(19 - decimals);
  const index = before < 0n ? indexes.borrow : indexes.deposit;
  const held = before * index + change * unit;
  const rest = held < 0n ? indexes.borrow : indexes.deposit;
  // Within the side on which it was, only the moved tokens are converted.
  if (before === 0n || held < 0n === before < 0n) {
    const side = before === 0n ? rest : index;
    return before + divided(change * unit, side);
  }
  return divided(held, rest);
}

/**
 * The lowest and the highest balance that the program can have left, for indexes anywhere between two moments:
 * one unit for its rounding of each side, and what one token unit is worth where a side was emptied.
 */
export function scaledRange(
  before: bigint,
  change: bigint,
  decimals: number,
  from: InterestIndexes,
  to: InterestIndexes,
): { readonly lowest: bigint; readonly highest: bigint } {
  const ends = [
    scaledAfter(before, change, decimals, from),
    scaledAfter(before, change, decimals, to),
  ];
  const [first = 0n, second = 0n] = ends;
  const [low, high] = first < second ? [first, second] : [second, first];
  // One token unit, in units of the balance, at the lowest index that there is.
  const tokenUnit = 10n ** BigInt(Math.max(0, 9 - decimals)) + 2n;
  const emptied = absolute(low) <= tokenUnit || absolute(high) <= tokenUnit;
  const crossed = low < 0n !== before < 0n || high < 0n !== before < 0n;
  const slack = before !== 0n && (emptied || crossed) ? tokenUnit : 1n;
  return { lowest: low - slack, highest: high + slack };
}

function divided(value: bigint, by: bigint): bigint {
  const quotient = absolute(value) / by;
  return value < 0n ? -quotient : quotient;
}
