import { z } from 'zod';
import { HALT_SOURCES, type HaltAll } from '#domain/halt-all.ts';
import type { UnixMs } from '#domain/units.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import { parseRow, unixMsColumn, wholeNumber } from './rows.ts';

const haltRow = z.object({ sinceMs: unixMsColumn, source: z.enum(HALT_SOURCES) }).readonly();

/** The one in force, or null. Throws `DATABASE_CORRUPT`: what cannot be read is never “not halted”. */
export function loadHaltAll(db: ReadableDb): HaltAll | null {
  const row = db.get('SELECT since_ms AS sinceMs, source FROM halt_all WHERE ended_at_ms IS NULL');
  return row === undefined ? null : parseRow(haltRow, row, 'stop of everything');
}

/** Ends the one in force, if it is another one, and begins the given one. Ended ones stay on record. */
export function recordHaltAll(db: WritableDb, haltAll: HaltAll | null, atMs: UnixMs): void {
  const inForce = loadHaltAll(db);
  if (inForce?.sinceMs === haltAll?.sinceMs && inForce?.source === haltAll?.source) return;
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
