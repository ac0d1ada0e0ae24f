import Database from 'better-sqlite3';
import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ALL_ACTIVITY, type NewActivity } from '#domain/activity.ts';
import { unixMs } from '#domain/units.ts';
import { pruneActivity } from '#main/store/desk/activity-log.ts';
import { writableDb } from '#main/store/database.ts';
import type { Store } from '#main/store/index.ts';
import { place, valueOf } from '../backup-place.ts';

const entry = (title: string): NewActivity => ({
  ...{ atMs: unixMs(1), kind: 'vault', tone: 'info', actor: 'trader', title, text: '' },
  ...{ vaultId: null, network: null, operationId: null, alertId: null },
});
const feedOf = (store: Store) =>
  store.deskRecords.activity
    .load({ filter: ALL_ACTIVITY, upTo: null, offset: 0, limit: 100 })
    .entries.toReversed()
    .map(({ id, title }) => [id, title]);
const tell = (store: Store, ...titles: string[]) =>
  store.deskRecords.activity.record(titles.map(entry));

it('what happened since the backup stays in the feed, each entry in its place', async () => {
  const { open, restore } = place();
  const store = open();
  tell(store, 'a', 'b');
  const { name } = valueOf(await store.backups.make());
  store.deskRecords.activity.record([{ ...entry('c'), once: 'c' }, entry('d')]);
  const today = feedOf(store);
  store.close();
  valueOf(restore(name));
  const restored = open();
  expect(feedOf(restored)).toEqual(today);
  expect(restored.deskRecords.activity.record([{ ...entry('c again'), once: 'c' }])).toEqual([]);
  const [next] = tell(restored, 'e');
  expect(next!.id).toBeGreaterThan(Number(today.at(-1)![0]));
  restored.close();
  valueOf(restore(name));
  expect(feedOf(open()).map(([, title]) => title)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

it('a feed that was begun anew follows that of the backup', async () => {
  const { open, restore, file } = place();
  const store = open();
  tell(store, 'a', 'b');
  const { name } = valueOf(await store.backups.make());
  store.close();
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const anew = open();
  tell(anew, 'x', 'y', 'z');
  anew.close();
  valueOf(restore(name));
  expect(feedOf(open())).toEqual([
    [1, 'a'],
    [2, 'b'],
    [3, 'x'],
    [4, 'y'],
    [5, 'z'],
  ]);
});

it('the oldest leave beyond the newest ones, slice by slice, and their places stay empty', () => {
  const { open, file } = place();
  const store = open();
  tell(store, ...Array.from({ length: 25 }, (_, index) => `entry ${index + 1}`));
  const connection = new Database(file);
  const db = writableDb(connection);
  expect(pruneActivity(db, 10, 8)).toEqual({ removed: 10, done: false });
  expect(pruneActivity(db, 10, 8)).toEqual({ removed: 7, done: true });
  expect(pruneActivity(db, 10, 8)).toEqual({ removed: 0, done: true });
  connection.close();
  expect(feedOf(store).map(([id]) => id)).toEqual([18, 19, 20, 21, 22, 23, 24, 25]);
  expect(tell(store, 'next')[0]?.id).toBe(26);
});
