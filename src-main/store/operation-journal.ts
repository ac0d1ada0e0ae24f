/**
 * The journal of capital operations over a database (C4). Each method is one transaction, on disk when it returns.
 * What must never happen is refused twice: here in words, and by the schema itself.
 */
import { z } from 'zod';
import type { CapitalOperation } from '#domain/capital-operation.ts';
import type { OperationId, VaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import { quoteAmount, type QuoteAmount, type UnixMs } from '#domain/units.ts';
import type { OperationJournal } from '#main/engine/ports.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { continuationProblem } from './operation-continuation.ts';
import {
  insertOperation,
  loadOperation,
  OPERATION_COLUMNS,
  operationNumber,
  operationOf,
  updateOperation,
} from './operation-rows.ts';
import { integerAs, parseRow, refused, wholeNumber } from './rows.ts';

const holderRow = z.object({ id: z.string(), state: z.string() });
const valueRow = z.object({ value: integerAs<QuoteAmount>() });

/** The engine's `OperationJournal`. Every method throws KeelFault for what cannot be done. */
export function operationJournalOn(db: WritableDb): OperationJournal {
  return {
    open: (operation, locks) => db.transaction(() => open(db, operation, locks)),
    advance: (operation) => db.transaction(() => advance(db, operation)),
    load: (id) => loadOperation(db, id),
    loadOpen: () => loadOpenOperations(db),
    loadUntold: () => loadUntold(db),
    noteTold: (id) => db.transaction(() => noteTold(db, id)),
    loadPage: (vault, limit, before) => loadPage(db, vault, limit, before),
    sumOutflow: (vault, sinceMs) => sumOutflow(db, vault, sinceMs),
  };
}

function open(db: WritableDb, operation: CapitalOperation, locks: readonly string[]): void {
  const { id, state, transitions } = operation;
  if (state !== 'requested' || transitions.length !== 1 || transitions[0]?.state !== state) {
    throw refused(
      `operation ${id} begins in state ${state} with ${transitions.length} transitions`,
    );
  }
  if (operationNumber(db, id) !== null) throw refused(`operation ${id} is on record already`);
  for (const name of locks) refuseHeld(db, name);
  const no = insertOperation(db, operation);
  for (const name of new Set(locks)) {
    db.run('INSERT INTO operation_locks (name, operation) VALUES (?, ?)', name, no);
  }
}

function refuseHeld(db: ReadableDb, name: string): void {
  const row = db.get(
    `SELECT o.id AS id, o.state AS state FROM operation_locks l
     JOIN operations o ON o.no = l.operation WHERE l.name = ?`,
    name,
  );
  if (row === undefined) return;
  const holder = parseRow(holderRow, row, 'operation lock');
  throw new KeelFault(
    keelError(
      'OPERATION_OPEN',
      'operator',
      `Operation ${holder.id} is still open (${holder.state}) and changes the same account.`,
      'Wait until it has ended, or cancel it while it is not signed; then ask again.',
      { operation: holder.id, state: holder.state, lock: name },
    ),
  );
}

function advance(db: WritableDb, operation: CapitalOperation): void {
  const stored = loadOperation(db, operation.id);
  const no = operationNumber(db, operation.id);
  if (stored === null || no === null) throw operationNotFound(operation.id);
  const problem = continuationProblem(stored, operation);
  if (problem !== null) throw refused(`operation ${operation.id}: ${problem}`);
  refuseForeignSignature(db, operation);
  updateOperation(db, no, operation);
}

/** Two equal transactions under one blockhash have one signature: the second would silently not happen. */
function refuseForeignSignature(db: ReadableDb, { id, transaction }: CapitalOperation): void {
  const signature = transaction?.signature ?? null;
  if (signature === null) return;
  const row = db.get(
    'SELECT id, state FROM operations WHERE signature = ? AND id <> ?',
    signature,
    id,
  );
  if (row === undefined) return;
  const holder = parseRow(holderRow, row, 'operation');
  throw refused(`operation ${id}: signature ${signature} is that of operation ${holder.id}`);
}

/** Not ended, oldest first. */
export function loadOpenOperations(db: ReadableDb): readonly CapitalOperation[] {
  return db
    .all(`SELECT ${OPERATION_COLUMNS} FROM operations WHERE ended_at_ms IS NULL ORDER BY no`)
    .map((row) => operationOf(db, row));
}

/** Ended, and not noted as told of, oldest first. */
function loadUntold(db: ReadableDb): readonly CapitalOperation[] {
  return db
    .all(
      `SELECT ${OPERATION_COLUMNS} FROM operations
       WHERE no IN (SELECT operation FROM untold_operations) ORDER BY no`,
    )
    .map((row) => operationOf(db, row));
}

function noteTold(db: WritableDb, id: OperationId): void {
  const no = operationNumber(db, id);
  if (no === null) throw operationNotFound(id);
  db.run('DELETE FROM untold_operations WHERE operation = ?', no);
}

function loadPage(
  db: ReadableDb,
  vault: VaultId | null,
  limit: number,
  before: OperationId | null,
): readonly CapitalOperation[] {
  const from = before === null ? null : operationNumber(db, before);
  if (before !== null && from === null) throw operationNotFound(before);
  return db
    .all(
      `SELECT ${OPERATION_COLUMNS} FROM operations
       WHERE (? IS NULL OR vault_id = ? OR to_vault_id = ?) AND (? IS NULL OR no < ?)
       ORDER BY no DESC LIMIT ?`,
      ...[vault, vault, vault, from, from, wholeNumber('limit', limit)],
    )
    .map((row) => operationOf(db, row));
}

/**
 * An operation counts while it is open and, once it took place, when it ended at or after the time; one whose value
 * is not known counts nothing: with a cap in force it is refused before it is built.
 */
function sumOutflow(db: ReadableDb, vault: VaultId, sinceMs: UnixMs): QuoteAmount {
  const since = wholeNumber('sinceMs', sinceMs);
  const sum = db
    .all(
      `SELECT value FROM operations
       WHERE vault_id = ? AND kind IN ('withdraw', 'transfer') AND value IS NOT NULL
         AND state NOT IN ('denied', 'rejected', 'expired')
         AND (ended_at_ms IS NULL OR ended_at_ms >= ? OR created_at_ms >= ?)`,
      ...[vault, since, since],
    )
    .reduce((total, row) => total + parseRow(valueRow, row, 'value of an operation').value, 0n);
  return quoteAmount(sum);
}

function operationNotFound(id: OperationId): KeelFault {
  return new KeelFault(
    keelError(
      'OPERATION_NOT_FOUND',
      'fix-input',
      `No operation has the id ${id}.`,
      'Load the list of operations again.',
    ),
  );
}
