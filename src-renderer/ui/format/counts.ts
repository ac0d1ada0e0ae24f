import { formatAmount } from '#domain/decimal.ts';

export const formatInteger = (value: bigint | number): string =>
  formatAmount(BigInt(value), 0, { shownDecimals: 0 });

/** `1 vault`, `1,204 vaults` */
export const formatCount = (count: number, one: string, many = `${one}s`): string =>
  `${formatInteger(count)} ${count === 1 ? one : many}`;

/** `812 B`, `4.2 kB`, `1.3 MB`, `2.0 GB`, in thousands; tenths rounded half up. */
export function formatBytes(bytes: number): string {
  const whole = BigInt(Math.max(0, Math.round(bytes)));
  if (whole < 1_000n) return `${whole} B`;
  const [decimals, suffix] =
    whole < 999_950n ? [3, 'kB'] : whole < 999_950_000n ? [6, 'MB'] : [9, 'GB'];
  return `${formatAmount(whole, decimals as number, { shownDecimals: 1 })} ${suffix}`;
}

/** Calls a second: `0.5/s`, `12/s`. */
export function formatRate(perSecond: number): string {
  const shownDecimals = perSecond < 10 ? 1 : 0;
  return `${formatAmount(BigInt(Math.round(perSecond * 10)), 1, { shownDecimals })}/s`;
}
