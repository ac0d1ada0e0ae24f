import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore, type Store } from '#main/store/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { paperVault } from '#test/support/vaults.ts';
import { testFolder } from '#test/unit/store/open-test-store.ts';
import { lifeOf } from '#test/unit/store/operations.ts';
import { recordChild, UNRECORDABLE } from './record-child.ts';
import { RecordedDisk, seededRandom, type Loss } from './recorded-disk.ts';

const [KEPT, LATER] = [paperVault(1), paperVault(2)] as const;

function openAt(file: string): Store {
  const opened = openStore({ file, clock: new FakeClock(), logger: silentLogger });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  return opened.value;
}

/** A database with one vault in its backup and two today, the second in the log of a killed process. */
async function databaseToReplace(folder: string): Promise<string> {
  const file = join(folder, 'keel.db');
  const store = openAt(file);
  store.vaultStore.insertVault(KEPT);
  const [first, ...others] = lifeOf(1);
  store.journal.open(first, []);
  const made = await store.backups.make();
  if (!made.ok) throw new Error(made.error.message);
  for (const row of others) store.journal.advance(row);
  store.vaultStore.insertVault(LATER);
  for (const name of ['', '-wal']) copyFileSync(file + name, `${file}${name}.killed`);
  store.close();
  for (const name of ['', '-wal']) {
    copyFileSync(`${file}${name}.killed`, file + name);
    rmSync(`${file}${name}.killed`);
  }
  return made.value.name;
}

/** `old` or `new`: which database is there, whole. Throws for anything else. */
function whichAt(folder: string, backup: string): 'old' | 'new' {
  const store = openAt(join(folder, 'keel.db'));
  try {
    expect(store.notices).toEqual([]);
    expect(store.integrityCheck()).toEqual({ ok: true, value: null });
    expect(store.journal.loadPage(null, 9, null)).toEqual([lifeOf(1).at(-1)]);
    expect(existsSync(join(folder, 'backups', backup))).toBe(true);
    const vaults = store.vaultStore.loadVaults().map(({ id }) => id);
    expect([[KEPT.id], [KEPT.id, LATER.id]]).toContainEqual(vaults);
    return vaults.length === 2 ? 'old' : 'new';
  } finally {
    store.close();
  }
}

/** What was in use is under its stamped name as soon as the new one is there. */
function expectSetAside(folder: string): void {
  const [aside] = readdirSync(folder).filter((name) => name.includes('.replaced-'));
  const store = openAt(join(folder, aside ?? 'nothing'));
  expect(store.vaultStore.loadVaults()).toHaveLength(2);
  store.close();
}

describe.skipIf(UNRECORDABLE !== null)(
  `a restore that is ended at any step${UNRECORDABLE === null ? '' : ` (not here: ${UNRECORDABLE})`}`,
  () => {
    it.each<[Loss, number]>([
      ['killed', 1],
      ['cut', 1],
      ['torn', 1],
      ['torn', 2],
    ])('leaves the old database or the new one, whole: %s, seed %i', async (loss, seed) => {
      const root = testFolder();
      const [folder, image] = [join(root, 'disk'), join(root, 'image')];
      const backup = await databaseToReplace(folder);
      const disk = new RecordedDisk(folder);
      const args = [join(folder, 'keel.db'), backup];
      const records = recordChild('restore-target.ts', folder, join(root, 'record'), args);
      const random = seededRandom(seed);
      const seen: string[] = [];
      for (const record of records) {
        disk.apply(record);
        rmSync(image, { recursive: true, force: true });
        mkdirSync(image);
        disk.save(image, loss, random);
        const which = whichAt(image, backup);
        if (which === 'new') expectSetAside(image);
        if (seen.at(-1) !== which) seen.push(which);
      }
      expect(disk.missedIn(folder)).toEqual([]);
      expect(seen.filter((each, index) => index === 0 || each !== 'old')).toEqual(['old', 'new']);
      expect(records.length).toBeGreaterThan(30);
    });
  },
);
