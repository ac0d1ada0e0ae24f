/** What the program writes of a market's condition, in Keel's words. */
import {
  MARKET_STATUSES,
  type MarketOperation,
  type MarketStatus,
} from '#domain/exchange-state.ts';
import { variantOf } from '../codec/variant.ts';
import type { Vendor } from '../vendor.ts';

const STATUSES: ReadonlySet<string> = new Set(MARKET_STATUSES);

/** @param status the program's enum as the coder represents it; one that Keel does not know is `unknown`. */
export function marketStatusOf(status: object): MarketStatus {
  const name = variantOf(status);
  return STATUSES.has(name) ? (name as MarketStatus) : 'unknown';
}

/** @param bits `SpotMarket.pausedOperations` */
export function pausedSpotOperations(
  { sdk: { SpotOperation } }: Vendor,
  bits: number,
): readonly MarketOperation[] {
  return pausedIn(bits, [
    ['deposit', SpotOperation.DEPOSIT],
    ['withdraw', SpotOperation.WITHDRAW],
    ['updateInterest', SpotOperation.UPDATE_CUMULATIVE_INTEREST],
    ['fill', SpotOperation.FILL],
    ['liquidation', SpotOperation.LIQUIDATION],
  ]);
}

/** @param bits `PerpMarket.pausedOperations` */
export function pausedPerpOperations(
  { sdk: { PerpOperation } }: Vendor,
  bits: number,
): readonly MarketOperation[] {
  return pausedIn(bits, [
    ['fill', PerpOperation.FILL],
    ['ammFill', PerpOperation.AMM_FILL],
    ['updateFunding', PerpOperation.UPDATE_FUNDING],
    ['settlePnl', PerpOperation.SETTLE_PNL],
    ['settlePnlWithPosition', PerpOperation.SETTLE_PNL_WITH_POSITION],
    ['liquidation', PerpOperation.LIQUIDATION],
    ['settleRevPool', PerpOperation.SETTLE_REV_POOL],
  ]);
}

function pausedIn(
  bits: number,
  operations: readonly (readonly [MarketOperation, number])[],
): readonly MarketOperation[] {
  return operations.filter(([, bit]) => (bits & bit) !== 0).map(([operation]) => operation);
}
