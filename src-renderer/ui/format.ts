import { formatAmount, toDecimalString } from '#domain/decimal.ts';
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

/** `1,234.57`; `0.000001`: what is not zero is never shown as zero. */
export const formatQuote = (amount: QuoteAmount): string =>
  formatAmount(amount, QUOTE_DECIMALS, { shownDecimals: decimalsFor(amount) });

/** `+1,234.57` */
export const formatSignedQuote = (amount: QuoteAmount): string =>
  formatAmount(amount, QUOTE_DECIMALS, { shownDecimals: decimalsFor(amount), signed: true });

const HALF_A_CENT = 5_000n;

const decimalsFor = (amount: QuoteAmount): number =>
  amount !== 0n && absolute(amount) < HALF_A_CENT ? QUOTE_DECIMALS : 2;

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
export const formatLeverage = (leverage: LeverageE4): string =>
  `${formatAmount(leverage, 4, { shownDecimals: 2 })}×`;

export const formatInteger = (value: bigint | number): string =>
  formatAmount(BigInt(value), 0, { shownDecimals: 0 });

/**
 * Signed distance from `from` to `to` in percent with two decimals; null where `from` is not positive.
 * Integer arithmetic: 10^-4 of a percent is dropped.
 */
export function formatDistance(from: Price, to: Price): string | null {
  if (from <= 0n) return null;
  const bps = ((to - from) * 10_000n) / from;
  return `${formatAmount(bps, 2, { shownDecimals: 2, signed: true })} %`;
}

/** `3 s`, `2 min`, `3 h 12 min`, `5 d`. Negative spans, from clocks that disagree, are 0 s. */
export function formatAge(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1_000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  return `${Math.floor(hours / 24)} d`;
}

/** Whole seconds until a moment, never below zero: `7 s`. Rounded down, for the ticker can be a second behind. */
export const formatCountdown = (atMs: number, nowMs: number): string =>
  `${Math.max(0, Math.floor((atMs - nowMs) / 1_000))} s`;

/** `812 ms`, `4.2 s`, `4 s` */
export function formatDuration(durationMs: number): string {
  const rounded = Math.round(durationMs);
  if (rounded < 1_000) return `${rounded} ms`;
  return rounded % 1_000 === 0 ? `${rounded / 1_000} s` : `${(rounded / 1_000).toFixed(1)} s`;
}

/** Local time: `14:03:07`, with the date before it unless it is today's. */
export function formatTime(atMs: number, nowMs: number): string {
  const time = clockTime(atMs);
  return localDate(atMs) === localDate(nowMs) ? time : `${localDate(atMs)} ${time}`;
}

function clockTime(atMs: number): string {
  const date = new Date(atMs);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

function localDate(atMs: number): string {
  const date = new Date(atMs);
  return [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
}

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** `7xKX…9fQz` */
export const shortenAddress = (address: string): string =>
  `${address.slice(0, 4)}…${address.slice(-4)}`;
