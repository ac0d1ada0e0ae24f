/** A capital operation as rows: its text with the columns that the schema guards, and its transitions. */
import { z } from 'zod';
import { vaultsOf } from '#domain/capital-intent.ts';
import {
  OPERATION_STATES,
  type CapitalOperation,
  type OperationTransition,
} from '#domain/capital-operation.ts';
import type { OperationId } from '#domain/ids.ts';
import type { ReadableDb, SqlRow, SqlValue, WritableDb } from './database.ts';
import {
  corruptRow,
  int64,
  integerColumn,
  jsonColumn,
  numberColumn,
  parseRow,
  toJson,
  unixMsColumn,
  wholeNumber,
} from './rows.ts';
import { storedOperationSchema } from './stored-operation.ts';

const operationRow = z.object({
  no: integerColumn,
  state: z.enum(OPERATION_STATES),
  message: z.string().nullable(),
  signature: z.string().nullable(),
  wire: z.string().nullable(),
  operation: jsonColumn(storedOperationSchema),
});

const transitionRow = z
  .object({ state: z.enum(OPERATION_STATES), atMs: unixMsColumn, cause: z.string() })
  .readonly();

const numberRow = z.object({ number: numberColumn });

export const OPERATION_COLUMNS = 'no, id, state, message, signature, wire, operation';

/**
 * An operation from its row and its transitions. Throws `DATABASE_CORRUPT` where text, columns and transitions
 * do not say the same.
 */
export function operationOf(db: ReadableDb, row: SqlRow): CapitalOperation {
  const what = `operation ${String(row['id'])}`;
  const { no, operation, ...columns } = parseRow(operationRow, row, what);
  const transitions = loadTransitions(db, no, what);
  const { transaction } = operation;
  const agrees =
    operation.state === columns.state &&
    transitions.at(-1)?.state === columns.state &&
    (transaction?.message ?? null) === columns.message &&
    (transaction?.signature ?? null) === columns.signature &&
    (transaction?.wire ?? null) === columns.wire;
  if (!agrees) throw corruptRow(what, 'its text differs from its columns or its transitions');
  return { ...operation, transitions };
}

function loadTransitions(db: ReadableDb, no: bigint, what: string): readonly OperationTransition[] {
  return db
    .all(
      `SELECT state, at_ms AS atMs, cause FROM operation_transitions
       WHERE operation = ? ORDER BY number`,
      no,
    )
    .map((row) => parseRow(transitionRow, row, what));
}

/** Whole, or null; throws as `operationOf` does. */
export function loadOperation(db: ReadableDb, id: OperationId): CapitalOperation | null {
  const row = db.get(`SELECT ${OPERATION_COLUMNS} FROM operations WHERE id = ?`, id);
  return row === undefined ? null : operationOf(db, row);
}

/** Row number of an operation, or null. */
export function operationNumber(db: ReadableDb, id: OperationId): bigint | null {
  const row = db.get('SELECT no FROM operations WHERE id = ?', id);
  return row === undefined
    ? null
    : parseRow(z.object({ no: integerColumn }), row, `operation ${id}`).no;
}

/** Inserts the row and its transitions; returns its number. */
export function insertOperation(db: WritableDb, operation: CapitalOperation): bigint {
  const { intent } = operation;
  const [vault, toVault] = vaultsOf(intent);
  db.run(
    `INSERT INTO operations (state, value, message, last_valid_block_height, signature, wire,
       ended_at_ms, operation, id, network, vault_type, kind, vault_id, to_vault_id, created_at_ms)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...changingColumns(operation),
    ...[operation.id, operation.network, operation.vaultType, intent.kind],
    ...[vault ?? null, toVault ?? null, wholeNumber('createdAtMs', operation.createdAtMs)],
  );
  const no = operationNumber(db, operation.id);
  if (no === null) throw new Error(`operation ${operation.id} was not inserted`);
  appendTransitions(db, no, operation.transitions);
  return no;
}

/** Replaces the row of that number and appends the transitions that are not stored yet. */
export function updateOperation(db: WritableDb, no: bigint, operation: CapitalOperation): void {
  appendTransitions(db, no, operation.transitions);
  db.run(
    `UPDATE operations SET state = ?, value = ?, message = ?, last_valid_block_height = ?,
       signature = ?, wire = ?, ended_at_ms = ?, operation = ? WHERE no = ?`,
    ...changingColumns(operation),
    no,
  );
}

function appendTransitions(
  db: WritableDb,
  no: bigint,
  transitions: readonly OperationTransition[],
): void {
  const row = db.get(
    'SELECT count(*) AS number FROM operation_transitions WHERE operation = ?',
    no,
  );
  const stored = row === undefined ? 0 : parseRow(numberRow, row, 'count of transitions').number;
  transitions.slice(stored).forEach(({ state, atMs, cause }, index) => {
    db.run(
      `INSERT INTO operation_transitions (operation, number, state, at_ms, cause)
       VALUES (?, ?, ?, ?, ?)`,
      ...[no, BigInt(stored + index + 1), state, wholeNumber('atMs', atMs), cause],
    );
  });
}

function changingColumns(operation: CapitalOperation): SqlValue[] {
  const { transitions: _, ...stored } = operation;
  const { state, value, transaction, endedAtMs } = operation;
  return [
    state,
    value === null ? null : int64('value', value),
    transaction?.message ?? null,
    transaction === null ? null : int64('lastValidBlockHeight', transaction.lastValidBlockHeight),
    transaction?.signature ?? null,
    transaction?.wire ?? null,
    endedAtMs === null ? null : wholeNumber('endedAtMs', endedAtMs),
    toJson(stored),
  ];
}
