/** A step of a chart in words: for the legend, and read out where the trader walks by keys. Pure. */
import { formatDateTime } from '#renderer/ui/format.ts';
import type { PlotPanel } from './plot-panels.ts';
import { bySlot, msOfSlot, type PlotGrid, type PlotPoint } from './plot-points.ts';

export type SlotsOfPanel = ReadonlyMap<number, PlotPoint>;

export const slotsOf = (panels: readonly PlotPanel[], grid: PlotGrid): readonly SlotsOfPanel[] =>
  panels.map(({ points }) => bySlot(grid, points));

/** Steps in which any panel has a figure, in order. */
export const takenSlots = (panels: readonly SlotsOfPanel[]): readonly number[] =>
  [...new Set(panels.flatMap((panel) => [...panel.keys()]))].sort((left, right) => left - right);

/** `2026-03-14 12:03:00: Equity 18,442.91 USDC, 18,400.00 to 18,450.00; Health not observed; holdings changed` */
export function readSlot(
  panels: readonly PlotPanel[],
  slots: readonly SlotsOfPanel[],
  grid: PlotGrid,
  slot: number,
): string {
  const points = slots.map((panel) => panel.get(slot));
  const atMs = points.find((point) => point !== undefined)?.atMs ?? msOfSlot(grid, slot);
  const parts = panels.map(({ title, unit, format }, index) => {
    const point = points[index];
    if (point === undefined) return `${title} not observed`;
    const extremes =
      point.low === point.high ? '' : `, ${format(point.low)} to ${format(point.high)}`;
    return `${title} ${format(point.value)} ${unit}${extremes}`;
  });
  const changed = points.some((point) => point?.changed === true);
  return `${formatDateTime(atMs)}: ${[...parts, ...(changed ? ['holdings changed'] : [])].join('; ')}`;
}
