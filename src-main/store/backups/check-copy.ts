import type Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { databaseErrorOf } from '../database-errors.ts';
import { connect, readHeader, type DatabaseLocation } from '../connect.ts';
import { APPLICATION_ID } from '../migrate.ts';
import { SCHEMA_VERSION } from '../migrations/index.ts';
import { syncFile } from './backup-files.ts';

/** `quick` reads every page; `whole` compares indexes and references too, seconds on a large file. */
export type CheckDepth = 'quick' | 'whole';

/** In words, why the file cannot be restored; null: the check found nothing. Does not change the file. */
export function damageOf(location: DatabaseLocation, depth: CheckDepth): string | null {
  if (!existsSync(location.file)) return 'The file is not there.';
  try {
    const header = readHeader(location.file);
    if (header === 'empty') return 'The file is empty.';
    if (header === 'foreign') return 'The file is not a database.';
    if (header.version > SCHEMA_VERSION) {
      return `A newer Keel wrote it: it has version ${header.version}, this Keel knows up to ${SCHEMA_VERSION}.`;
    }
    const connection = connect(location, true);
    try {
      return findingOf(connection, depth);
    } finally {
      connection.close();
    }
  } catch (caught) {
    return `It cannot be read: ${wordsOf(caught)}.`;
  }
}

function findingOf(connection: Database.Database, depth: CheckDepth): string | null {
  if (Number(connection.pragma('application_id', { simple: true })) !== APPLICATION_ID) {
    return 'It is not a Keel database.';
  }
  const check = depth === 'quick' ? 'quick_check(1)' : 'integrity_check(1)';
  const verdict = connection.pragma(check, { simple: true });
  if (verdict !== 'ok') return `It is damaged: ${String(verdict)}.`;
  if (depth === 'quick') return null;
  const [orphan] = connection.pragma('foreign_key_check') as { readonly table: string }[];
  return orphan === undefined ? null : `It is damaged: a row of ${orphan.table} refers to nothing.`;
}

/**
 * Makes a fresh copy one file that needs no log beside it, checks it whole, and puts it on the disk. Returns what
 * is wrong with it in words, or null. Throws what SQLite and the file system throw.
 */
export function finishCopy(location: DatabaseLocation): string | null {
  const connection = connect(location, false);
  try {
    connection.pragma('journal_mode = DELETE');
  } finally {
    connection.close();
  }
  const damage = damageOf(location, 'whole');
  if (damage === null) syncFile(location.file);
  return damage;
}

export function wordsOf(caught: unknown): string {
  const text = caught instanceof Error ? caught.message : String(caught);
  return databaseErrorOf(caught)?.details?.['text'] ?? text;
}
