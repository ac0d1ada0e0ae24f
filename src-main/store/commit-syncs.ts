import type { SyncCommit } from '#main/engine/ports.ts';
import type { SyncRunId } from '#domain/ids.ts';
import type { UnixMs } from '#domain/units.ts';
import type { WritableDb } from './database.ts';
import { recordHalt } from './halts.ts';
import { refused } from './rows.ts';
import { recordSyncRun } from './sync-runs.ts';
import { loadStoredMoment, recordSyncState } from './sync-states.ts';
import { recordObservation } from './value-history.ts';
import { vaultNumber } from './vaults.ts';

/**
 * One transaction for the batch: states, histories, runs with attempts, failures, halts. All of it is on disk
 * when this returns, or none of it is anywhere. Throws KeelFault: `SLOT_OLDER` (S7), `VAULT_NOT_FOUND`,
 * `DATABASE_WRITE_FAILED`.
 */
export function commitSyncs(
  db: WritableDb,
  commits: readonly SyncCommit[],
  nowMs: UnixMs,
  isOpen: (run: SyncRunId) => boolean,
): void {
  db.transaction(() => {
    for (const commit of commits) commitSync(db, commit, nowMs, isOpen);
  });
}

function commitSync(
  db: WritableDb,
  { vaultId, run, state }: SyncCommit,
  nowMs: UnixMs,
  isOpen: (run: SyncRunId) => boolean,
): void {
  if (run.vaultId !== vaultId) {
    throw refused(`run ${run.id} of vault ${run.vaultId} came with the state of vault ${vaultId}`);
  }
  const vault = vaultNumber(db, vaultId);
  const stored = loadStoredMoment(db, vault);
  recordSyncState(db, vault, vaultId, state, stored);
  recordHalt(db, vault, state.halt, nowMs);
  recordSyncRun(db, vault, run, isOpen);

  const { observation } = state;
  if (observation === null || state.verification.kind === 'discrepant') return;
  const { slot, observedAtMs } = observation.snapshot;
  // A failed run hands the last good observation back: nothing was seen, so no point lasts longer.
  const isNew = stored === null || slot !== stored.slot || observedAtMs !== stored.observedAtMs;
  if (isNew) recordObservation(db, vault, observation);
}
