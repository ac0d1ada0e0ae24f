import { z } from 'zod';
import type { SyncRunId, VaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import { SYNC_CAUSES, type SyncAttempt, type SyncRun } from '#domain/sync-run.ts';
import type { ReadableDb, SqlRow, WritableDb } from './database.ts';
import {
  int64,
  jsonColumn,
  numberColumn,
  parseRow,
  refused,
  slotColumn,
  storedErrorSchema,
  toJson,
  unixMsColumn,
  wholeNumber,
} from './rows.ts';

const runRow = z.object({
  seq: z.bigint(),
  id: z.string().transform((value) => value as SyncRunId),
  cause: z.enum(SYNC_CAUSES),
  startedAtMs: unixMsColumn,
  endedAtMs: unixMsColumn,
  outcome: z.enum(['verified', 'failed', 'discrepant']),
});

const sequenceRow = z.object({ seq: z.bigint() });

const attemptRow = z
  .object({
    number: numberColumn,
    startedAtMs: unixMsColumn,
    durationMs: z.number(),
    outcome: z.enum(['verified', 'moved-on', 'failed']),
    error: jsonColumn(storedErrorSchema).nullable(),
    nextDelayMs: z.number().nullable(),
    slot: slotColumn.nullable(),
  })
  .readonly();

/** Appends a run with its attempts (S4); one that was noted while it was open gets its end and its further attempts. */
export function recordSyncRun(
  db: WritableDb,
  vault: bigint,
  run: SyncRun,
  isOpen: (run: SyncRunId) => boolean,
): void {
  if (!isOpen(run.id)) {
    appendSyncRun(db, vault, run);
    return;
  }
  db.run(
    'UPDATE sync_runs SET ended_at_ms = ?, outcome = ?, has_failure = ? WHERE id = ? AND vault = ?',
    wholeNumber('run.endedAtMs', run.endedAtMs),
    run.outcome,
    hasFailure(run) ? 1n : 0n,
    run.id,
    vault,
  );
  const known = numberColumn.parse(
    db.get(
      `SELECT count(*) AS count FROM sync_attempts
       WHERE run = (SELECT seq FROM sync_runs WHERE id = ?)`,
      run.id,
    )?.['count'],
  );
  for (const attempt of run.attempts.slice(known)) recordAttempt(db, run.id, attempt);
}

function appendSyncRun(db: WritableDb, vault: bigint, run: SyncRun): void {
  db.run(
    `INSERT INTO sync_runs (id, vault, cause, started_at_ms, ended_at_ms, outcome, has_failure)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
    run.id,
    vault,
    run.cause,
    wholeNumber('run.startedAtMs', run.startedAtMs),
    wholeNumber('run.endedAtMs', run.endedAtMs),
    run.outcome,
    hasFailure(run) ? 1n : 0n,
  );
  for (const attempt of run.attempts) recordAttempt(db, run.id, attempt);
}

/** A run that failed, or that had to try again: it is never rolled up. */
export function hasFailure(run: SyncRun): boolean {
  return run.outcome !== 'verified' || run.attempts.some(({ outcome }) => outcome !== 'verified');
}

function recordAttempt(db: WritableDb, run: SyncRunId, attempt: SyncAttempt): void {
  if (!Number.isFinite(attempt.durationMs)) {
    throw refused(`durationMs of attempt ${attempt.number} is ${attempt.durationMs}`);
  }
  db.run(
    `INSERT INTO sync_attempts (run, number, started_at_ms, duration_ms, outcome, error, next_delay_ms, slot)
     VALUES ((SELECT seq FROM sync_runs WHERE id = ?), ?, ?, ?, ?, ?, ?, ?)`,
    run,
    wholeNumber('attempt.number', attempt.number),
    wholeNumber('attempt.startedAtMs', attempt.startedAtMs),
    attempt.durationMs,
    attempt.outcome,
    attempt.error === null ? null : toJson(attempt.error),
    attempt.nextDelayMs,
    attempt.slot === null ? null : int64('attempt.slot', attempt.slot),
  );
}

/** Newest first; with `before`, those that came before that run. Throws `INPUT_INVALID` when it is gone. */
export function loadSyncRuns(
  db: ReadableDb,
  vault: bigint,
  id: VaultId,
  limit: number,
  before?: SyncRunId,
): readonly SyncRun[] {
  const rows = db.all(
    `SELECT seq, id, cause, started_at_ms AS startedAtMs, ended_at_ms AS endedAtMs, outcome
     FROM sync_runs WHERE vault = ? AND seq < ? ORDER BY seq DESC LIMIT ?`,
    vault,
    before === undefined ? 2n ** 63n - 1n : sequenceOf(db, vault, before),
    wholeNumber('limit', limit),
  );
  return rows.map((row) => runOf(db, id, row));
}

function runOf(db: ReadableDb, vaultId: VaultId, row: SqlRow): SyncRun {
  const { seq, ...run } = parseRow(runRow, row, `sync run ${String(row['id'])}`);
  const attempts = db
    .all(
      `SELECT number, started_at_ms AS startedAtMs, duration_ms AS durationMs, outcome, error,
         next_delay_ms AS nextDelayMs, slot
       FROM sync_attempts WHERE run = ? ORDER BY number`,
      seq,
    )
    .map((attempt) => parseRow(attemptRow, attempt, `attempt of sync run ${run.id}`));
  return { ...run, vaultId, attempts };
}

function sequenceOf(db: ReadableDb, vault: bigint, id: SyncRunId): bigint {
  const row = db.get('SELECT seq FROM sync_runs WHERE id = ? AND vault = ?', id, vault);
  if (row === undefined) {
    throw new KeelFault(
      keelError(
        'INPUT_INVALID',
        'fix-input',
        `Sync run ${id} is not in the vault's log any more.`,
        'Load the log from the top.',
      ),
    );
  }
  return parseRow(sequenceRow, row, `sync run ${id}`).seq;
}
