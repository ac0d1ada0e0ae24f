/**
 * Backups of the database (D6): made while it is in use, checked before they count, the newest ones kept. Keys are
 * not in them: the signer has its own file and its own export.
 */
import type Database from 'better-sqlite3';
import { mkdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { UnixMs } from '#domain/units.ts';
import type { Clock, Logger } from '#main/engine/ports.ts';
import { connect, type DatabaseLocation } from '../connect.ts';
import { writableDb, type ReadableDb } from '../database.ts';
import { copyError, unusable } from './backup-errors.ts';
import {
  backupNames,
  freeBackupName,
  madeAtOf,
  partialOf,
  removePartials,
  syncFolderOf,
} from './backup-files.ts';
import { damageOf, finishCopy, type CheckDepth } from './check-copy.ts';
import { compareWithToday, type Backup, type RestorePreview } from './restore-preview.ts';

/** Where backups are kept, and how many. */
export interface BackupPlace {
  readonly folder: string;
  /** Asked at each rotation; never fewer than one is kept. */
  readonly keep: () => number;
}

export interface BackupParts extends Pick<DatabaseLocation, 'nativeBinding'> {
  readonly connection: Database.Database;
  readonly place: BackupPlace;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface Backups {
  readonly folder: string;
  /** A checked copy of this moment, then the rotation. On an error the earlier ones are as they were. */
  make(): Promise<Result<Backup, KeelError>>;
  /** Makes one where the newest good one is a day old; null: it is not. Cheap when it is not. */
  makeIfDue(): Promise<Result<Backup | null, KeelError>>;
  /** Newest first, damaged ones too. */
  list(): Promise<Result<readonly Backup[], KeelError>>;
  /** `BACKUP_UNUSABLE` for one that cannot be restored. */
  previewRestore(name: string): Result<RestorePreview, KeelError>;
}

const DAY_MS = 86_400_000;
const KEPT = 'The earlier backups are as they were.';

export function createBackups(parts: BackupParts): Backups {
  const { place, clock, connection } = parts;
  const { folder } = place;
  const look = createLook(parts);
  const today = writableDb(connection);
  let running: Promise<Result<Backup, KeelError>> | null = null;

  const make = (): Promise<Result<Backup, KeelError>> => {
    running ??= makeOne(parts, look).finally(() => {
      running = null;
    });
    return running;
  };

  return {
    folder,
    make,
    async makeIfDue() {
      try {
        const newest = await firstGood(look, clock);
        const isDue = newest === null || Math.abs(clock.nowMs() - newest.madeAtMs) >= DAY_MS;
        return isDue ? await make() : ok(null);
      } catch (caught) {
        return err(copyError('The backup', folder, caught, KEPT));
      }
    },
    async list() {
      try {
        return ok(await look.all(clock));
      } catch (caught) {
        return err(copyError('The list of backups', folder, caught, KEPT));
      }
    },
    previewRestore: (name) => previewRestore(parts, name, today),
  };
}

interface Look {
  /** Notes a backup that has just passed the whole check: it is not checked again while it stays as it is. */
  trust(name: string): Backup;
  /** Newest first; lets the event loop run between two checks. */
  all(clock: Clock): Promise<readonly Backup[]>;
}

/** Looks at backups; one that has not changed since is not checked again. */
function createLook({ place: { folder }, nativeBinding }: BackupParts): Look {
  const seen = new Map<string, Backup & { readonly mtimeMs: number }>();
  const one = (name: string): Backup => {
    const file = join(folder, name);
    const { size, mtimeMs } = statSync(file);
    const known = seen.get(name);
    if (known !== undefined && known.bytes === size && known.mtimeMs === mtimeMs) return known;
    const fresh = { ...lookAt(file, name, size, 'quick', nativeBinding), mtimeMs };
    seen.set(name, fresh);
    return fresh;
  };
  return {
    trust(name) {
      const { size, mtimeMs } = statSync(join(folder, name));
      const madeAtMs = madeAtOf(name) ?? (0 as UnixMs);
      seen.set(name, { name, madeAtMs, bytes: size, damage: null, mtimeMs });
      return plain(one(name));
    },
    async all(clock) {
      const backups: Backup[] = [];
      for (const name of backupNames(folder)) {
        backups.push(plain(one(name)));
        await clock.yieldToLoop();
      }
      return backups;
    },
  };
}

const plain = ({ name, madeAtMs, bytes, damage }: Backup): Backup => ({
  ...{ name, madeAtMs, bytes, damage },
});

function lookAt(
  file: string,
  name: string,
  bytes: number,
  depth: CheckDepth,
  nativeBinding: string | undefined,
): Backup {
  const location = nativeBinding === undefined ? { file } : { file, nativeBinding };
  const madeAtMs = madeAtOf(name) ?? (0 as UnixMs);
  return { name, madeAtMs, bytes, damage: damageOf(location, depth) };
}

async function firstGood(look: Look, clock: Clock): Promise<Backup | null> {
  return (await look.all(clock)).find(({ damage }) => damage === null) ?? null;
}

async function makeOne(parts: BackupParts, look: Look): Promise<Result<Backup, KeelError>> {
  const { connection, place, clock, logger } = parts;
  const { folder } = place;
  try {
    mkdirSync(folder, { recursive: true });
    removePartials(folder);
    const name = freeBackupName(folder, clock.nowMs());
    const partial = partialOf(folder, name);
    try {
      await connection.backup(partial);
      const problem = settle(partial, join(folder, name), parts.nativeBinding);
      if (problem !== null) return err(problem);
    } finally {
      rmSync(partial, { force: true });
    }
    const backup = look.trust(name);
    logger.info('backup.made', { name, bytes: backup.bytes });
    rotate(await look.all(clock), name, parts);
    return ok(backup);
  } catch (caught) {
    return err(copyError('The backup', folder, caught, KEPT));
  }
}

/** From a written copy to a backup: checked, on the disk, and only then under its name. */
function settle(
  partial: string,
  file: string,
  nativeBinding: string | undefined,
): KeelError | null {
  const location = { file: partial, ...(nativeBinding === undefined ? {} : { nativeBinding }) };
  const damage = finishCopy(location);
  if (damage !== null) {
    return keelError(
      'DATABASE_CORRUPT',
      'stop',
      `No backup was made: the copy did not pass its check. ${damage}`,
      `${KEPT} Quit and start Keel again: it sets a damaged database aside and says where.`,
    );
  }
  renameSync(partial, file);
  syncFolderOf(file);
  return null;
}

/** Removes good backups beyond the newest ones. Bad ones neither count nor go; the one just made stays in any case. */
function rotate(
  backups: readonly Backup[],
  justMade: string,
  { place: { folder, keep }, logger }: BackupParts,
): void {
  const good = backups.filter(({ damage }) => damage === null);
  for (const { name } of good.slice(Math.max(1, keep()))) {
    if (name === justMade) continue;
    try {
      rmSync(join(folder, name));
      logger.info('backup.rotated', { name });
    } catch (caught) {
      logger.warn('backup.not-rotated', { name, reason: String(caught) });
    }
  }
}

function previewRestore(
  { place: { folder }, nativeBinding }: BackupParts,
  name: string,
  today: ReadableDb,
): Result<RestorePreview, KeelError> {
  const file = join(folder, name);
  if (madeAtOf(name) === null) return err(unusable(name, 'No backup has that name.'));
  const location = nativeBinding === undefined ? { file } : { file, nativeBinding };
  const damage = damageOf(location, 'whole');
  if (damage !== null) return err(unusable(name, damage));
  try {
    const backup = lookAt(file, name, statSync(file).size, 'quick', nativeBinding);
    const connection = connect(location, true);
    try {
      return ok(compareWithToday(backup, writableDb(connection), today));
    } finally {
      connection.close();
    }
  } catch (caught) {
    return err(copyError('The preview', folder, caught, KEPT));
  }
}

/**
 * A copy of the database as it is before a migration, under its own version's name. It needs no second turn of the
 * event loop, because the database has no other user yet. Throws KeelFault: then nothing is migrated.
 */
export function backUpBeforeMigration(
  connection: Database.Database,
  version: number,
  folder: string,
  nowMs: UnixMs,
  nativeBinding: string | undefined,
): KeelError | null {
  try {
    mkdirSync(folder, { recursive: true });
    removePartials(folder);
    const name = freeBackupName(folder, nowMs, `-version-${version}`);
    const partial = partialOf(folder, name);
    try {
      connection.prepare('VACUUM INTO ?').run(partial);
      return settle(partial, join(folder, name), nativeBinding);
    } finally {
      rmSync(partial, { force: true });
    }
  } catch (caught) {
    return copyError(
      'The backup before the update of the database',
      folder,
      caught,
      'The database was not changed.',
    );
  }
}

/** File name of the newest backup that passes the quick check; null: there is none. */
export function newestGoodBackup(folder: string, nativeBinding: string | undefined): string | null {
  const isGood = (name: string): boolean => {
    const file = join(folder, name);
    const location = nativeBinding === undefined ? { file } : { file, nativeBinding };
    return damageOf(location, 'quick') === null;
  };
  return backupNames(folder).find(isGood) ?? null;
}
