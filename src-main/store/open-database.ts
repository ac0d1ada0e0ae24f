/**
 * From a path to an open, migrated, checked connection. What is damaged is set aside under another name and
 * reported; what is newer than this Keel is refused and not touched; nothing is ever deleted.
 */
import type Database from 'better-sqlite3';
import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { UnixMs } from '#domain/units.ts';
import { backUpBeforeMigration, newestGoodBackup, type BackupPlace } from './backups/backups.ts';
import { connect, readHeader, type DatabaseLocation } from './connect.ts';
import { databaseErrorOf, isCorruption, sqliteCodeOf } from './database-errors.ts';
import { APPLICATION_ID, migrate, schemaVersionOf } from './migrate.ts';
import { SCHEMA_VERSION } from './migrations/index.ts';

export interface OpenedDatabase {
  readonly connection: Database.Database;
  /** In words, for the desk: a file that was set aside. */
  readonly notices: readonly string[];
  /** Where the damaged database is now, or null: the place from which a backup may be offered. */
  readonly setAside: string | null;
}

export interface DatabaseHome extends DatabaseLocation {
  /** Where a copy goes before a migration, and where a damaged database's successor may be; without it neither. */
  readonly backups?: Pick<BackupPlace, 'folder'>;
}

/**
 * Errors: `DATABASE_NEWER` (file untouched), `DATABASE_UNAVAILABLE` (folder or file not usable),
 * `DATABASE_WRITE_FAILED` (read-only, full, held by another process).
 */
export function openDatabase(
  location: DatabaseHome,
  nowMs: UnixMs,
): Result<OpenedDatabase, KeelError> {
  const { file } = location;
  try {
    mkdirSync(dirname(file), { recursive: true });
    const damage = openSound(location, nowMs);
    if (typeof damage !== 'string') return wrap(damage, [], null);

    const asideFile = setAside(file, nowMs);
    const notice =
      `The database was damaged (${damage}). It was set aside as ${asideFile} and a new one was begun; ` +
      `nothing was deleted. ${offerOf(location)}`;
    const fresh = openSound(location, nowMs);
    if (typeof fresh === 'string') return err(unavailable(file, fresh));
    return wrap(fresh, [notice], asideFile);
  } catch (caught) {
    return err(openingError(file, caught));
  }
}

function wrap(
  opened: Result<Database.Database, KeelError>,
  notices: readonly string[],
  asideFile: string | null,
): Result<OpenedDatabase, KeelError> {
  return opened.ok ? ok({ connection: opened.value, notices, setAside: asideFile }) : opened;
}

/** A sound connection, a refusal, or in words what is damaged. */
function openSound(
  location: DatabaseHome,
  nowMs: UnixMs,
): Result<Database.Database, KeelError> | string {
  const header = readHeader(location.file);
  if (header === 'foreign') return 'it is not a database';
  if (header !== 'empty' && header.version > SCHEMA_VERSION) return err(newer(header.version));
  try {
    const pending = versionInLog(location);
    if (pending > SCHEMA_VERSION) return err(newer(pending));
    return openWritable(location, nowMs);
  } catch (caught) {
    if (isCorruption(sqliteCodeOf(caught))) return (caught as Error).message;
    throw caught;
  }
}

function openWritable(
  location: DatabaseHome,
  nowMs: UnixMs,
): Result<Database.Database, KeelError> | string {
  const connection = connect(location, false);
  try {
    const damage = findDamage(connection);
    if (damage !== null) {
      connection.close();
      return damage;
    }
    configure(connection);
    const kept = keepOldVersion(connection, location, nowMs);
    if (kept !== null) {
      connection.close();
      return err(kept);
    }
    migrate(connection);
    probeWriting(connection);
    return ok(connection);
  } catch (caught) {
    connection.close();
    throw caught;
  }
}

/** Before a migration a copy of the old version: what a migration got wrong can be taken back. */
function keepOldVersion(
  connection: Database.Database,
  { backups, nativeBinding }: DatabaseHome,
  nowMs: UnixMs,
): KeelError | null {
  const version = schemaVersionOf(connection);
  if (backups === undefined || version === 0 || version >= SCHEMA_VERSION) return null;
  return backUpBeforeMigration(connection, version, backups.folder, nowMs, nativeBinding);
}

function offerOf({ backups, nativeBinding }: DatabaseHome): string {
  if (backups === undefined) return '';
  const newest = newestGoodBackup(backups.folder, nativeBinding);
  return newest === null
    ? 'There is no backup that could be restored.'
    : `The newest good backup is ${newest}: it can be restored in Settings.`;
}

function configure(connection: Database.Database): void {
  connection.pragma('journal_mode = WAL');
  connection.pragma('synchronous = FULL');
  connection.pragma('foreign_keys = ON');
  connection.pragma('trusted_schema = OFF');
  connection.pragma('cell_size_check = ON');
  connection.pragma('temp_store = MEMORY');
  connection.pragma('journal_size_limit = 16777216');
}

function findDamage(connection: Database.Database): string | null {
  const application = Number(connection.pragma('application_id', { simple: true }));
  const tables = connection.prepare('SELECT count(*) FROM sqlite_schema').pluck().get();
  if (application !== APPLICATION_ID && Number(tables) > 0) return 'it is not a Keel database';
  const verdict = connection.pragma('quick_check(1)', { simple: true });
  return verdict === 'ok' ? null : String(verdict);
}

/** Finds out now, not at the first sync, that the file cannot be written. */
function probeWriting(connection: Database.Database): void {
  connection.transaction(() => {
    connection.pragma(`user_version = ${schemaVersionOf(connection)}`);
  })();
}

/** The version that the write-ahead log holds, where a killed process left one; read-only, so it stays. */
function versionInLog(location: DatabaseLocation): number {
  const log = `${location.file}-wal`;
  if (!existsSync(log) || statSync(log).size === 0) return 0;
  const connection = connect(location, true);
  try {
    return schemaVersionOf(connection);
  } finally {
    connection.close();
  }
}

/** Renames the file and its log; the new name keeps the two together. */
function setAside(file: string, nowMs: UnixMs): string {
  const stamp = new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
  let target = `${file}.corrupt-${stamp}`;
  for (let count = 2; existsSync(target); count += 1) target = `${file}.corrupt-${stamp}-${count}`;
  renameSync(file, target);
  for (const suffix of ['-wal', '-shm']) {
    if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix);
  }
  return target;
}

function newer(version: number): KeelError {
  return keelError(
    'DATABASE_NEWER',
    'operator',
    `The database has version ${version}; this Keel knows up to ${SCHEMA_VERSION}.`,
    'Start the newer Keel that wrote it. The file was not touched.',
  );
}

function unavailable(file: string, why: string): KeelError {
  return keelError(
    'DATABASE_UNAVAILABLE',
    'operator',
    `The database ${file} cannot be opened: ${why}.`,
    'Check that the data folder exists and that your user may read and write it.',
  );
}

function openingError(file: string, caught: unknown): KeelError {
  const error = databaseErrorOf(caught);
  if (error !== null) return { ...error, details: { ...error.details, file } };
  return unavailable(file, caught instanceof Error ? caught.message : String(caught));
}
