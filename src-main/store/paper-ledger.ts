import { z } from 'zod';
import type { OperationId, VaultId } from '#domain/ids.ts';
import type { PaperAccount, PaperEntry } from '#domain/paper-account.ts';
import type { QuoteAmount } from '#domain/units.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import {
  int64,
  integerAs,
  numberColumn,
  parseRow,
  refused,
  unixMsColumn,
  wholeNumber,
} from './rows.ts';

const quote = integerAs<QuoteAmount>();

const accountRow = z
  .object({ cash: quote, revision: numberColumn, changedAtMs: unixMsColumn })
  .readonly();

const entryRow = z
  .object({
    kind: z.enum(['allocate', 'credit', 'debit', 'reset', 'seed']),
    change: quote,
    cashAfter: quote,
    revision: numberColumn,
    atMs: unixMsColumn,
    note: z.string(),
    operation: z
      .string()
      .transform((id) => id as OperationId)
      .nullable(),
  })
  .transform(({ operation, ...entry }): PaperEntry =>
    operation === null ? entry : { ...entry, operationId: operation },
  );

const ENTRY_COLUMNS =
  'kind, change, cash_after AS cashAfter, revision, at_ms AS atMs, note, operation';

/** The ledger's head; null before the first entry. */
export function loadPaperAccount(db: ReadableDb, vault: bigint): PaperAccount | null {
  const row = db.get(
    'SELECT cash, revision, changed_at_ms AS changedAtMs FROM paper_accounts WHERE vault = ?',
    vault,
  );
  return row === undefined ? null : parseRow(accountRow, row, 'paper account');
}

/** Newest first. */
export function loadPaperEntries(
  db: ReadableDb,
  vault: bigint,
  limit: number,
): readonly PaperEntry[] {
  return db
    .all(
      `SELECT ${ENTRY_COLUMNS} FROM paper_entries WHERE vault = ? ORDER BY revision DESC LIMIT ?`,
      vault,
      wholeNumber('limit', limit),
    )
    .map((row) => parseRow(entryRow, row, 'paper entry'));
}

/** The line of a capital operation in this vault's ledger, or null. */
export function loadOperationEntry(
  db: ReadableDb,
  vault: bigint,
  operation: OperationId,
): PaperEntry | null {
  const row = db.get(
    `SELECT ${ENTRY_COLUMNS} FROM paper_entries WHERE vault = ? AND operation = ?`,
    vault,
    operation,
  );
  return row === undefined ? null : parseRow(entryRow, row, 'paper entry');
}

/** Entry and head in one transaction. Throws `DATABASE_WRITE_FAILED` where the entry does not continue the ledger. */
export function appendPaperEntry(
  db: WritableDb,
  vault: bigint,
  id: VaultId,
  entry: PaperEntry,
): void {
  db.transaction(() => {
    refuseGap(id, loadPaperAccount(db, vault), entry);
    const cash = int64('cashAfter', entry.cashAfter);
    const revision = wholeNumber('revision', entry.revision);
    const atMs = wholeNumber('atMs', entry.atMs);
    db.run(
      `INSERT INTO paper_entries (vault, revision, kind, change, cash_after, at_ms, note, operation)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
      ...[vault, revision, entry.kind, int64('change', entry.change), cash, atMs, entry.note],
      entry.operationId ?? null,
    );
    db.run(
      `INSERT INTO paper_accounts (vault, cash, revision, changed_at_ms) VALUES (?, ?, ?, ?)
       ON CONFLICT (vault) DO UPDATE SET cash = excluded.cash, revision = excluded.revision,
         changed_at_ms = excluded.changed_at_ms`,
      ...[vault, cash, revision, atMs],
    );
  });
}

function refuseGap(id: VaultId, head: PaperAccount | null, entry: PaperEntry): void {
  if (head !== null && entry.revision !== head.revision + 1) {
    throw refused(
      `entry ${entry.revision} of vault ${id} does not follow entry ${head.revision} of its ledger`,
    );
  }
  const cash = head?.cash ?? 0n;
  if (cash + entry.change !== entry.cashAfter) {
    throw refused(
      `entry ${entry.revision} of vault ${id} says ${entry.cashAfter} after ${cash} and a change of ${entry.change}`,
    );
  }
}
