import type { SyncRunId } from '#domain/ids.ts';
import type { Clock, PaperLedger, VaultStore } from '#main/engine/ports.ts';
import { commitSyncs } from './commit-syncs.ts';
import type { WritableDb } from './database.ts';
import { recordHalt } from './halts.ts';
import {
  appendPaperEntry,
  loadOperationEntry,
  loadPaperAccount,
  loadPaperEntries,
} from './paper-ledger.ts';
import { loadSyncRuns, recordSyncRun } from './sync-runs.ts';
import { loadSyncState } from './sync-states.ts';
import { loadHistory } from './value-history.ts';
import {
  insertVault,
  loadHome,
  loadVaults,
  saveHome,
  updateVaults,
  vaultNumber,
} from './vaults.ts';

/** The engine's `VaultStore` over a database. Every method throws KeelFault for what cannot be done. */
export function vaultStoreOn(db: WritableDb, clock: Clock): VaultStore {
  const openRuns = new Set<SyncRunId>();
  const isOpen = (run: SyncRunId): boolean => openRuns.has(run);
  return {
    loadVaults: () => loadVaults(db),
    insertVault: (vault) => insertVault(db, vault),
    updateVault: (vault) => updateVaults(db, [vault]),
    updateVaults: (vaults) => updateVaults(db, vaults),
    loadHome: (id) => loadHome(db, id),
    saveHomes: (ids, genesisHash) =>
      db.transaction(() => ids.forEach((id) => saveHome(db, id, genesisHash))),
    loadSyncState: (id) => loadSyncState(db, vaultNumber(db, id), id),
    commitSyncs(commits) {
      commitSyncs(db, commits, clock.nowMs(), isOpen);
      for (const { run } of commits) openRuns.delete(run.id);
    },
    recordOpenRuns(runs) {
      db.transaction(() => {
        for (const run of runs) recordSyncRun(db, vaultNumber(db, run.vaultId), run, isOpen);
      });
      for (const { id } of runs) openRuns.add(id);
    },
    saveHalt: (id, halt) =>
      db.transaction(() => recordHalt(db, vaultNumber(db, id), halt, clock.nowMs())),
    loadSyncRuns: (id, limit, before) => loadSyncRuns(db, vaultNumber(db, id), id, limit, before),
    loadHistory: (id, fromMs, toMs) => loadHistory(db, vaultNumber(db, id), fromMs, toMs),
  };
}

/** The paper venue's ledger over a database. Every method throws KeelFault for what cannot be done. */
export function paperLedgerOn(db: WritableDb): PaperLedger {
  return {
    loadAccount: (id) => loadPaperAccount(db, vaultNumber(db, id)),
    append: (id, entry) => appendPaperEntry(db, vaultNumber(db, id), id, entry),
    appendAll: (lines) =>
      db.transaction(() => {
        for (const { vaultId, entry } of lines) {
          appendPaperEntry(db, vaultNumber(db, vaultId), vaultId, entry);
        }
      }),
    loadOperationEntry: (id, operation) => loadOperationEntry(db, vaultNumber(db, id), operation),
    loadEntries: (id, limit) => loadPaperEntries(db, vaultNumber(db, id), limit),
  };
}
