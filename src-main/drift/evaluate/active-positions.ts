import type { PerpPosition, SpotPosition, UserAccount } from '@drift-labs/sdk';

const ISOLATED_POSITION = 1;

/** Isolated margin lies in the position itself; in slots without the flag the field holds old bytes. */
export function isIsolated(position: PerpPosition): boolean {
  return (position.positionFlag & ISOLATED_POSITION) !== 0;
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
