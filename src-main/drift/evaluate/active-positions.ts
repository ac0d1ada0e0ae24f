import type { PerpPosition, SpotPosition, UserAccount } from '@drift-labs/sdk';

const ISOLATED_POSITION = 1;
const SIGN_BIT = 64;

/**
 * Isolated margin lies in the position itself. Slots last written before isolated positions hold other bytes in
 * both fields; a balance that could only be a negative number is one of those, whatever the flag says.
 */
export function isIsolated({ positionFlag, isolatedPositionScaledBalance }: PerpPosition): boolean {
  const isFlagged = (positionFlag & ISOLATED_POSITION) !== 0;
  return isFlagged && isolatedPositionScaledBalance.bitLength() < SIGN_BIT;
}

/** Positions that hold, owe or may come to hold something, by market index. */
export function activePerpPositions(user: UserAccount): readonly PerpPosition[] {
  return user.perpPositions
    .filter(
      (position) =>
        !position.baseAssetAmount.isZero() ||
        !position.quoteAssetAmount.isZero() ||
        position.openOrders !== 0 ||
        (isIsolated(position) && !position.isolatedPositionScaledBalance.isZero()),
    )
    .toSorted((left, right) => left.marketIndex - right.marketIndex);
}

/** Positions that hold, owe or may come to hold something, by market index. */
export function activeSpotPositions(user: UserAccount): readonly SpotPosition[] {
  return user.spotPositions
    .filter((position) => !position.scaledBalance.isZero() || position.openOrders !== 0)
    .toSorted((left, right) => left.marketIndex - right.marketIndex);
}
