/**
 * Sums over vaults at the end of each step, read a few vaults at a time. A vault counts from when it was created (or
 * first observed) until it was archived. Where nothing was observed of it near the moment the sum is null: unknown.
 */
import { z } from 'zod';
import type { QuoteAmount, UnixMs } from '#domain/units.ts';
import { MIN_CHART_STEPS, type TotalsChart, type TotalsLine } from '#domain/value-chart.ts';
import type { ChartSpan, TotalsGroup } from '#main/engine/desk-ports.ts';
import type { ReadableDb, SqlValue } from '../database.ts';
import { integerColumn, numberColumn, parseRow, wholeNumber } from '../rows.ts';
import { ROLLUP_SPANS, SILENCE_MS } from '../value-rollup.ts';
import { vaultNumber } from '../vaults.ts';
import { cutSpan, endOf, type ChartSteps } from './chart-steps.ts';

/** Values looked up between two turns of the loop: some milliseconds. */
const SLICE_VALUES = 2_000;
/** Values looked up for one chart: with hundreds of vaults the steps are fewer. */
const MOST_VALUES = 200_000;
const [HOUR_MS] = ROLLUP_SPANS;
/** Points older than that are one an hour: sums are made at whole hours, where those points are. */
const BY_THE_HOUR_AFTER_MS = 29 * 24 * Number(HOUR_MS);

export interface TotalsClock {
  nowMs(): UnixMs;
  yieldToLoop(): Promise<void>;
}

interface Sum {
  equity: bigint;
  funding: bigint;
  vaults: number;
  known: number;
  withFunding: number;
}

/** Throws `VAULT_NOT_FOUND`, `DATABASE_CORRUPT`. */
export async function loadTotalsChart(
  db: ReadableDb,
  clock: TotalsClock,
  groups: readonly TotalsGroup[],
  span: ChartSpan,
): Promise<TotalsChart> {
  const fitting = Math.floor(MOST_VALUES / Math.max(1, groups.length));
  const most = Math.max(MIN_CHART_STEPS, Math.min(span.steps, fitting));
  const isOld = clock.nowMs() - span.fromMs > BY_THE_HOUR_AFTER_MS;
  const steps = cutSpan({ ...span, steps: most }, isOld ? HOUR_MS : null);
  const slice = Math.max(1, Math.floor(SLICE_VALUES / steps.count));
  const lines: TotalsLine[] = [];
  for (const members of byLine(groups)) {
    const sums = Array.from({ length: steps.count }, emptySum);
    for (let start = 0; start < members.length; start += slice) {
      addSums(db, steps, members.slice(start, start + slice), sums);
      await clock.yieldToLoop();
    }
    const [{ money, network }] = members;
    lines.push({ money, network, points: sums.map((sum, step) => pointOf(steps, step, sum)) });
  }
  const { fromMs, stepMs } = steps;
  return { fromMs: Number(fromMs) as UnixMs, toMs: span.toMs, stepMs: Number(stepMs), lines };
}

type Members = readonly [TotalsGroup, ...TotalsGroup[]];

function byLine(groups: readonly TotalsGroup[]): Iterable<Members> {
  const lines = new Map<string, [TotalsGroup, ...TotalsGroup[]]>();
  for (const group of groups) {
    const key = `${group.money} ${group.network}`;
    const line = lines.get(key);
    if (line === undefined) lines.set(key, [group]);
    else line.push(group);
  }
  return lines.values();
}

const emptySum = (): Sum => ({ equity: 0n, funding: 0n, vaults: 0, known: 0, withFunding: 0 });

function pointOf(steps: ChartSteps, step: number, sum: Sum): TotalsLine['points'][number] {
  const isLast = step === steps.count - 1;
  return {
    atMs: Number(endOf(steps, step) + (isLast ? 0n : 1n)) as UnixMs,
    equity: isWhole(sum, sum.known) ? (sum.equity as QuoteAmount) : null,
    funding: isWhole(sum, sum.withFunding) ? (sum.funding as QuoteAmount) : null,
    vaults: sum.vaults,
  };
}

/** A sum over no vault at all is not zero: there was nothing to add up. */
const isWhole = ({ vaults }: Sum, of: number): boolean => vaults > 0 && of === vaults;

const sumRow = z.object({
  step: numberColumn,
  vaults: numberColumn,
  known: numberColumn,
  equity: integerColumn.nullable(),
  withFunding: numberColumn,
  funding: integerColumn.nullable(),
});

function addSums(
  db: ReadableDb,
  steps: ChartSteps,
  members: readonly TotalsGroup[],
  sums: readonly Sum[],
): void {
  const { sql, values } = lastOf(steps);
  const near = steps.stepMs > SILENCE_MS ? steps.stepMs : SILENCE_MS;
  const rows = db.all(
    `WITH RECURSIVE moment (step, at) AS (
         SELECT 0, ? UNION ALL SELECT step + 1, min(at + ?, ?) FROM moment WHERE step + 1 < ?),
       member (vault, since, until) AS MATERIALIZED (
         SELECT value ->> 0, min(value ->> 1, coalesce((SELECT coalesce(since_ms, from_ms)
           FROM value_history WHERE vault = value ->> 0 ORDER BY from_ms, tie LIMIT 1),
           value ->> 1)), value ->> 2
         FROM json_each(?)),
       observed AS (
         SELECT step, at - ${sql.untilMs} <= ? AS near, ${sql.equity} AS equity,
           last.cumulative_funding + last.unsettled_funding AS funding
         FROM member JOIN moment ON at >= since AND (until IS NULL OR at < until)
         LEFT JOIN ${sql.last})
     SELECT step, count(*) AS vaults, count(iif(near, equity, NULL)) AS known,
       sum(iif(near, equity, NULL)) AS equity, count(iif(near, funding, NULL)) AS withFunding,
       sum(iif(near, funding, NULL)) AS funding
     FROM observed GROUP BY step`,
    ...[endOf(steps, 0), steps.stepMs, steps.toMs, BigInt(steps.count)],
    ...[JSON.stringify(members.map((member) => rowOf(db, member))), near, ...values],
  );
  for (const row of rows) {
    const slice = parseRow(sumRow, row, 'sum of a chart');
    const sum = sums[slice.step];
    if (sum === undefined) continue;
    sum.equity += slice.equity ?? 0n;
    sum.funding += slice.funding ?? 0n;
    sum.vaults += slice.vaults;
    sum.known += slice.known;
    sum.withFunding += slice.withFunding;
  }
}

/** How the last observation up to a moment is found: one look into the rollup, or into the points. */
function lastOf({ rollup }: ChartSteps): {
  readonly sql: { readonly last: string; readonly equity: string; readonly untilMs: string };
  readonly values: readonly SqlValue[];
} {
  if (rollup === null) {
    return {
      sql: {
        equity: 'last.total_collateral',
        untilMs: 'last.until_ms',
        last: `value_history AS last ON last.vault = member.vault
          AND last.from_ms = (SELECT max(from_ms) FROM value_history
            WHERE vault = member.vault AND from_ms <= at)
          AND last.tie = (SELECT max(tie) FROM value_history
            WHERE vault = member.vault AND from_ms = last.from_ms)`,
      },
      values: [],
    };
  }
  return {
    sql: {
      equity: 'last.equity',
      untilMs: 'last.last_ms',
      last: `value_rollup AS last ON last.vault = member.vault AND last.span_ms = ?
        AND last.start_ms = (SELECT max(start_ms) FROM value_rollup
          WHERE vault = member.vault AND span_ms = ? AND start_ms <= at)`,
    },
    values: [rollup, rollup],
  };
}

function rowOf(db: ReadableDb, { vaultId, createdAtMs, archivedAtMs }: TotalsGroup) {
  return [
    Number(vaultNumber(db, vaultId)),
    Number(wholeNumber('createdAtMs', createdAtMs)),
    archivedAtMs,
  ];
}
