/** Health of an account in exact integers, and what it means to the watch (M1). */
import type { AlertSeverity } from './alert.ts';
import type { AccountFigures, PerpPosition } from './vault-snapshot.ts';
import type { WatchSettings } from './watch-settings.ts';

/** No account is healthier: from here on every margin alert clears, whatever the thresholds. */
const FULL_HEALTH_BPS = 10_000;

/**
 * Health before the venue rounds it, in hundredths of a percent: 1 − maintenance margin ÷ collateral, both at maintenance
 * weights, rounded down, that is towards danger. An account without margin in use is at 10,000, one that is being
 * liquidated at 0, as the venue has it.
 */
export function healthBpsOf(
  maintenanceCollateral: bigint,
  maintenanceMargin: bigint,
  beingLiquidated: boolean,
): number {
  if (beingLiquidated) return 0;
  if (maintenanceMargin === 0n && maintenanceCollateral >= 0n) return FULL_HEALTH_BPS;
  if (maintenanceCollateral <= 0n) return 0;
  const free = maintenanceCollateral - maintenanceMargin;
  return free <= 0n ? 0 : Number((free * 10_000n) / maintenanceCollateral);
}

/** For instance `49.9`; trailing zeros fall away. Rounded down to one decimal, so that a threshold is never shown as met. */
export function formatHealthBps(bps: number): string {
  const tenths = Math.floor(bps / 10);
  const whole = Math.floor(tenths / 10);
  return tenths % 10 === 0 ? String(whole) : `${whole}.${tenths % 10}`;
}

export type MarginLevel = Extract<AlertSeverity, 'warning' | 'critical'>;
type Thresholds = Pick<WatchSettings, 'warningHealthBps' | 'criticalHealthBps' | 'hysteresisBps'>;

/**
 * How grave a health is. A level begins below its threshold (on it is not below) and lasts until the threshold plus the
 * hysteresis is reached, so that a health on the line does not ring twice.
 * @param previous the level before; null: none.
 */
export function marginLevel(
  previous: AlertSeverity | null,
  healthBps: number,
  settings: Thresholds,
): MarginLevel | null {
  const { warningHealthBps, criticalHealthBps } = settings;
  if (healthBps < criticalHealthBps) return 'critical';
  if (previous === 'critical' && healthBps < clearsAtBps(criticalHealthBps, settings)) {
    return 'critical';
  }
  if (healthBps < warningHealthBps) return 'warning';
  const lasts = previous !== null && healthBps < clearsAtBps(warningHealthBps, settings);
  return lasts ? 'warning' : null;
}

/** The health from which a level of this threshold is over. */
export function clearsAtBps(thresholdBps: number, { hysteresisBps }: Thresholds): number {
  return Math.min(thresholdBps + hysteresisBps, FULL_HEALTH_BPS);
}

/**
 * How far the oracle price is from the price that liquidates the position, in hundredths of a percent of the oracle
 * price, rounded down, that is towards danger; negative: it is past that price. A long is hurt by a fall, a short by a
 * rise. An account whose collateral outweighs the position is hurt by the opposite: as long as it has any health the price
 * cannot have been passed. Null: no price liquidates it, or there is no price to measure from.
 */
export function liquidationDistanceBps(
  {
    baseSize,
    oraclePrice,
    liquidationPrice,
  }: Pick<PerpPosition, 'baseSize' | 'oraclePrice' | 'liquidationPrice'>,
  healthBps: number,
): number | null {
  if (liquidationPrice === null || baseSize === 0n || oraclePrice <= 0n) return null;
  const toLiquidation =
    baseSize > 0n ? oraclePrice - liquidationPrice : liquidationPrice - oraclePrice;
  const distance = toLiquidation < 0n && healthBps > 0 ? -toLiquidation : toLiquidation;
  return Number(floorDivide(distance * 10_000n, oraclePrice));
}

/** Whether losses could endanger the account: it has a position or a borrow that needs margin. */
export function usesMargin({
  maintenanceMargin,
}: Pick<AccountFigures, 'maintenanceMargin'>): boolean {
  return maintenanceMargin > 0n;
}

/** @param divisor above zero. */
function floorDivide(units: bigint, divisor: bigint): bigint {
  const quotient = units / divisor;
  return units < 0n && quotient * divisor !== units ? quotient - 1n : quotient;
}
