/** Health of an account in exact integers. */

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
  if (maintenanceMargin === 0n && maintenanceCollateral >= 0n) return 10_000;
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
