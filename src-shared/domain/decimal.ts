import { err, ok, type Result } from './result.ts';

/** Whole and fraction of an integer amount, exact: 1234567n with 6 decimals is `1.234567`. */
export function toDecimalString(units: bigint, decimals: number): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(decimals + 1, '0');
  const whole = digits.slice(0, digits.length - decimals);
  const fraction = decimals === 0 ? '' : `.${digits.slice(digits.length - decimals)}`;
  return `${negative ? '-' : ''}${whole}${fraction}`;
}

export interface FormatOptions {
  /** Digits after the point on screen. */
  readonly shownDecimals: number;
  /** Show `+` before a positive amount. */
  readonly signed?: boolean;
}

/**
 * For the screen: thousands separators, rounded half away from zero to `shownDecimals`.
 * An amount that rounds to zero has no sign.
 */
export function formatAmount(units: bigint, decimals: number, options: FormatOptions): string {
  const { shownDecimals, signed = false } = options;
  const rounded = rescale(units, decimals, shownDecimals);
  const text = toDecimalString(rounded < 0n ? -rounded : rounded, shownDecimals);
  const [whole = '0', fraction] = text.split('.');
  const grouped = groupDigits(whole);
  const sign = rounded < 0n ? '−' : signed && rounded > 0n ? '+' : '';
  return fraction === undefined ? `${sign}${grouped}` : `${sign}${grouped}.${fraction}`;
}

/** Thousands separators for the digits of a whole number: `300,000,334`. */
export function groupDigits(whole: string | bigint): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** Changes the scale of an integer amount, rounding half away from zero where digits are lost. */
export function rescale(units: bigint, from: number, to: number): bigint {
  if (to >= from) return units * 10n ** BigInt(to - from);
  const divisor = 10n ** BigInt(from - to);
  const half = divisor / 2n;
  return units < 0n ? -((-units + half) / divisor) : (units + half) / divisor;
}

export type DecimalProblem = 'empty' | 'not-a-number' | 'too-many-decimals';

/**
 * Reads what a person typed, exactly: `1,234.5` with 6 decimals is 1234500000n.
 * Refuses exponents, signs other than a leading minus, and more decimals than the unit has.
 */
export function parseDecimal(text: string, decimals: number): Result<bigint, DecimalProblem> {
  const trimmed = text.trim();
  if (trimmed === '') return err('empty');
  const match = /^(-?)(\d{1,3}(?:,\d{3})+|\d+)?(?:\.(\d*))?$/.exec(trimmed);
  const [, minus = '', whole = '', fraction = ''] = match ?? [];
  if (match === null || (whole === '' && fraction === '')) return err('not-a-number');
  if (fraction.replace(/0+$/, '').length > decimals) return err('too-many-decimals');
  const digits = `${whole.replaceAll(',', '')}${fraction.slice(0, decimals).padEnd(decimals, '0')}`;
  const units = BigInt(digits === '' ? '0' : digits);
  return ok(minus === '-' ? -units : units);
}
