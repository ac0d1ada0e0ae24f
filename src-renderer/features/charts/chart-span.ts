/** The stretch of time that a chart shows, and how keys and the mouse change it. Pure. */
import { MAX_CHART_STEPS, MIN_CHART_STEPS } from '#domain/value-chart.ts';

export const CHART_RANGES = ['1h', '24h', '7d', '30d', '1y', 'all'] as const;
export type ChartRange = (typeof CHART_RANGES)[number];

export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** `range` ends now and moves on with the time; `free` stands still where the trader has put it. */
export type ChartView =
  | { readonly kind: 'range'; readonly range: ChartRange }
  | { readonly kind: 'free'; readonly span: Span };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const LENGTHS: Readonly<Record<Exclude<ChartRange, 'all'>, number>> = {
  '1h': HOUR,
  '24h': DAY,
  '7d': 7 * DAY,
  '30d': 30 * DAY,
  '1y': 365 * DAY,
};

export const RANGE_WORDS: Readonly<Record<ChartRange, { short: string; long: string }>> = {
  '1h': { short: '1 h', long: 'the last hour' },
  '24h': { short: '24 h', long: 'the last 24 hours' },
  '7d': { short: '7 d', long: 'the last 7 days' },
  '30d': { short: '30 d', long: 'the last 30 days' },
  '1y': { short: '1 y', long: 'the last year' },
  all: { short: 'All', long: 'everything' },
};

/** A history that fills less than this share of a range would be a dot at its end. */
const LEAST_SHARE = 0.1;

/**
 * The range to begin with: `wanted`, or a shorter one where the history is too short for it.
 * @param firstMs of the oldest observation; null: not known.
 */
export function fittingRange(
  wanted: Exclude<ChartRange, 'all'>,
  nowMs: number,
  firstMs: number | null,
): ChartRange {
  const age = firstMs === null ? Infinity : nowMs - firstMs;
  if (age >= LENGTHS[wanted] * LEAST_SHARE) return wanted;
  const shorter = (['1h', '24h', '7d'] as const).filter((each) => LENGTHS[each] < LENGTHS[wanted]);
  return shorter.find((each) => age <= LENGTHS[each]) ?? wanted;
}

const SHORTEST_MS = 60_000;
/** What is asked for while nobody knows yet when the history begins. */
const LONGEST_MS = 10 * 365 * DAY;

/** @param firstMs of the oldest observation; null: not known. */
export function spanOf(view: ChartView, nowMs: number, firstMs: number | null): Span {
  if (view.kind === 'free') return view.span;
  if (view.range !== 'all') return { fromMs: nowMs - LENGTHS[view.range], toMs: nowMs };
  const fromMs = firstMs === null ? nowMs - LONGEST_MS : Math.min(firstMs, nowMs - SHORTEST_MS);
  return { fromMs, toMs: nowMs };
}

/**
 * @param factor below 1 shows less time, above 1 more.
 * @param centre the moment that stays where it is, as a share of the span.
 */
export function zoomSpan(span: Span, factor: number, centre: number, nowMs: number): Span {
  const length = span.toMs - span.fromMs;
  const next = Math.min(LONGEST_MS, Math.max(SHORTEST_MS, Math.round(length * factor)));
  const fromMs = Math.round(span.fromMs + (length - next) * centre);
  return endedBy({ fromMs, toMs: fromMs + next }, nowMs);
}

/** @param share of its own length, negative towards the past. */
export function panSpan(span: Span, share: number, nowMs: number): Span {
  const shift = Math.round((span.toMs - span.fromMs) * share);
  return endedBy({ fromMs: span.fromMs + shift, toMs: span.toMs + shift }, nowMs);
}

/** There is nothing to see of the future. */
function endedBy({ fromMs, toMs }: Span, nowMs: number): Span {
  const over = Math.max(0, toMs - nowMs);
  return { fromMs: fromMs - over, toMs: toMs - over };
}

/** One step for two pixels, in jumps of fifty so that a window being resized does not load at each pixel. */
export function stepsFor(widthPx: number, { fromMs, toMs }: Span): number {
  const wanted = widthPx <= 0 ? 600 : Math.max(100, Math.round(widthPx / 100) * 50);
  const seconds = Math.floor((toMs - fromMs) / 1_000);
  return Math.max(MIN_CHART_STEPS, Math.min(MAX_CHART_STEPS, wanted, seconds));
}
