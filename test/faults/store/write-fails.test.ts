import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { KeelFault } from '#domain/keel-fault.ts';
import { writableDb } from '#main/store/database.ts';
import { openDatabase } from '#main/store/open-database.ts';
import { vaultStoreOn } from '#main/store/vault-store.ts';
import { unixMs } from '#domain/units.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { commitOf, START_MS } from '#test/unit/store/observations.ts';
import { onChainVault } from '#test/support/vaults.ts';
import { testFolder } from '#test/unit/store/open-test-store.ts';

const vault = onChainVault(1);

function storeOnConnection() {
  const file = join(testFolder(), 'keel.db');
  const opened = openDatabase({ file }, unixMs(0));
  if (!opened.ok) throw new Error(opened.error.message);
  const { connection } = opened.value;
  const store = vaultStoreOn(writableDb(connection), new FakeClock());
  store.insertVault(vault);
  return { connection, store, file };
}

const commit = (index: number) =>
  commitOf(vault, { slot: BigInt(index), atMs: START_MS + index, mark: BigInt(index) });

function thrownBy(call: () => void) {
  try {
    call();
    return null;
  } catch (caught) {
    expect(caught).toBeInstanceOf(KeelFault);
    return (caught as KeelFault).keelError;
  }
}

it('keeps the last row and says that the disk is full', () => {
  const { connection, store, file } = storeOnConnection();
  connection.pragma(
    `max_page_count = ${Number(connection.pragma('page_count', { simple: true }))}`,
  );
  let stored = 0;
  let error = null;
  while (error === null && stored < 10_000) {
    error = thrownBy(() => store.commitSyncs([commit(stored + 1)]));
    if (error === null) stored += 1;
  }
  expect(error).toMatchObject({
    code: 'DATABASE_WRITE_FAILED',
    remedy: 'operator',
    details: { sqlite: 'SQLITE_FULL' },
  });
  expect(error?.message).toContain('the disk is full');
  expect(stored).toBeGreaterThan(0);
  expect(store.loadSyncState(vault.id)).toEqual(commit(stored).state);
  expect(store.loadSyncRuns(vault.id, 1)).toEqual([commit(stored).run]);

  connection.pragma('max_page_count = 1000000');
  store.commitSyncs([commit(stored + 1)]);
  expect(store.loadSyncState(vault.id)).toEqual(commit(stored + 1).state);
  expect(connection.pragma('integrity_check', { simple: true })).toBe('ok');
  connection.close();
  expect(new Database(file, { readonly: true }).prepare('SELECT 1').get()).toBeDefined();
});

it('keeps the last row and says that the file is read-only', () => {
  const { connection, store } = storeOnConnection();
  store.commitSyncs([commit(1)]);
  connection.pragma('query_only = ON');
  const error = thrownBy(() => store.commitSyncs([commit(2)]));
  expect(error?.code).toBe('DATABASE_WRITE_FAILED');
  expect(error?.message).toContain('read-only');
  expect(store.loadSyncState(vault.id)).toEqual(commit(1).state);
  connection.close();
});
