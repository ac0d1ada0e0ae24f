import { z } from 'zod';
import type { UnixMs } from '#domain/units.ts';
import type { ReadableDb } from '../database.ts';
import { flagColumn, numberColumn, parseRow } from '../rows.ts';

/** One backup, as it is listed. */
export interface Backup {
  /** File name in the backup folder: the backup's id. */
  readonly name: string;
  readonly madeAtMs: UnixMs;
  readonly bytes: number;
  /** In words, why it cannot be restored; null: its check found nothing. */
  readonly damage: string | null;
}

/** What a backup holds, beside what a restore would replace. */
export interface RestorePreview {
  readonly backup: Backup;
  readonly vaults: number;
  readonly operations: number;
  readonly openOperations: number;
  readonly newestObservationMs: UnixMs | null;
  /** Names of today's vaults that the backup does not have. */
  readonly lostVaults: readonly string[];
  /** Today's operations that the backup does not have and that cannot land any more. */
  readonly lostOperations: number;
  /** Notes that the backup has and today's database has not: they are there again. */
  readonly returningNotes: number;
  /** Not empty: the restore is refused, because bytes of these may still land. */
  readonly blockedBy: readonly string[];
}

const vaultRow = z.object({ id: z.string(), name: z.string() });
const operationRow = z.object({
  id: z.string(),
  kind: z.string(),
  state: z.string(),
  open: flagColumn,
  mayLand: flagColumn,
});
const noteRow = z.object({ id: z.string() });
const newestRow = z.object({ newest: numberColumn.nullable() });

/** @param today null: the database in use cannot be read, so nothing of it can be compared */
export function compareWithToday(
  backup: Backup,
  copy: ReadableDb,
  today: ReadableDb | null,
): RestorePreview {
  const vaults = vaultsOf(copy);
  const operations = operationsOf(copy);
  const known = new Set(operations.map(({ id }) => id));
  const knownVaults = new Set(vaults.map(({ id }) => id));
  const lost = today === null ? [] : operationsOf(today).filter(({ id }) => !known.has(id));
  const lostVaults = today === null ? [] : vaultsOf(today).filter(({ id }) => !knownVaults.has(id));
  return {
    backup,
    vaults: vaults.length,
    operations: operations.length,
    openOperations: operations.filter(({ open }) => open).length,
    newestObservationMs: newestObservationOf(copy),
    lostVaults: lostVaults.map(({ name }) => name),
    lostOperations: lost.filter(({ mayLand }) => !mayLand).length,
    returningNotes: today === null ? 0 : returningNotes(copy, today),
    blockedBy: lost
      .filter(({ mayLand }) => mayLand)
      .map(
        ({ id, kind, state }) =>
          `Operation ${id} (${kind}, ${state}) may still land on the chain, and the backup does not know it.`,
      ),
  };
}

function vaultsOf(db: ReadableDb) {
  return db
    .all('SELECT id, name FROM vaults ORDER BY sort_index, no')
    .map((row) => parseRow(vaultRow, row, 'vault'));
}

/** Paper operations move nothing but the ledger, which goes back with them. */
function operationsOf(db: ReadableDb) {
  if (!hasTable(db, 'operations')) return [];
  return db
    .all(
      `SELECT id, kind, state, ended_at_ms IS NULL AS open,
         (vault_type = 'onChain' AND message IS NOT NULL
           AND state IN ('approved', 'signed', 'submitted', 'unresolved')) AS mayLand
       FROM operations ORDER BY no`,
    )
    .map((row) => parseRow(operationRow, row, 'operation'));
}

function returningNotes(copy: ReadableDb, today: ReadableDb): number {
  const known = notesOf(today);
  return [...notesOf(copy)].filter((id) => !known.has(id)).length;
}

function notesOf(db: ReadableDb): ReadonlySet<string> {
  if (!hasTable(db, 'vault_notes')) return new Set();
  return new Set(
    db.all('SELECT id FROM vault_notes').map((row) => parseRow(noteRow, row, 'note').id),
  );
}

/** False for a database of a version before there were such things. */
function hasTable(db: ReadableDb, name: string): boolean {
  return db.get('SELECT 1 AS found FROM sqlite_schema WHERE name = ?', name) !== undefined;
}

function newestObservationOf(db: ReadableDb): UnixMs | null {
  const row = db.get('SELECT max(observed_at_ms) AS newest FROM sync_states');
  return row === undefined
    ? null
    : (parseRow(newestRow, row, 'observation').newest as UnixMs | null);
}
