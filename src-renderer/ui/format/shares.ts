import { formatAmount } from '#domain/decimal.ts';
import type { Price } from '#domain/units.ts';

/** Hundredths of a percent as percent: `12.34 %`, `+0.05 %`. Exact. */
export const formatPercent = (bps: bigint | number, signed = false): string =>
  `${formatAmount(BigInt(bps), 2, { shownDecimals: 2, signed })} %`;

/** `25 bps` */
export const formatBps = (bps: bigint | number, signed = false): string =>
  `${formatAmount(BigInt(bps), 0, { shownDecimals: 0, signed })} bps`;

/**
 * Signed distance from `from` to `to` in percent with two decimals; null where `from` is not positive.
 * Integer arithmetic: 10^-4 of a percent is dropped, but a distance is never shown as none.
 */
export function formatDistance(from: Price, to: Price): string | null {
  if (from <= 0n) return null;
  const bps = ((to - from) * 10_000n) / from;
  if (bps === 0n && to !== from) return to > from ? 'under +0.01 %' : 'under −0.01 %';
  return formatPercent(bps, true);
}

/**
 * `0 %`, `0.4 %`, `12 %` of a whole; null of nothing. Tenths below ten, rounded half up; what is not none is at least
 * a tenth.
 */
export function formatShare(part: number, whole: number): string | null {
  if (whole <= 0) return null;
  if (part <= 0) return '0 %';
  const tenths = Math.max(1, Math.round((part * 1_000) / whole));
  if (tenths >= 100) return `${Math.round(tenths / 10)} %`;
  return `${formatAmount(BigInt(tenths), 1, { shownDecimals: 1 })} %`;
}
