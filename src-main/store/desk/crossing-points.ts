/**
 * Points that last from one step of a chart into others: there they are as well, with the values that they observed. No
 * more than one crosses each border of steps, but for a clock that was set back.
 */
import type { ReadableDb } from '../database.ts';
import { parseRow } from '../rows.ts';
import { beginOf, endOf, type ChartSteps } from './chart-steps.ts';
import { stepRow, type StepValues } from './step-values.ts';

/** One entry for each step after the one that the point began in. */
export function crossingSteps(
  db: ReadableDb,
  vault: bigint,
  steps: ChartSteps,
): readonly StepValues[] {
  const { fromMs, toMs, stepMs, count } = steps;
  const rows = db.all(
    `SELECT iif(from_ms < ?, -1, (from_ms - ?) / ?) AS step, from_ms AS sinceMs, until_ms AS untilMs,
       from_ms AS lastFromMs, total_collateral AS equity, total_collateral AS lowestEquity,
       total_collateral AS highestEquity, free_collateral AS freeCollateral, drift_pos AS deployed,
       unrealized_pnl AS unrealizedPnl, coalesce(health_bps, 100 * health) AS healthBps,
       coalesce(health_bps, 100 * health) AS lowestHealthBps,
       cumulative_funding AS cumulativeFunding, unsettled_funding AS unsettledFunding,
       0 AS holdingsChanged
     FROM value_history
     WHERE vault = ? AND from_ms <= ? AND until_ms >= ? AND from_ms >= coalesce(
       (SELECT max(from_ms) FROM value_history WHERE vault = ? AND from_ms < ?), ?)
       AND (from_ms < ? OR (until_ms - ?) / ? > (from_ms - ?) / ?)
     ORDER BY from_ms, tie`,
    ...[fromMs, fromMs, stepMs, vault, toMs, fromMs, vault, fromMs, fromMs],
    ...[fromMs, fromMs, stepMs, fromMs, stepMs],
  );
  return rows.flatMap((row) => {
    const point = parseRow(stepRow, row, 'history point');
    const lastStep = Math.min(Number((point.untilMs - fromMs) / stepMs), count - 1);
    return Array.from({ length: Math.max(0, lastStep - point.step) }, (_, index) => ({
      ...point,
      step: point.step + 1 + index,
    }));
  });
}

/** What began in each step and what lasted into it, each within the bounds of its step, oldest first. */
export function joinSteps(
  steps: ChartSteps,
  began: readonly StepValues[],
  crossing: readonly StepValues[],
): readonly StepValues[] {
  const joined = new Map(began.map((values) => [values.step, values]));
  for (const values of crossing) {
    const known = joined.get(values.step);
    joined.set(values.step, known === undefined ? values : joinTwo(known, values));
  }
  return [...joined.values()]
    .toSorted((left, right) => left.step - right.step)
    .map((values) => ({
      ...values,
      fromMs: later(values.sinceMs, beginOf(steps, values.step)),
      untilMs: earlier(values.untilMs, endOf(steps, values.step)),
    }));
}

/** Of points that began at one moment, the one that stood there already is the later one. */
function joinTwo(known: StepValues, added: StepValues): StepValues {
  const last = added.lastFromMs > known.lastFromMs ? added : known;
  return {
    ...last,
    sinceMs: earlier(known.sinceMs, added.sinceMs),
    untilMs: later(known.untilMs, added.untilMs),
    lowestEquity: earlier(known.lowestEquity, added.lowestEquity),
    highestEquity: later(known.highestEquity, added.highestEquity),
    lowestHealthBps: Math.min(known.lowestHealthBps, added.lowestHealthBps),
    holdingsChanged: known.holdingsChanged || added.holdingsChanged,
  };
}

const earlier = <Value extends bigint>(left: Value, right: Value): Value =>
  left < right ? left : right;
const later = <Value extends bigint>(left: Value, right: Value): Value =>
  left > right ? left : right;
