/** A chart goes on with what the vault itself tells, so that its end moves without asking the store again. Pure. */
import { quoteAmount, unixMs } from '#domain/units.ts';
import type { ChartPoint, ValueChart } from '#domain/value-chart.ts';
import type { VaultObservation } from '#domain/vault-state.ts';

/** Observations come every few seconds; a longer silence is drawn as one. */
const SHORTEST_GAP_MS = 120_000;

/**
 * The chart with the observation as its last point; the same chart where it knows it already, or where the observation
 * lies behind its end by more than its own length. A step that began beyond the end pushes the oldest one out.
 */
export function appendObservation(chart: ValueChart, observation: VaultObservation): ValueChart {
  const next = pointOf(observation);
  const last = chart.points.at(-1);
  if (last !== undefined && next.untilMs <= last.untilMs) return chart;
  if (next.untilMs < chart.fromMs || next.untilMs > chart.toMs + (chart.toMs - chart.fromMs)) {
    return chart;
  }
  const moved = slide(chart, next.untilMs);
  const joinsLast = last !== undefined && slot(chart, last) === slot(chart, next);
  const afterGap =
    last === undefined || next.fromMs - last.untilMs > Math.max(SHORTEST_GAP_MS, 2 * chart.stepMs);
  const point = joinsLast ? joined(last, next) : { ...next, afterGap };
  const kept = joinsLast ? moved.points.slice(0, -1) : moved.points;
  return { ...moved, points: [...kept, point], firstMs: chart.firstMs ?? next.fromMs };
}

const slot = ({ fromMs, stepMs }: ValueChart, { untilMs }: ChartPoint): number =>
  Math.floor((untilMs - fromMs) / stepMs);

/** Moves on by whole steps, so that the points keep their places on the grid. */
function slide(chart: ValueChart, untilMs: number): ValueChart {
  if (untilMs < chart.toMs) return chart;
  const steps = Math.floor((untilMs - chart.toMs) / chart.stepMs) + 1;
  const fromMs = unixMs(chart.fromMs + steps * chart.stepMs);
  const toMs = unixMs(chart.toMs + steps * chart.stepMs);
  const points = chart.points.filter((point) => point.untilMs >= fromMs);
  return { ...chart, fromMs, toMs, points };
}

function pointOf({ balances, snapshot }: VaultObservation): ChartPoint {
  const { figures, observedAtMs } = snapshot;
  return {
    fromMs: observedAtMs,
    untilMs: observedAtMs,
    equity: figures.totalCollateral,
    lowestEquity: figures.totalCollateral,
    highestEquity: figures.totalCollateral,
    freeCollateral: figures.freeCollateral,
    deployed: balances.DRIFT_POS,
    unrealizedPnl: figures.unrealizedPnl,
    healthBps: figures.healthBps,
    lowestHealthBps: figures.healthBps,
    cumulativeFunding: figures.cumulativeFunding,
    unsettledFunding: figures.unsettledFunding,
    holdingsChanged: false,
    afterGap: false,
  };
}

function joined(earlier: ChartPoint, later: ChartPoint): ChartPoint {
  const { lowestEquity: low, highestEquity: high } = earlier;
  return {
    ...later,
    fromMs: earlier.fromMs,
    lowestEquity: quoteAmount(low < later.lowestEquity ? low : later.lowestEquity),
    highestEquity: quoteAmount(high > later.highestEquity ? high : later.highestEquity),
    lowestHealthBps: Math.min(earlier.lowestHealthBps, later.lowestHealthBps),
    holdingsChanged: earlier.holdingsChanged,
    afterGap: earlier.afterGap,
  };
}
