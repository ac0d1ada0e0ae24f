/**
 * Puts a backup in the place of the database, which nobody may have open. What was in use is copied aside, never
 * deleted, and one rename makes the change: a kill at any step leaves the old database or the new one, whole.
 */
import Database from 'better-sqlite3';
import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { UnixMs } from '#domain/units.ts';
import type { Clock } from '#main/engine/ports.ts';
import { connect, readHeader, type DatabaseLocation } from '../connect.ts';
import { isCorruption, sqliteCodeOf } from '../database-errors.ts';
import { writableDb, type ReadableDb, type WritableDb } from '../database.ts';
import { loadHalt, recordHalt } from '../halts.ts';
import { migrate, schemaVersionOf } from '../migrate.ts';
import { SCHEMA_VERSION } from '../migrations/index.ts';
import { loadVaults, vaultNumber } from '../vaults.ts';
import { copyError, unusable } from './backup-errors.ts';
import { copyDurably, madeAtOf, stampOf, syncFolderOf } from './backup-files.ts';
import { carryActivity } from './carry-activity.ts';
import { carryNotes } from './carry-notes.ts';
import { carryOver } from './carry-over.ts';
import { carryWatch, haltForUnknown } from './carry-watch.ts';
import { damageOf, finishCopy } from './check-copy.ts';
import { compareWithToday } from './restore-preview.ts';

export interface RestoreOptions extends DatabaseLocation {
  /** Of the backups. */
  readonly folder: string;
  readonly clock: Clock;
}

export interface Restored {
  /** Where the database is now that was in use; empty where there was none. */
  readonly setAside: string;
}

const KEPT = 'The database in use was not changed.';

/**
 * Errors, each with the database in use as it was: `BACKUP_UNUSABLE` (unknown, damaged, newer), `OPERATION_OPEN`
 * (bytes may still land that the backup does not know), `DATABASE_NEWER`, `DATABASE_WRITE_FAILED` (full or
 * read-only disk, open in another process).
 */
export function restoreBackup(options: RestoreOptions, name: string): Result<Restored, KeelError> {
  const { file, folder, clock } = options;
  const source = { ...options, file: join(folder, name) };
  const damage = madeAtOf(name) === null ? 'No backup has that name.' : damageOf(source, 'whole');
  if (damage !== null) return err(unusable(name, damage));
  try {
    refuseNewer(file);
    const copy = { ...options, file: `${file}.restoring` };
    removeDatabase(copy.file);
    copyDurably(source.file, copy.file);
    const isFirst = readHeader(file) === 'empty';
    const today = openToday(options);
    try {
      adapt(copy, { connection: today, isFirst }, name, clock.nowMs());
    } finally {
      today?.close();
    }
    const finding = finishCopy(copy);
    if (finding !== null) return err(unusable(name, finding));
    const setAside = copyAside(file, clock.nowMs());
    if (today === null && setAside !== '') moveLogAside(file, setAside);
    renameSync(copy.file, file);
    syncFolderOf(file);
    return ok({ setAside });
  } catch (caught) {
    return err(copyError('The restored database', dirname(file), caught, KEPT));
  }
}

function refuseNewer(file: string): void {
  const header = readHeader(file);
  if (typeof header === 'string' || header.version <= SCHEMA_VERSION) return;
  throw new KeelFault(
    keelError(
      'DATABASE_NEWER',
      'operator',
      `The database in use has version ${header.version}; this Keel knows up to ${SCHEMA_VERSION}.`,
      'Start the newer Keel that wrote it. Nothing was touched.',
    ),
  );
}

/** Today's database with its log folded in; null: there is none, or it cannot be read. Throws where it is in use. */
function openToday(location: DatabaseLocation): Database.Database | null {
  if (readHeader(location.file) === 'empty') return null;
  let connection: Database.Database | null = null;
  try {
    connection = connect(location, false);
    // Takes the file for itself: refused while anybody else has it open.
    connection.pragma('journal_mode = DELETE');
    if (connection.pragma('quick_check(1)', { simple: true }) === 'ok') return connection;
  } catch (caught) {
    if (!isCorruption(sqliteCodeOf(caught))) {
      connection?.close();
      throw caught;
    }
  }
  connection?.close();
  return null;
}

interface Today {
  /** Null: there is none, or it cannot be read. */
  readonly connection: Database.Database | null;
  /** There was none: nothing can have been stopped in it. */
  readonly isFirst: boolean;
}

function adapt(
  copy: DatabaseLocation,
  { connection: todayConnection, isFirst }: Today,
  name: string,
  nowMs: UnixMs,
): void {
  const connection = connect(copy, false);
  try {
    connection.pragma('foreign_keys = ON');
    const db = writableDb(connection);
    const today = todayConnection === null ? null : writableDb(todayConnection);
    const madeAtMs = madeAtOf(name) ?? nowMs;
    const backup = { name, madeAtMs, bytes: statSync(copy.file).size, damage: null };
    const [blocker] = compareWithToday(backup, db, today).blockedBy;
    if (blocker !== undefined) throw blocked(name, blocker);
    migrate(connection);
    const later = todayConnection === null ? null : atThisVersion(todayConnection, copy);
    carryOver(db, later, nowMs);
    if (later !== null) {
      carryWatch(db, later, nowMs);
      carryNotes(db, later);
      carryActivity(db, later);
    } else if (!isFirst) haltForUnknown(db, nowMs);
    haltTrading(db, madeAtMs, nowMs);
  } finally {
    connection.close();
  }
}

/** Today's database as this version reads it: an older one is migrated in memory. Null: that cannot be done. */
function atThisVersion(
  today: Database.Database,
  { nativeBinding }: DatabaseLocation,
): ReadableDb | null {
  if (schemaVersionOf(today) === SCHEMA_VERSION) return writableDb(today);
  const options = nativeBinding === undefined ? {} : { nativeBinding };
  try {
    const image = new Database(today.serialize(), options);
    migrate(image);
    return writableDb(image);
  } catch (caught) {
    if (sqliteCodeOf(caught) === null) throw caught;
    return null;
  }
}

/** What stopped trading since the backup was made is not known to it: the trader looks at each vault (S9). */
function haltTrading(db: WritableDb, madeAtMs: UnixMs, nowMs: UnixMs): void {
  const error = keelError(
    'HALTED_BY_TRADER',
    'operator',
    `The database was restored from the backup of ${new Date(madeAtMs).toISOString()}.`,
    'Look at the vault, then enable trading again.',
  );
  for (const { id } of loadVaults(db)) {
    const vault = vaultNumber(db, id);
    if (loadHalt(db, vault) !== null) continue;
    recordHalt(db, vault, { error, attempts: 0, sinceMs: nowMs }, nowMs);
  }
}

function blocked(name: string, blocker: string): KeelFault {
  return new KeelFault(
    keelError(
      'OPERATION_OPEN',
      'operator',
      `Backup ${name} is not restored now. ${blocker}`,
      'Wait until the operation has ended, then restore. The database in use was not changed.',
      { backup: name },
    ),
  );
}

/** A second file, not a second name: two names of one file would share its pages but not its log. */
function copyAside(file: string, nowMs: UnixMs): string {
  if (!existsSync(file)) return '';
  const base = `${file}.replaced-${stampOf(nowMs)}`;
  let target = base;
  for (let count = 2; existsSync(target); count += 1) target = `${base}-${count}`;
  const partial = `${file}.replaced.partial`;
  copyDurably(file, partial);
  renameSync(partial, target);
  syncFolderOf(target);
  return target;
}

/** Of a database that cannot be read: its log must not be taken for the new one's. */
function moveLogAside(file: string, target: string): void {
  for (const suffix of ['-wal', '-shm', '-journal']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
  }
  syncFolderOf(file);
}

function removeDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true });
}
