import { unixMs, type UnixMs } from '#domain/units.ts';

export const SPANS = ['day', 'week', 'month', 'year', 'ever', 'dates'] as const;
export type Span = (typeof SPANS)[number];

export const SPAN_LABELS: Readonly<Record<Span, string>> = {
  day: '24 hours',
  week: '7 days',
  month: '30 days',
  year: 'This year',
  ever: 'All',
  dates: 'Dates',
};

const DAY_MS = 86_400_000;
const LENGTHS = { day: DAY_MS, week: 7 * DAY_MS, month: 30 * DAY_MS } as const;

export interface SpanChoice {
  readonly span: Span;
  /** `2026-11-22`, days in UTC, both included; empty: open. */
  readonly from: string;
  readonly to: string;
}

export interface SpanBounds {
  readonly fromMs: UnixMs | null;
  readonly toMs: UnixMs | null;
}

/** The span in time, or what is wrong with the dates. */
export function boundsOf({ span, from, to }: SpanChoice, nowMs: number): SpanBounds | string {
  switch (span) {
    case 'day':
    case 'week':
    case 'month':
      return { fromMs: unixMs(nowMs - LENGTHS[span]), toMs: null };
    case 'year':
      return { fromMs: unixMs(Date.UTC(new Date(nowMs).getUTCFullYear(), 0, 1)), toMs: null };
    case 'ever':
      return { fromMs: null, toMs: null };
    case 'dates':
      return boundsOfDates(from, to);
  }
}

function boundsOfDates(from: string, to: string): SpanBounds | string {
  const fromMs = from === '' ? null : dayMs(from);
  const lastDayMs = to === '' ? null : dayMs(to);
  if (Number.isNaN(fromMs)) return `${from} is no date.`;
  if (Number.isNaN(lastDayMs)) return `${to} is no date.`;
  if (fromMs !== null && lastDayMs !== null && fromMs > lastDayMs) {
    return 'The first day is after the last one.';
  }
  return {
    fromMs: fromMs === null ? null : unixMs(fromMs),
    toMs: lastDayMs === null ? null : unixMs(lastDayMs + DAY_MS - 1),
  };
}

const dayMs = (text: string): number =>
  /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : NaN;
