/**
 * Successful runs stay verbatim for 24 hours, but no more than `VERBATIM_RUNS` of them over all vaults; then
 * they become counts per hour. A run in which anything failed stays verbatim for ever (S4).
 */
import { z } from 'zod';
import type { UnixMs } from '#domain/units.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import type { StepResult } from './history-thinning.ts';
import { integerColumn, numberColumn, parseRow, unixMsColumn } from './rows.ts';

const HOUR_MS = 3_600_000n;
const VERBATIM_MS = 24n * HOUR_MS;
/** 24 hours of heartbeats for 10 vaults, and some: it bounds the file where there are hundreds of vaults. */
export const VERBATIM_RUNS = 200_000n;

/** Successful runs of one vault that began in one hour. Durations in milliseconds, of whole runs. */
export interface SyncHour {
  readonly hourStartMs: UnixMs;
  readonly runs: number;
  readonly minMs: number;
  readonly averageMs: number;
  readonly maxMs: number;
}

const newestRun = z.object({ seq: integerColumn });

const oldRun = z.object({
  seq: integerColumn,
  vault: integerColumn,
  startedAtMs: integerColumn,
  endedAtMs: integerColumn,
});

/** Rolls up the oldest successful runs, as many as asked for. */
export function rollUpRuns(
  db: WritableDb,
  nowMs: UnixMs,
  count: number,
  verbatimRuns = VERBATIM_RUNS,
): StepResult {
  const before = BigInt(Math.trunc(nowMs)) - VERBATIM_MS;
  const row = db.get('SELECT coalesce(max(seq), 0) AS seq FROM sync_runs') ?? {};
  const newest = parseRow(newestRun, row, 'sync run').seq;
  const due = db
    .all(
      `SELECT seq, vault, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs
       FROM sync_runs WHERE has_failure = 0 ORDER BY seq LIMIT ?`,
      BigInt(count),
    )
    .map((found) => parseRow(oldRun, found, 'sync run'))
    .filter(({ seq, endedAtMs }) => endedAtMs < before || seq <= newest - verbatimRuns);
  for (const run of due) {
    countRun(db, run);
    db.run('DELETE FROM sync_runs WHERE seq = ?', run.seq);
  }
  return { removed: due.length, done: due.length < count };
}

function countRun(db: WritableDb, run: z.output<typeof oldRun>): void {
  const elapsed = run.endedAtMs - run.startedAtMs;
  const duration = elapsed > 0n ? elapsed : 0n;
  db.run(
    `INSERT INTO sync_run_hours (vault, hour_start_ms, runs, min_ms, sum_ms, max_ms)
     VALUES (?, ?, 1, ?, ?, ?)
     ON CONFLICT (vault, hour_start_ms) DO UPDATE SET runs = runs + 1,
       min_ms = min(min_ms, excluded.min_ms), sum_ms = sum_ms + excluded.sum_ms,
       max_ms = max(max_ms, excluded.max_ms)`,
    ...[run.vault, run.startedAtMs - (run.startedAtMs % HOUR_MS), duration, duration, duration],
  );
}

const hourRow = z
  .object({
    hourStartMs: unixMsColumn,
    runs: numberColumn,
    minMs: numberColumn,
    sumMs: numberColumn,
    maxMs: numberColumn,
  })
  .transform(({ sumMs, ...hour }) => ({ ...hour, averageMs: sumMs / hour.runs }));

/** Hours that began in the span, both ends included, oldest first: only runs that are no longer verbatim. */
export function loadSyncHours(
  db: ReadableDb,
  vault: bigint,
  fromMs: UnixMs,
  toMs: UnixMs,
): readonly SyncHour[] {
  return db
    .all(
      `SELECT hour_start_ms AS hourStartMs, runs, min_ms AS minMs, sum_ms AS sumMs, max_ms AS maxMs
       FROM sync_run_hours WHERE vault = ? AND hour_start_ms BETWEEN ? AND ? ORDER BY hour_start_ms`,
      ...[vault, BigInt(Math.trunc(fromMs)), BigInt(Math.trunc(toMs))],
    )
    .map((row) => parseRow(hourRow, row, 'hour of sync runs'));
}
