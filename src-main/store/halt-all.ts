import { z } from 'zod';
import { HALT_SOURCES, type HaltAll } from '#domain/halt-all.ts';
import type { UnixMs } from '#domain/units.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { parseRow, unixMsColumn, wholeNumber } from './rows.ts';

const haltRow = z.object({ sinceMs: unixMsColumn, source: z.enum(HALT_SOURCES) }).readonly();

const IN_FORCE = 'SELECT since_ms AS sinceMs, source FROM halt_all WHERE ended_at_ms IS NULL';

/** The one in force, or null. Throws `DATABASE_CORRUPT`: what cannot be read is never “not halted”. */
export function loadHaltAll(db: ReadableDb): HaltAll | null {
  const row = db.get(IN_FORCE);
  return row === undefined ? null : parseRow(haltRow, row, 'stop of everything');
}

/**
 * Ends the one in force, if it is another one, and begins the given one. Ended ones stay on record. One that cannot be
 * read is another one: it can be lifted too.
 */
export function recordHaltAll(db: WritableDb, haltAll: HaltAll | null, atMs: UnixMs): void {
  if (isInForce(db, haltAll)) return;
  db.run(
    'UPDATE halt_all SET ended_at_ms = ? WHERE ended_at_ms IS NULL',
    wholeNumber('atMs', atMs),
  );
  if (haltAll === null) return;
  db.run(
    'INSERT INTO halt_all (since_ms, source) VALUES (?, ?)',
    ...[wholeNumber('haltAll.sinceMs', haltAll.sinceMs), haltAll.source],
  );
}

function isInForce(db: ReadableDb, haltAll: HaltAll | null): boolean {
  const row = db.get(IN_FORCE);
  if (row === undefined || haltAll === null) return row === undefined && haltAll === null;
  const inForce = haltRow.safeParse(row);
  return (
    inForce.success &&
    inForce.data.sinceMs === haltAll.sinceMs &&
    inForce.data.source === haltAll.source
  );
}
