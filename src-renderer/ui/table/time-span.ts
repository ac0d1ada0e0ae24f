import { unixMs, type UnixMs } from '#domain/units.ts';

export const SPANS = ['any', 'day', 'week', 'month', 'quarter', 'year'] as const;
export type Span = (typeof SPANS)[number];

export const SPAN_OPTIONS = [
  { value: 'any', label: 'Any time' },
  { value: 'day', label: 'Last 24 hours' },
  { value: 'week', label: 'Last 7 days' },
  { value: 'month', label: 'Last 30 days' },
  { value: 'quarter', label: 'Last 90 days' },
  { value: 'year', label: 'Last 365 days' },
] as const satisfies readonly { readonly value: Span; readonly label: string }[];

const DAY_MS = 86_400_000;
const DAYS: Readonly<Record<Exclude<Span, 'any'>, number>> = {
  day: 1,
  week: 7,
  month: 30,
  quarter: 90,
  year: 365,
};

/** Where a span begins; null: it has no beginning. */
export const spanStart = (span: Span, nowMs: number): UnixMs | null =>
  span === 'any' ? null : unixMs(nowMs - DAYS[span] * DAY_MS);
