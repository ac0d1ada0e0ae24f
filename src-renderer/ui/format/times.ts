import { formatAmount } from '#domain/decimal.ts';

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
  const whole = Math.round(durationMs);
  if (whole < 1_000) return `${whole} ms`;
  const shownDecimals = whole % 1_000 === 0 ? 0 : 1;
  return `${formatAmount(BigInt(whole), 3, { shownDecimals })} s`;
}

/** Local time: `14:03:07`, with the date before it unless it is today's. */
export function formatTime(atMs: number, nowMs: number): string {
  return formatDate(atMs) === formatDate(nowMs) ? formatClock(atMs) : formatDateTime(atMs);
}

/** Local: `2026-03-01 14:03:07`, for what does not move with the clock. */
export const formatDateTime = (atMs: number): string => `${formatDate(atMs)} ${formatClock(atMs)}`;

/** Local: `14:03:07` */
export function formatClock(atMs: number): string {
  const date = new Date(atMs);
  return [date.getHours(), date.getMinutes(), date.getSeconds()].map(twoDigits).join(':');
}

/** Local: `2026-03-01` */
export function formatDate(atMs: number): string {
  const date = new Date(atMs);
  return [date.getFullYear(), twoDigits(date.getMonth() + 1), twoDigits(date.getDate())].join('-');
}

/** For machines: `2026-03-01T13:03:07.000Z`. */
export const formatIso = (atMs: number): string => new Date(atMs).toISOString();

const twoDigits = (value: number): string => String(value).padStart(2, '0');
