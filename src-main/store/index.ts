/**
 * The database of this computer: vaults, what was observed of them, how each sync went, capital operations, the paper
 * ledger, alerts and what the trader has stopped; and its backups. Entry points: `openStore`; `restoreBackup` on a database that is closed. Invariants,
 * held by the schema itself: one vault per sub-account, one active vault per engine, balances that follow from the
 * figures, slots that never fall, one message and one signature per operation, a commit whole or not at all.
 */
import { dirname, join } from 'node:path';
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import type { DeskRecords } from '#main/engine/desk-ports.ts';
import type {
  Clock,
  Logger,
  OperationJournal,
  PaperLedger,
  VaultStore,
  WatchStore,
} from '#main/engine/ports.ts';
import type { VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { faultOf } from '#domain/keel-fault.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { UnixMs } from '#domain/units.ts';
import { databaseErrorOf } from './database-errors.ts';
import { deskRecordsOn } from './desk/desk-records.ts';
import { writableDb } from './database.ts';
import { createMaintenance, type MaintenanceSlice } from './maintenance.ts';
import { createBackups, type BackupPlace, type Backups } from './backups/backups.ts';
import type { DatabaseLocation } from './connect.ts';
import { openDatabase } from './open-database.ts';
import { loadSyncHours, type SyncHour } from './run-rollup.ts';
import { operationJournalOn } from './operation-journal.ts';
import { paperLedgerOn, vaultStoreOn } from './vault-store.ts';
import { vaultNumber } from './vaults.ts';
import { watchStoreOn } from './watch-store.ts';

export type { BackupPlace, Backups } from './backups/backups.ts';
export { restoreBackup } from './backups/restore-backup.ts';
export type { MaintenanceSlice } from './maintenance.ts';
export type { SyncHour } from './run-rollup.ts';

export interface StoreOptions extends DatabaseLocation {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Without it backups are in a folder beside the file, seven of them, and none is made before a migration. */
  readonly backups?: BackupPlace;
}

export interface Store {
  readonly vaultStore: VaultStore;
  readonly ledger: PaperLedger;
  readonly watchStore: WatchStore;
  readonly deskRecords: DeskRecords;
  readonly journal: OperationJournal;
  readonly backups: Backups;
  /** In words, for the desk: a damaged file that was set aside. */
  readonly notices: readonly string[];
  /** Where the damaged database is now; null when it was sound. */
  readonly setAside: string | null;
  /** Successful runs that are kept only as counts, by hour. */
  loadSyncHours(vault: VaultId, fromMs: UnixMs, toMs: UnixMs): readonly SyncHour[];
  /** One slice of at most some 10 ms; call again until `done`, and then once a minute. */
  maintain(): Result<MaintenanceSlice, KeelError>;
  /** The whole check, seconds on a large file: `DATABASE_CORRUPT` with the first finding. */
  integrityCheck(): Result<null, KeelError>;
  /** Folds the log into the file. Twice is harmless. */
  close(): void;
}

/** Opens, migrates and checks the database; see `openDatabase` for the errors. */
export function openStore(options: StoreOptions): Result<Store, KeelError> {
  const { clock, logger } = options;
  const opened = openDatabase(options, clock.nowMs());
  if (!opened.ok) {
    logger.error('store.refused', { code: opened.error.code, message: opened.error.message });
    return opened;
  }
  const { connection, notices, setAside } = opened.value;
  for (const notice of notices) logger.warn('store.notice', { notice });
  const db = writableDb(connection);
  const maintainSlice = createMaintenance(db, clock);
  return ok({
    vaultStore: vaultStoreOn(db, clock),
    ledger: paperLedgerOn(db),
    watchStore: watchStoreOn(db, clock),
    deskRecords: deskRecordsOn(db, clock),
    journal: operationJournalOn(db),
    backups: createBackups({
      ...{ connection, clock, logger },
      place: options.backups ?? {
        folder: join(dirname(options.file), 'backups'),
        keep: () => DEFAULT_CAPITAL_SETTINGS.backupsKept,
      },
      ...(options.nativeBinding === undefined ? {} : { nativeBinding: options.nativeBinding }),
    }),
    notices,
    setAside,
    loadSyncHours: (id, fromMs, toMs) => loadSyncHours(db, vaultNumber(db, id), fromMs, toMs),
    maintain: () => attempt(maintainSlice),
    integrityCheck: () => {
      const checked = attempt(() => firstFinding(db.all('PRAGMA integrity_check(1)')));
      if (!checked.ok) return checked;
      const finding = checked.value ?? firstOrphan(db.all('PRAGMA foreign_key_check'));
      return finding === null ? ok(null) : err(damaged(finding));
    },
    close: () => {
      connection.close();
    },
  });
}

function firstFinding(rows: readonly Readonly<Record<string, unknown>>[]): string | null {
  const verdict = rows[0]?.['integrity_check'];
  return verdict === 'ok' ? null : String(verdict);
}

function firstOrphan(rows: readonly Readonly<Record<string, unknown>>[]): string | null {
  const [orphan] = rows;
  return orphan === undefined ? null : `a row of ${String(orphan['table'])} refers to nothing`;
}

function attempt<Value>(work: () => Value): Result<Value, KeelError> {
  try {
    return ok(work());
  } catch (caught) {
    const error = faultOf(caught) ?? databaseErrorOf(caught);
    if (error === null) throw caught;
    return err(error);
  }
}

function damaged(finding: string): KeelError {
  return keelError(
    'DATABASE_CORRUPT',
    'stop',
    `The database is damaged: ${finding}.`,
    'Quit and start Keel again: it sets the damaged file aside and says where.',
  );
}
