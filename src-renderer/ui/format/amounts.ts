import { formatAmount, rescale, toDecimalString } from '#domain/decimal.ts';
import {
  absolute,
  BASE_DECIMALS,
  PRICE_DECIMALS,
  QUOTE_DECIMALS,
  type BaseAmount,
  type LeverageE4,
  type Price,
  type QuoteAmount,
} from '#domain/units.ts';

/**
 * Rounded half away from zero to `shown` decimals; to more of them where it would otherwise read as zero and is not.
 */
function rounded(units: bigint, decimals: number, shown: number, signed = false): string {
  let shownDecimals = Math.min(shown, decimals);
  while (shownDecimals < decimals && units !== 0n && rescale(units, decimals, shownDecimals) === 0n)
    shownDecimals = decimals;
  return formatAmount(units, decimals, { shownDecimals, signed });
}

/** `1,234.57`; `0.000001`: what is not zero is never shown as zero. */
export const formatQuote = (amount: QuoteAmount): string => rounded(amount, QUOTE_DECIMALS, 2);

/** `+1,234.57` */
export const formatSignedQuote = (amount: QuoteAmount): string =>
  rounded(amount, QUOTE_DECIMALS, 2, true);

/** All six decimals, for the tooltip: the screen rounds, the value does not. */
export const formatExactQuote = (amount: QuoteAmount): string =>
  formatAmount(amount, QUOTE_DECIMALS, { shownDecimals: QUOTE_DECIMALS });

/** More decimals for smaller prices: `67,204.15`, `152.3840`, `0.000021`. */
export function formatPrice(price: Price): string {
  const whole = absolute(price) / 10n ** BigInt(PRICE_DECIMALS);
  const shownDecimals = whole >= 1_000n ? 2 : whole >= 1n ? 4 : 6;
  return formatAmount(price, PRICE_DECIMALS, { shownDecimals });
}

/** Every digit that is not a trailing zero, at least `least` decimals: a size is never rounded. */
export function formatExact(units: bigint, decimals: number, least = 2, signed = false): string {
  const fraction = toDecimalString(absolute(units), decimals).split('.')[1] ?? '';
  const shownDecimals = Math.min(decimals, Math.max(least, fraction.replace(/0+$/, '').length));
  return formatAmount(units, decimals, { shownDecimals, signed });
}

export const formatBase = (size: BaseAmount): string => formatExact(size, BASE_DECIMALS, 2, true);

/** `1.50×` */
export const formatLeverage = (leverage: LeverageE4): string => `${rounded(leverage, 4, 2)}×`;

const COMPACT_STEPS = [
  { exponent: 3, suffix: 'k' },
  { exponent: 6, suffix: 'M' },
  { exponent: 9, suffix: 'B' },
  { exponent: 12, suffix: 'T' },
] as const;

/**
 * Three digits and a letter: `12.4k`, `1.20M`, `999.99`. Rounded half away from zero in integers, so that it is within
 * half a unit of its last digit; below a thousand it is the amount with two decimals.
 */
export function formatCompact(units: bigint, decimals: number, signed = false): string {
  const size = absolute(units);
  if (rescale(size, decimals, 2) < 100_000n) return rounded(units, decimals, 2, signed);
  for (const { exponent, suffix } of COMPACT_STEPS) {
    for (const shownDecimals of [2, 1, 0]) {
      if (rescale(size, decimals + exponent, shownDecimals) < 1_000n) {
        return `${formatAmount(units, decimals + exponent, { shownDecimals, signed })}${suffix}`;
      }
    }
  }
  return `${formatAmount(units, decimals + 12, { shownDecimals: 0, signed })}T`;
}

/** `12.4k` of quote currency. */
export const formatCompactQuote = (amount: QuoteAmount, signed = false): string =>
  formatCompact(amount, QUOTE_DECIMALS, signed);
