import { z } from 'zod';
import type { UnixMs } from '#domain/units.ts';
import type { TradingHalt } from '#domain/vault-state.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import {
  jsonColumn,
  numberColumn,
  parseRow,
  storedErrorSchema,
  toJson,
  unixMsColumn,
  wholeNumber,
} from './rows.ts';

const haltRow = z
  .object({
    error: jsonColumn(storedErrorSchema),
    attempts: numberColumn,
    sinceMs: unixMsColumn,
  })
  .readonly();

/** The halt in force, or null. */
export function loadHalt(db: ReadableDb, vault: bigint): TradingHalt | null {
  const row = db.get(
    `SELECT error, attempts, since_ms AS sinceMs FROM halts WHERE vault = ? AND ended_at_ms IS NULL`,
    vault,
  );
  return row === undefined ? null : parseRow(haltRow, row, 'halt');
}

/** Ends the halt in force, if it is another one, and begins the given one. Ended halts stay on record. */
export function recordHalt(
  db: WritableDb,
  vault: bigint,
  halt: TradingHalt | null,
  nowMs: UnixMs,
): void {
  const inForce = loadHalt(db, vault);
  if (inForce === null && halt === null) return;
  if (inForce !== null && halt !== null && sameHalt(inForce, halt)) return;
  db.run(
    'UPDATE halts SET ended_at_ms = ? WHERE vault = ? AND ended_at_ms IS NULL',
    wholeNumber('nowMs', nowMs),
    vault,
  );
  if (halt === null) return;
  db.run(
    'INSERT INTO halts (vault, since_ms, attempts, error) VALUES (?, ?, ?, ?)',
    vault,
    wholeNumber('halt.sinceMs', halt.sinceMs),
    wholeNumber('halt.attempts', halt.attempts),
    toJson(halt.error),
  );
}

function sameHalt(left: TradingHalt, right: TradingHalt): boolean {
  return (
    left.sinceMs === right.sinceMs &&
    left.attempts === right.attempts &&
    toJson(storedErrorSchema.parse(left.error)) === toJson(storedErrorSchema.parse(right.error))
  );
}
