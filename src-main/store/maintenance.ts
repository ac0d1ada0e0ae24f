import { z } from 'zod';
import type { Clock } from '#main/engine/ports.ts';
import { pruneAlerts } from './alerts.ts';
import type { WritableDb } from './database.ts';
import { pruneActivity } from './desk/activity-log.ts';
import { THINNING_TIERS, thinStretch, type StepResult } from './history-thinning.ts';
import { integerColumn, parseRow } from './rows.ts';
import { rollUpRuns } from './run-rollup.ts';

/** Rows looked at between two looks at the clock. */
const STEP_ROWS = 100;
/** Leaves room for the commit within the 10 ms that a slice may hold the process. */
const SLICE_MS = 6;
/** A slice ends also on a clock that stands still. */
const SLICE_STEPS = 50;

const vaultRow = z.object({ no: integerColumn });

/** What one slice did. */
export interface MaintenanceSlice {
  readonly removed: number;
  /** False: call again soon. True: nothing is left until time passes; once a minute is often enough. */
  readonly done: boolean;
}

/**
 * The work that keeps the file small. Each call thins history, rolls up runs and prunes alerts and the feed for some
 * milliseconds, in one transaction, and goes on where the last one stopped, vault after vault. How far each vault has
 * come is in the database: a kill or a restart loses and repeats nothing.
 */
export function createMaintenance(db: WritableDb, clock: Clock): () => MaintenanceSlice {
  let pending: (() => StepResult)[] = [];
  const slice = (): MaintenanceSlice => {
    const startedMs = clock.monotonicMs();
    if (pending.length === 0) pending = stepsOf(db, clock);
    let removed = 0;
    for (let steps = 0; pending.length > 0; steps += 1) {
      if (steps >= SLICE_STEPS || clock.monotonicMs() - startedMs >= SLICE_MS) break;
      const result = pending[0]?.();
      removed += result?.removed ?? 0;
      if (result?.done ?? true) pending.shift();
    }
    return { removed, done: pending.length === 0 };
  };
  return () => db.transaction(slice);
}

function stepsOf(db: WritableDb, clock: Clock): (() => StepResult)[] {
  const vaults = db
    .all('SELECT no FROM vaults ORDER BY no')
    .map((row) => parseRow(vaultRow, row, 'vault').no);
  const thinning = vaults.flatMap((vault) =>
    THINNING_TIERS.map((tier) => () => thinStretch(db, vault, tier, clock.nowMs(), STEP_ROWS)),
  );
  return [
    () => rollUpRuns(db, clock.nowMs(), STEP_ROWS),
    () => pruneAlerts(db, STEP_ROWS),
    () => pruneActivity(db, STEP_ROWS),
    ...thinning,
  ];
}
