import Database from 'better-sqlite3';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Store } from '#main/store/index.ts';
import { SCHEMA_VERSION } from '#main/store/migrations/index.ts';
import { onChainVault, paperVault } from '#test/support/vaults.ts';
import { writeFixture } from '#test/migrations/store/fixtures.ts';
import { place, valueOf } from './backup-place.ts';
import { commitOf, START_MS } from './observations.ts';
import { lifeOf, operationIdOf, requested, WHOLE_LIFE } from './operations.ts';

const DAY = 86_400_000;

const make = async (store: Store) => valueOf(await store.backups.make());
const names = (folder: string) => readdirSync(folder).sort();

describe('making backups', () => {
  it('copies the database while it is in use: everything committed, one file, checked', async () => {
    const { open, folder } = place();
    const store = open();
    store.vaultStore.insertVault(onChainVault(1));
    store.journal.open(requested(1), ['lock']);
    const backup = await make(store);
    expect(backup).toMatchObject({ name: 'keel-20261122T083400Z.db', damage: null });
    expect(names(folder)).toEqual([backup.name]);
    expect(valueOf(await store.backups.list())).toEqual([backup]);
    const copy = new Database(join(folder, backup.name), { readonly: true });
    expect(copy.pragma('journal_mode', { simple: true })).toBe('delete');
    expect(copy.prepare('SELECT id FROM operations').pluck().get()).toBe(operationIdOf(1));
    copy.close();
    store.close();
  });

  it('gives two of one second names of their own, and makes one where two ask at once', async () => {
    const { open, folder } = place();
    const store = open();
    const [first, second] = await Promise.all([make(store), make(store)]);
    expect(second).toEqual(first);
    await make(store);
    expect(names(folder)).toEqual(['keel-20261122T083400Z-2.db', 'keel-20261122T083400Z.db']);
    store.close();
  });

  it('keeps the newest good ones; a bad one neither counts nor goes', async () => {
    const { open, folder, clock } = place(2);
    const store = open();
    const made: string[] = [];
    for (let day = 0; day < 4; day += 1) {
      made.push((await make(store)).name);
      if (day === 2) truncateSync(join(folder, made[2]!), 9_000);
      await clock.advance(DAY);
    }
    expect(names(folder)).toEqual([made[1], made[2], made[3]]);
    const listed = valueOf(await store.backups.list());
    expect(listed.map(({ damage }) => damage === null)).toEqual([true, false, true]);
    expect(listed[1]?.damage).toMatch(/damaged|cannot be read/);
    store.close();
  });

  it('keeps the one that it has just made, whatever the clock says', async () => {
    const { open, folder, clock } = place(1);
    const store = open();
    const first = await make(store);
    clock.suspend(-30 * DAY);
    const second = await make(store);
    expect(names(folder)).toEqual([second.name, first.name].sort());
    store.close();
  });

  it('makes none where the copy fails its check, and leaves the earlier ones', async () => {
    const { open, folder, file } = place(1);
    const store = open();
    store.vaultStore.insertVault(paperVault(1));
    const good = await make(store);
    const other = new Database(file);
    other.pragma('foreign_keys = OFF');
    other.exec(`INSERT INTO halts (vault, since_ms, attempts, error) VALUES (99, 1, 1, '{}')`);
    other.close();
    const before = readFileSync(join(folder, good.name));
    expect(await store.backups.make()).toMatchObject({ error: { code: 'DATABASE_CORRUPT' } });
    expect(names(folder)).toEqual([good.name]);
    expect(readFileSync(join(folder, good.name)).equals(before)).toBe(true);
    store.close();
  });

  it('makes one a day', async () => {
    const { open, clock } = place();
    const store = open();
    expect(valueOf(await store.backups.makeIfDue())).not.toBeNull();
    await clock.advance(DAY - 1_000);
    expect(valueOf(await store.backups.makeIfDue())).toBeNull();
    await clock.advance(1_000);
    expect(valueOf(await store.backups.makeIfDue())?.name).toBe('keel-20261123T083400Z.db');
    store.close();
  });

  it('says why it cannot be written, and goes on with the database', async () => {
    const { open, folder } = place();
    writeFileSync(folder, 'a file in the way');
    const store = open();
    expect(await store.backups.make()).toMatchObject({
      error: { code: 'DATABASE_WRITE_FAILED', remedy: 'operator' },
    });
    store.vaultStore.insertVault(onChainVault(1));
    store.close();
  });

  it('clears away what a killed process left half written', async () => {
    const { open, folder } = place();
    mkdirSync(folder);
    writeFileSync(join(folder, 'keel-20260101T000000Z.db.partial'), 'half');
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    const store = open();
    expect(valueOf(await store.backups.list())).toEqual([]);
    const { name } = await make(store);
    expect(names(folder)).toEqual([name, 'notes.txt']);
    store.close();
  });

  it('copies the old version before a migration, and refuses to migrate without', () => {
    const { open, folder, file } = place();
    writeFixture(file, SCHEMA_VERSION - 1);
    writeFileSync(folder, 'in the way');
    expect(open).toThrow('DATABASE_WRITE_FAILED');
    const old = new Database(file, { readonly: true });
    expect(old.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION - 1);
    old.close();
    const second = place();
    writeFixture(second.file, SCHEMA_VERSION - 1);
    second.open().close();
    const [name] = names(second.folder);
    expect(name).toBe(`keel-20261122T083400Z-version-${SCHEMA_VERSION - 1}.db`);
    const copy = new Database(join(second.folder, name!), { readonly: true });
    expect(copy.pragma('user_version', { simple: true })).toBe(SCHEMA_VERSION - 1);
    copy.close();
    second.open().close();
    expect(names(second.folder)).toHaveLength(1);
  });
});

describe('restoring a backup', () => {
  it('previews what it holds, and what would be lost', async () => {
    const { open } = place();
    const store = open();
    const vault = onChainVault(1);
    store.vaultStore.insertVault(vault);
    store.vaultStore.commitSyncs([commitOf(vault, { slot: 1n, atMs: START_MS, mark: 1n })]);
    store.journal.open(requested(1), []);
    const { name } = await make(store);
    store.vaultStore.insertVault(onChainVault(2, { name: 'Later' }));
    for (const [index, row] of lifeOf(2).entries()) {
      if (index === 0) store.journal.open(row, []);
      else store.journal.advance(row);
    }
    expect(valueOf(store.backups.previewRestore(name))).toMatchObject({
      backup: { name, damage: null },
      vaults: 1,
      operations: 1,
      openOperations: 1,
      newestObservationMs: START_MS,
      lostVaults: ['Later'],
      lostOperations: 1,
      returningNotes: 0,
      blockedBy: [],
    });
    store.close();
  });

  it('puts it in the place of the database, which is set aside', async () => {
    const { open, restore, folder, file, clock } = place();
    const store = open();
    const backup = await make(store);
    store.vaultStore.insertVault(onChainVault(1));
    store.close();
    await clock.advance(1_000);
    const { setAside } = valueOf(restore(backup.name));
    expect(setAside).toBe(`${file}.replaced-20261122T083401Z`);
    const aside = new Database(setAside, { readonly: true });
    expect(aside.prepare('SELECT count(*) FROM vaults').pluck().get()).toBe(1);
    aside.close();
    const restored = open();
    expect(restored.notices).toEqual([]);
    expect(restored.vaultStore.loadVaults()).toEqual([]);
    expect(names(folder)).toEqual([backup.name]);
    restored.close();
    expect(names(dirname(file))).toEqual([
      'backups',
      'keel.db',
      'keel.db.replaced-20261122T083401Z',
    ]);
  });

  it('halts every vault that may trade: what stopped one since is not known to a backup (S9)', async () => {
    const { open, restore } = place();
    const store = open();
    store.vaultStore.insertVault(onChainVault(1));
    const { name } = await make(store);
    store.close();
    valueOf(restore(name));
    const restored = open();
    const [vault] = restored.vaultStore.loadVaults();
    const halt = vault === undefined ? null : restored.vaultStore.loadSyncState(vault.id).halt;
    expect(halt?.error).toMatchObject({ code: 'HALTED_BY_TRADER' });
    expect(halt?.error.message).toContain('restored from the backup of 2026-11-22');
    restored.close();
  });

  it('takes the log of a killed process along when it sets a database aside', async () => {
    const { open, restore, file } = place();
    const store = open();
    const backup = await make(store);
    store.vaultStore.insertVault(onChainVault(1));
    for (const name of [file, `${file}-wal`]) copyFileSync(name, `${name}.killed`);
    store.close();
    copyFileSync(`${file}.killed`, file);
    copyFileSync(`${file}-wal.killed`, `${file}-wal`);
    const { setAside } = valueOf(restore(backup.name));
    const aside = new Database(setAside, { readonly: true });
    expect(aside.prepare('SELECT count(*) FROM vaults').pluck().get()).toBe(1);
    aside.close();
    expect(existsSync(`${file}-wal`)).toBe(false);
  });

  it.each(['approved', 'signed', 'submitted', 'unresolved'] as const)(
    'is refused while an operation that it does not know is %s',
    async (state) => {
      const { open, restore, file } = place();
      const store = open();
      const { name } = await make(store);
      const rows = lifeOf(1, WHOLE_LIFE.slice(0, WHOLE_LIFE.indexOf(state) + 1));
      store.journal.open(rows[0], []);
      for (const row of rows.slice(1)) store.journal.advance(row);
      expect(valueOf(store.backups.previewRestore(name)).blockedBy[0]).toContain(operationIdOf(1));
      store.close();
      expect(restore(name)).toMatchObject({ error: { code: 'OPERATION_OPEN' } });
      expect(names(dirname(file)).filter((each) => each.includes('replaced'))).toEqual([]);
      const again = open();
      expect(again.journal.loadOpen()).toEqual([rows.at(-1)]);
      again.close();
    },
  );

  it('never takes back what happened on the chain: open operations follow their later course', async () => {
    const { open, restore } = place();
    const store = open();
    const rows = lifeOf(1);
    store.journal.open(rows[0], ['lock']);
    for (const row of rows.slice(1, 4)) store.journal.advance(row);
    const { name } = await make(store);
    for (const row of rows.slice(4)) store.journal.advance(row);
    store.close();
    valueOf(restore(name));
    const restored = open();
    expect(restored.journal.load(operationIdOf(1))).toEqual(rows.at(-1));
    restored.journal.open(requested(2), ['lock']);
    restored.close();
  });

  it('ends what has no message where today’s course is not known; with a message it goes on', async () => {
    const { open, restore, file } = place();
    const store = open();
    const approved = lifeOf(2, WHOLE_LIFE.slice(0, 4));
    store.journal.open(requested(1), []);
    store.journal.open(approved[0], []);
    for (const row of approved.slice(1)) store.journal.advance(row);
    const { name } = await make(store);
    store.close();
    writeFileSync(file, 'ruined'.repeat(1_000));
    valueOf(restore(name));
    const restored = open();
    expect(restored.journal.load(operationIdOf(1))).toMatchObject({
      state: 'denied',
      error: { code: 'CAPITAL_DENIED' },
    });
    expect(restored.journal.loadOpen()).toEqual([approved.at(-1)]);
    restored.close();
  });

  it('brings an older version to today’s', () => {
    const { open, restore, folder } = place();
    open().close();
    mkdirSync(folder, { recursive: true });
    writeFixture(join(folder, 'keel-20260101T000000Z.db'), 1);
    valueOf(restore('keel-20260101T000000Z.db'));
    const store = open();
    expect(store.vaultStore.loadVaults()).toHaveLength(3);
    store.close();
  });

  it.each<[string, string, (file: string) => void]>([
    ['cut', 'damaged|cannot be read', (file) => truncateSync(file, 20_000)],
    ['empty', 'empty', (file) => truncateSync(file, 0)],
    ['text', 'not a database', (file) => writeFileSync(file, 'text'.repeat(100))],
    ['newer', 'newer Keel', (file) => sql(file, `PRAGMA user_version = ${SCHEMA_VERSION + 1}`)],
    ['foreign', 'not a Keel database', (file) => sql(file, 'PRAGMA application_id = 1')],
  ])('refuses one that is %s, in words', async (_what, words, harm) => {
    const { open, restore, folder, file } = place();
    const store = open();
    store.vaultStore.insertVault(onChainVault(1));
    const { name } = await make(store);
    harm(join(folder, name));
    const [listed] = valueOf(await store.backups.list());
    expect(listed?.damage).toMatch(new RegExp(words));
    expect(store.backups.previewRestore(name)).toMatchObject({
      error: { code: 'BACKUP_UNUSABLE' },
    });
    store.close();
    const before = readFileSync(file);
    expect(restore(name)).toMatchObject({ error: { code: 'BACKUP_UNUSABLE' } });
    expect(readFileSync(file).equals(before)).toBe(true);
  });

  it.each(['../keel.db', 'keel.db', 'nothing', 'keel-20200101T000000Z.db'])(
    'knows no backup %s',
    (name) => {
      const { open, restore } = place();
      open().close();
      expect(restore(name)).toMatchObject({ error: { code: 'BACKUP_UNUSABLE' } });
    },
  );

  it('is refused while another process has the database open', { timeout: 30_000 }, async () => {
    const { open, restore } = place();
    const store = open();
    const { name } = await make(store);
    const refused = restore(name);
    expect(refused).toMatchObject({ error: { code: 'DATABASE_WRITE_FAILED' } });
    expect(refused.ok ? '' : refused.error.message).toContain('another process');
    store.vaultStore.insertVault(onChainVault(1));
    store.close();
  });

  it('leaves the database of a newer Keel alone', async () => {
    const { open, restore, file } = place();
    const store = open();
    const { name } = await make(store);
    store.close();
    sql(file, `PRAGMA user_version = ${SCHEMA_VERSION + 1}`);
    expect(restore(name)).toMatchObject({ error: { code: 'DATABASE_NEWER' } });
  });

  it('is offered where the database is damaged at the start', async () => {
    const { open, file, restore } = place();
    const store = open();
    store.vaultStore.insertVault(onChainVault(1));
    const { name } = await make(store);
    store.close();
    writeFileSync(file, 'ruined'.repeat(1_000));
    const fresh = open();
    expect(fresh.notices[0]).toContain(name);
    expect(valueOf(fresh.backups.previewRestore(name))).toMatchObject({ vaults: 1 });
    fresh.close();
    valueOf(restore(name));
    const restored = open();
    expect(restored.vaultStore.loadVaults()).toHaveLength(1);
    restored.close();
  });
});

function sql(file: string, text: string): void {
  const db = new Database(file);
  db.exec(text);
  db.close();
}
