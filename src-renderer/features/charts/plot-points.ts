/** What a plot draws: points on an even grid of steps, so that time that was not observed keeps its width. Pure. */
import type { Span } from './chart-span.ts';

export interface PlotPoint {
  /** The moment that `value` is of. */
  readonly atMs: number;
  /** In the panel's smallest unit: exact. Floats are made of it to draw and for nothing else. */
  readonly value: bigint;
  readonly low: bigint;
  readonly high: bigint;
  /** No line leads to it. */
  readonly afterGap: boolean;
  readonly changed: boolean;
}

export interface PlotGrid {
  readonly fromMs: number;
  readonly stepMs: number;
  readonly count: number;
}

export function gridOf({ fromMs, toMs, stepMs }: Span & { readonly stepMs: number }): PlotGrid {
  return { fromMs, stepMs, count: Math.max(1, Math.ceil((toMs - fromMs) / stepMs)) };
}

/** The step that a moment lies in; the nearest where it lies outside. */
export function slotOf({ fromMs, stepMs, count }: PlotGrid, atMs: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((atMs - fromMs) / stepMs)));
}

export const msOfSlot = ({ fromMs, stepMs }: PlotGrid, slot: number): number =>
  fromMs + slot * stepMs;

/** Each point in its step; of two in one step the later one, with the extremes of both. */
export function bySlot(
  grid: PlotGrid,
  points: readonly PlotPoint[],
): ReadonlyMap<number, PlotPoint> {
  const slots = new Map<number, PlotPoint>();
  for (const point of points) {
    const slot = slotOf(grid, point.atMs);
    const there = slots.get(slot);
    slots.set(slot, there === undefined ? point : joined(there, point));
  }
  return slots;
}

function joined(earlier: PlotPoint, later: PlotPoint): PlotPoint {
  return {
    ...later,
    low: earlier.low < later.low ? earlier.low : later.low,
    high: earlier.high > later.high ? earlier.high : later.high,
    afterGap: earlier.afterGap,
    changed: earlier.changed || later.changed,
  };
}

/** For drawing only: a screen has fewer pixels than a double has digits. */
export const toDrawn = (units: bigint, decimals: number): number => Number(units) / 10 ** decimals;

/** One step of the drawn series; without a value it is a place where nothing was observed. */
export interface PlotBar {
  readonly slot: number;
  readonly value?: number;
  readonly low?: number;
  readonly high?: number;
  readonly gap?: boolean;
  readonly changed?: boolean;
}

/** The whole grid, empty steps included: without them the chart would close the gaps. */
export function barsOf(
  grid: PlotGrid,
  points: readonly PlotPoint[],
  decimals: number,
): readonly PlotBar[] {
  const slots = bySlot(grid, points);
  return Array.from({ length: grid.count }, (_, slot) => {
    const point = slots.get(slot);
    if (point === undefined) return { slot };
    return {
      slot,
      value: toDrawn(point.value, decimals),
      low: toDrawn(point.low, decimals),
      high: toDrawn(point.high, decimals),
      gap: point.afterGap,
      changed: point.changed,
    };
  });
}

/** The nearest step that holds a point, going `direction`, or from an end; null: there is none. */
export function nextSlot(
  taken: readonly number[],
  from: number | null,
  direction: 1 | -1,
): number | null {
  if (taken.length === 0) return null;
  if (from === null) return (direction === 1 ? taken[0] : taken.at(-1)) ?? null;
  const found =
    direction === 1 ? taken.find((slot) => slot > from) : taken.findLast((slot) => slot < from);
  return found ?? (direction === 1 ? taken.at(-1) : taken[0]) ?? null;
}
