import Database from 'better-sqlite3';
import { createHash } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCHEMA_VERSION } from '#main/store/migrations/index.ts';
import { openStore } from '#main/store/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { commitOf, START_MS } from './observations.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { onChainVault } from '#test/support/vaults.ts';
import { openTestStore, testFolder } from './open-test-store.ts';

const vault = onChainVault(1);
const open = (file: string) => openStore({ file, clock: new FakeClock(), logger: silentLogger });
const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex');

/** A database with a vault and many rows, closed: its path. */
function filledDatabase(): string {
  const file = join(testFolder(), 'keel.db');
  const { vaultStore, close } = openTestStore(file);
  vaultStore.insertVault(vault);
  const commits = Array.from({ length: 300 }, (_, index) =>
    commitOf(vault, { slot: BigInt(index + 1), atMs: START_MS + index, mark: BigInt(index + 1) }),
  );
  vaultStore.commitSyncs(commits);
  close();
  return file;
}

/** Copies a database as a killed process leaves it: with a log that was never folded in. */
function killedCopy(file: string, change: (db: Database.Database) => void): string {
  const copy = join(testFolder(), 'keel.db');
  const db = new Database(file);
  db.pragma('wal_autocheckpoint = 0');
  change(db);
  copyFileSync(file, copy);
  copyFileSync(`${file}-wal`, `${copy}-wal`);
  db.close();
  return copy;
}

describe('opening the store', () => {
  it('makes the folder and the file, and syncs every commit to the disk', () => {
    const file = join(testFolder(), 'a', 'b', 'keel.db');
    const store = openTestStore(file);
    expect(store.notices).toEqual([]);
    expect(store.integrityCheck()).toEqual({ ok: true, value: null });
    const other = new Database(file, { readonly: true });
    expect(other.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(other.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION);
  });

  it('finds everything again', () => {
    const store = openTestStore(filledDatabase());
    expect(store.vaultStore.loadVaults()).toEqual([vault]);
    expect(store.vaultStore.loadSyncState(vault.id).observation?.snapshot.slot).toBe(300n);
  });

  it('closes twice without harm', () => {
    const store = openTestStore(join(testFolder(), 'keel.db'));
    store.close();
    expect(() => store.close()).not.toThrow();
  });

  it('refuses a database from the future and does not touch it', () => {
    const file = filledDatabase();
    const db = new Database(file);
    db.pragma(`user_version = ${SCHEMA_VERSION + 1}`);
    db.pragma('wal_checkpoint(TRUNCATE)');
    db.close();
    const before = digest(file);
    const opened = open(file);
    expect(opened).toMatchObject({ ok: false, error: { code: 'DATABASE_NEWER' } });
    expect(digest(file)).toBe(before);
    expect(readdirSync(join(file, '..'))).toEqual(['keel.db']);
  });

  it('refuses it also where the future is only in the log of a killed process', () => {
    const copy = killedCopy(filledDatabase(), (db) =>
      db.pragma(`user_version = ${SCHEMA_VERSION + 3}`),
    );
    const before = [digest(copy), digest(`${copy}-wal`)];
    expect(open(copy)).toMatchObject({ ok: false, error: { code: 'DATABASE_NEWER' } });
    expect([digest(copy), digest(`${copy}-wal`)]).toEqual(before);
  });

  it('takes up the log of a killed process', () => {
    const copy = killedCopy(filledDatabase(), (db) => db.exec(`UPDATE vaults SET name = 'Late'`));
    expect(openTestStore(copy).vaultStore.loadVaults()[0]?.name).toBe('Late');
  });

  it.each<[string, (file: string) => void]>([
    ['text', (file) => writeFileSync(file, 'not a database, but long enough to look like one')],
    ['a torn file', (file) => truncateSync(file, 10_000)],
    ['a file cut short within its header', (file) => truncateSync(file, 50)],
    ['garbage in the middle', (file) => overwrite(file, 4_096, 40_000)],
    ['a garbled first page', (file) => overwrite(file, 100, 3_000)],
  ])('sets aside %s, reports it, and begins a new one', (_what, damage) => {
    const file = filledDatabase();
    damage(file);
    const before = digest(file);
    const store = openTestStore(file);
    expect(store.setAside).toMatch(/keel\.db\.corrupt-\d{8}T\d{6}Z$/);
    expect(store.notices[0]).toContain(store.setAside);
    expect(digest(store.setAside!)).toBe(before);
    expect(store.vaultStore.loadVaults()).toEqual([]);
    store.close();
    expect(openTestStore(file).notices).toEqual([]);
  });

  it('sets aside the log together with the file', () => {
    const copy = killedCopy(filledDatabase(), (db) => db.exec(`UPDATE vaults SET name = 'Late'`));
    overwrite(copy, 0, 4_096);
    const log = digest(`${copy}-wal`);
    const store = openTestStore(copy);
    expect(digest(`${store.setAside}-wal`)).toBe(log);
    expect(existsSync(store.setAside!)).toBe(true);
  });

  it('sets aside the database of another program', () => {
    const file = join(testFolder(), 'keel.db');
    new Database(file).exec('CREATE TABLE recipes (name TEXT)').close();
    expect(openTestStore(file).notices[0]).toContain('not a Keel database');
  });

  it('never overwrites a database that was set aside before', () => {
    const file = join(testFolder(), 'keel.db');
    for (const text of ['first', 'second']) {
      writeFileSync(file, text);
      openTestStore(file).close();
    }
    const aside = readdirSync(join(file, '..')).filter((name) => name.includes('corrupt'));
    const texts = aside.map((name) => readFileSync(join(file, '..', name), 'utf8'));
    expect(texts.sort()).toEqual(['first', 'second']);
  });

  it('says what is wrong with a place where no database can be', () => {
    const folder = testFolder();
    const blocked = join(folder, 'blocked');
    writeFileSync(blocked, '');
    mkdirSync(join(folder, 'keel.db'));
    for (const file of [join(blocked, 'keel.db'), join(folder, 'keel.db')]) {
      const opened = open(file);
      expect(opened).toMatchObject({ ok: false, error: { code: 'DATABASE_UNAVAILABLE' } });
      expect(opened.ok ? '' : opened.error.message).toContain(file);
    }
    expect(readFileSync(blocked, 'utf8')).toBe('');
  });

  it('says that another process holds the database', { timeout: 30_000 }, () => {
    const file = filledDatabase();
    const holder = new Database(file);
    holder.pragma('locking_mode = EXCLUSIVE');
    holder.exec('BEGIN EXCLUSIVE');
    const opened = open(file);
    holder.close();
    expect(opened).toMatchObject({ ok: false, error: { code: 'DATABASE_WRITE_FAILED' } });
    expect(opened.ok ? '' : opened.error.message).toContain('another process');
  });

  it('finds in the whole check what the quick one does not', () => {
    const file = filledDatabase();
    const other = new Database(file);
    other.pragma('foreign_keys = OFF');
    other.exec('DELETE FROM vaults');
    other.close();
    expect(openTestStore(file).integrityCheck()).toMatchObject({
      ok: false,
      error: { code: 'DATABASE_CORRUPT' },
    });
  });
});

function overwrite(file: string, from: number, to: number): void {
  const bytes = readFileSync(file);
  bytes.fill(0x5a, from, Math.min(to, bytes.length));
  writeFileSync(file, bytes);
}
