/**
 * One vault's values over a span, a row for each step in which it was observed. Entry point: `loadVaultChart`. The
 * points of narrow steps are added up by the database, those of wide ones stand in the rollup; both give the same.
 */
import { z } from 'zod';
import type { VaultId } from '#domain/ids.ts';
import type { UnixMs } from '#domain/units.ts';
import type { ChartPoint, ValueChart } from '#domain/value-chart.ts';
import type { ChartSpan } from '#main/engine/desk-ports.ts';
import type { ReadableDb, SqlValue } from '../database.ts';
import { parseRow, unixMsColumn } from '../rows.ts';
import { SILENCE_MS, type RollupSpan } from '../value-rollup.ts';
import { vaultNumber } from '../vaults.ts';
import { cutSpan, type ChartSteps } from './chart-steps.ts';
import { crossingSteps, joinSteps } from './crossing-points.ts';
import { pointOf, stepRow, type StepValues } from './step-values.ts';

/** Throws `VAULT_NOT_FOUND`, `DATABASE_CORRUPT`. */
export function loadVaultChart(
  db: ReadableDb,
  vaultId: VaultId,
  span: ChartSpan,
  steps = cutSpan(span),
): ValueChart {
  const vault = vaultNumber(db, vaultId);
  const { fromMs, stepMs, rollup } = steps;
  const values =
    rollup === null
      ? joinSteps(steps, loadSteps(db, vault, steps), crossingSteps(db, vault, steps))
      : loadRollup(db, vault, steps, rollup);
  return {
    vaultId,
    fromMs: Number(fromMs) as UnixMs,
    toMs: span.toMs,
    stepMs: Number(stepMs),
    points: pointsOf(values, stepMs),
    firstMs: firstOf(db, vault),
  };
}

/** Silence of more than a step and more than what counts as uninterrupted is a gap; before the first there is none. */
function pointsOf(steps: readonly StepValues[], stepMs: bigint): readonly ChartPoint[] {
  const longest = stepMs > SILENCE_MS ? stepMs : SILENCE_MS;
  return steps.map((step, index) => {
    const before = steps[index - 1];
    return pointOf(step, before !== undefined && step.sinceMs - before.untilMs > longest);
  });
}

/** The last point of each step is the one that began last. */
const LAST = `last.total_collateral AS equity, last.free_collateral AS freeCollateral,
  last.drift_pos AS deployed, last.unrealized_pnl AS unrealizedPnl,
  coalesce(last.health_bps, 100 * last.health) AS healthBps,
  last.cumulative_funding AS cumulativeFunding, last.unsettled_funding AS unsettledFunding`;

/** Steps of the points that began in the span. Their ends may lie beyond the step. */
function loadSteps(db: ReadableDb, vault: bigint, steps: ChartSteps): readonly StepValues[] {
  const { fromMs, toMs, stepMs, count } = steps;
  return stepsOf(
    db,
    `SELECT whole.*, ${LAST} FROM (
       SELECT min((from_ms - ?) / ?, ?) AS step, min(coalesce(since_ms, from_ms)) AS sinceMs,
         max(until_ms) AS untilMs, max(from_ms) AS lastFromMs,
         min(coalesce(lowest_equity, total_collateral)) AS lowestEquity,
         max(coalesce(highest_equity, total_collateral)) AS highestEquity,
         min(coalesce(lowest_health_bps, health_bps, 100 * health)) AS lowestHealthBps,
         max(holdings_changed) AS holdingsChanged
       FROM value_history WHERE vault = ? AND from_ms BETWEEN ? AND ? GROUP BY 1) AS whole
     CROSS JOIN value_history AS last ON last.vault = ? AND last.from_ms = whole.lastFromMs
       AND last.tie = (SELECT max(tie) FROM value_history
         WHERE vault = last.vault AND from_ms = last.from_ms)
     ORDER BY step`,
    [fromMs, stepMs, BigInt(count - 1), vault, fromMs, toMs, vault],
  );
}

function loadRollup(
  db: ReadableDb,
  vault: bigint,
  { fromMs, toMs, stepMs }: ChartSteps,
  rollup: RollupSpan,
): readonly StepValues[] {
  return stepsOf(
    db,
    `SELECT whole.*, last.equity, last.free_collateral AS freeCollateral, last.drift_pos AS deployed,
       last.unrealized_pnl AS unrealizedPnl, last.health_bps AS healthBps,
       last.cumulative_funding AS cumulativeFunding, last.unsettled_funding AS unsettledFunding,
       last.last_from_ms AS lastFromMs
     FROM (
       SELECT (start_ms - ?) / ? AS step, min(first_ms) AS sinceMs, max(last_ms) AS untilMs,
         max(start_ms) AS lastStart, min(lowest_equity) AS lowestEquity,
         max(highest_equity) AS highestEquity, min(lowest_health_bps) AS lowestHealthBps,
         max(holdings_changed) AS holdingsChanged
       FROM value_rollup WHERE vault = ? AND span_ms = ? AND start_ms BETWEEN ? AND ?
       GROUP BY 1) AS whole
     CROSS JOIN value_rollup AS last
       ON last.vault = ? AND last.span_ms = ? AND last.start_ms = whole.lastStart
     ORDER BY step`,
    [fromMs, stepMs, vault, rollup, fromMs, toMs, vault, rollup],
  );
}

function stepsOf(db: ReadableDb, sql: string, values: readonly SqlValue[]): readonly StepValues[] {
  return db.all(sql, ...values).map((row) => parseRow(stepRow, row, 'step of a chart'));
}

const firstRow = z.object({ firstMs: unixMsColumn });

function firstOf(db: ReadableDb, vault: bigint): UnixMs | null {
  const row = db.get(
    `SELECT coalesce(since_ms, from_ms) AS firstMs FROM value_history WHERE vault = ?
     ORDER BY from_ms, tie LIMIT 1`,
    vault,
  );
  return row === undefined ? null : parseRow(firstRow, row, 'history point').firstMs;
}
