import { advanceOperation } from '#domain/advance-operation.ts';
import type { CapitalOperation } from '#domain/capital-operation.ts';
import { keelError } from '#domain/keel-error.ts';
import type { UnixMs } from '#domain/units.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { loadOpenOperations } from '../operation-journal.ts';
import { loadOperation, operationNumber, updateOperation } from '../operation-rows.ts';
import { toJson } from '../rows.ts';

/**
 * What happened on the chain is not undone by a restore: an operation that is open in the backup takes its later
 * course from today's database. One that is not known there and has no message yet is ended, because it may have
 * been carried out since: going on would build a second message. With its message it goes on: the bytes are the same.
 */
export function carryOver(db: WritableDb, today: ReadableDb | null, nowMs: UnixMs): void {
  db.transaction(() => {
    for (const operation of loadOpenOperations(db)) {
      // Paper goes back as a whole: ledger and operations.
      if (operation.vaultType === 'virtual') continue;
      const next = laterCourse(operation, today) ?? ended(operation, nowMs);
      const no = operationNumber(db, operation.id);
      if (next !== null && no !== null) updateOperation(db, no, next);
    }
  });
}

function laterCourse(
  operation: CapitalOperation,
  today: ReadableDb | null,
): CapitalOperation | null {
  const later = today === null ? null : loadOperation(today, operation.id);
  if (later === null) return null;
  const begins = later.transitions.slice(0, operation.transitions.length);
  return toJson(begins) === toJson(operation.transitions) ? later : null;
}

function ended(operation: CapitalOperation, nowMs: UnixMs): CapitalOperation | null {
  if (operation.transaction !== null) return null;
  const cause = 'A backup was restored that was made before this operation was approved.';
  const error = keelError(
    'CAPITAL_DENIED',
    'operator',
    `${cause} Whether it was carried out afterwards is not known.`,
    'Look at the balances of the vault before you ask for it again.',
  );
  const next = advanceOperation(operation, { kind: 'denied', atMs: nowMs, cause, error });
  if (!next.ok) throw new Error(next.error.message);
  return next.value;
}
