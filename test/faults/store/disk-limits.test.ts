import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore, type Store } from '#main/store/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { paperVault } from '#test/support/vaults.ts';
import { testFolder } from '#test/unit/store/open-test-store.ts';
import { lifeOf } from '#test/unit/store/operations.ts';
import { runOnDisk, UNRECORDABLE, type DiskLimits } from './record-child.ts';

const SCRIPT = 'disk-limits-target.ts';
const NAME = 'keel-20270115T080000Z.db';

function openAt(file: string): Store {
  const opened = openStore({ file, clock: new FakeClock(), logger: silentLogger });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  return opened.value;
}

/** A database with a backup of a vault, and a second vault since. */
async function diskWithBackup() {
  const root = testFolder();
  const folder = join(root, 'disk');
  mkdirSync(folder);
  const file = join(folder, 'keel.db');
  const store = openAt(file);
  store.vaultStore.insertVault(paperVault(1));
  expect(await store.backups.make()).toMatchObject({ ok: true, value: { name: NAME } });
  store.vaultStore.insertVault(paperVault(2));
  store.close();
  const run = (act: string, limits: DiskLimits): string =>
    runOnDisk(SCRIPT, folder, join(root, 'record'), [act, file, NAME], limits);
  return { folder, file, run };
}

function vaultsAt(file: string): number {
  const store = openAt(file);
  try {
    expect(store.notices).toEqual([]);
    expect(store.integrityCheck()).toEqual({ ok: true, value: null });
    return store.vaultStore.loadVaults().length;
  } finally {
    store.close();
  }
}

const REASON = UNRECORDABLE === null ? '' : ` (not here: ${UNRECORDABLE})`;

describe.skipIf(UNRECORDABLE !== null)(`a full disk${REASON}`, () => {
  it.each([30_000, 100_000, 131_072])('makes no backup: %i bytes', async (freeBytes) => {
    const { folder, file, run } = await diskWithBackup();
    const before = readFileSync(join(folder, 'backups', NAME));
    const said = run('backup', { freeBytes });
    expect(said).toMatch(
      /^DATABASE_WRITE_FAILED: The backup could not be written .* the disk is full/,
    );
    expect(readdirSync(join(folder, 'backups'))).toEqual([NAME]);
    expect(readFileSync(join(folder, 'backups', NAME)).equals(before)).toBe(true);
    expect(vaultsAt(file)).toBe(2);
  });

  it.each([10_000, 200_000, 250_000])('restores nothing: %i bytes', async (freeBytes) => {
    const { file, run } = await diskWithBackup();
    const said = run('restore', { freeBytes });
    expect(said).toMatch(/^DATABASE_WRITE_FAILED: .* the disk is full/);
    expect(vaultsAt(file)).toBe(2);
    expect(run('restore', {})).toBe('ok\n');
    expect(vaultsAt(file)).toBe(1);
  });

  it.each([60_000, 90_000, 200_000])(
    'ends the journal at a commit: %i bytes',
    async (freeBytes) => {
      const { file, run } = await diskWithBackup();
      const lines = run('journal', { freeBytes }).trimEnd().split('\n');
      expect(lines.at(-1)).toMatch(/^DATABASE_WRITE_FAILED: .* the disk is full/);
      const [operation = 0, transitions = 0] = (lines.at(-2) ?? '').split(' ').map(Number);
      expect(operation).toBeGreaterThan(0);
      const store = openAt(file);
      expect(store.integrityCheck()).toEqual({ ok: true, value: null });
      const [newest] = store.journal.loadPage(null, 1, null);
      expect(newest).toEqual(lifeOf(operation)[transitions - 1]);
      store.close();
    },
  );
});

describe.skipIf(UNRECORDABLE !== null)(`a read-only folder${REASON}`, () => {
  it('makes no backup, and says so', async () => {
    const { folder, file, run } = await diskWithBackup();
    const said = run('backup', { readOnly: 'backups/' });
    expect(said).toMatch(/^DATABASE_WRITE_FAILED: .* the folder cannot be written/);
    expect(readdirSync(join(folder, 'backups'))).toEqual([NAME]);
    expect(vaultsAt(file)).toBe(2);
  });

  it('restores nothing, and says so', async () => {
    const { file, run } = await diskWithBackup();
    const said = run('restore', { readOnly: 'keel.db.restoring' });
    expect(said).toMatch(/^DATABASE_WRITE_FAILED: .* the folder cannot be written/);
    expect(vaultsAt(file)).toBe(2);
  });

  it('opens no database that cannot be written', async () => {
    const { file, run } = await diskWithBackup();
    expect(run('backup', { readOnly: 'keel.db' })).toMatch(/^DATABASE_(WRITE_FAILED|UNAVAILABLE)/);
    expect(vaultsAt(file)).toBe(2);
  });
});
