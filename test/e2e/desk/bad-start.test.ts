/** Section 8: what a trader reads when a file of the profile is damaged, or newer than this Keel. */
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createDefaultProfile, type ShellProfile } from '#test/support/shell-profile.ts';

let profile: ShellProfile;
let keel: LaunchedKeel | undefined;

beforeEach(async () => {
  profile = await createDefaultProfile();
});

afterEach(async () => {
  await keel?.close();
  keel = undefined;
  await profile.remove();
});

async function start(): Promise<DeskDriver> {
  keel = await launchKeel({ userDataDir: profile.folder });
  return driveDesk(keel.page);
}

const settingsFile = () => join(profile.folder, 'settings.json');
const databaseFile = () => join(profile.folder, 'database', 'keel.db');

/** Files beside the given one whose names go on with `mark`. */
async function setAside(file: string, mark: string): Promise<string[]> {
  const names = await readdir(dirname(file));
  return names
    .map((name) => join(dirname(file), name))
    .filter((path) => path.startsWith(`${file}.${mark}-`));
}

describe('a settings file that is damaged', () => {
  it('is set aside whole, the defaults serve, and the desk says so until it is dismissed', async () => {
    const damaged = '{"theme": "dark", "sync": {"heartbeatMs": 2';
    await writeFile(settingsFile(), damaged);
    const desk = await start();
    await desk.ready();

    const notice = desk.page.getByRole('status').filter({ hasText: 'settings file' });
    expect(await notice.innerText()).toMatch(
      /The settings file could not be read\. It was set aside as .*settings\.json\.corrupt-\S+; the defaults are used\./,
    );
    const [aside, ...more] = await setAside(settingsFile(), 'corrupt');
    expect(more).toEqual([]);
    expect(await readFile(aside ?? '', 'utf8')).toBe(damaged);
    await desk.health('Funding', 'fresh');
    await notice.getByRole('button', { name: 'Dismiss' }).click();
    await notice.waitFor({ state: 'detached' });
  });

  it('keeps its good values when one is out of bounds, and names field, value and range', async () => {
    const kept = { theme: 'light', sync: { heartbeatMs: 3_000, maxRetries: 99 } };
    await writeFile(settingsFile(), JSON.stringify(kept));
    const desk = await start();
    await desk.ready();

    const notice = desk.page.getByRole('status').filter({ hasText: 'maxRetries' });
    expect(await notice.innerText()).toMatch(/99/);
    expect(await desk.page.locator('html').getAttribute('data-theme')).toBe('light');
    const [copy] = await setAside(settingsFile(), 'refused');
    expect(JSON.parse(await readFile(copy ?? '', 'utf8'))).toEqual(kept);
    expect(JSON.parse(await readFile(settingsFile(), 'utf8'))).toMatchObject({
      theme: 'light',
      sync: { heartbeatMs: 3_000, maxRetries: 3 },
    });
  });
});

describe('a database that is damaged', () => {
  it('is set aside whole, a new one is begun, and the desk says where the old one is', async () => {
    const damaged = Buffer.from('these bytes were a database once, and are none now\n'.repeat(200));
    await mkdir(dirname(databaseFile()), { recursive: true });
    await writeFile(databaseFile(), damaged);
    const desk = await start();
    await desk.ready();

    const notice = desk.page.getByRole('status').filter({ hasText: 'database' });
    expect(await notice.innerText()).toMatch(
      /The database was damaged \(it is not a database\)\. It was set aside as .*keel\.db\.corrupt-\S+ and a new one was begun; nothing was deleted\./,
    );
    const [aside, ...more] = await setAside(databaseFile(), 'corrupt');
    expect(more).toEqual([]);
    expect((await readFile(aside ?? '')).equals(damaged)).toBe(true);
    await desk.health('Funding', 'fresh');
  });
});

describe('a database of a newer Keel', () => {
  it('is refused in words and not touched', async () => {
    await mkdir(dirname(databaseFile()), { recursive: true });
    const newer = new Database(databaseFile());
    newer.pragma(`application_id = ${0x4b45454c}`);
    newer.pragma('user_version = 99');
    newer.exec('CREATE TABLE from_the_future (what TEXT) STRICT');
    newer.close();
    const before = await readFile(databaseFile());

    const desk = await start();
    const refusal = desk.page.getByTestId(TEST_IDS.deskFailed);
    await refusal.waitFor({ timeout: 60_000 });
    expect(await refusal.innerText()).toContain(
      'The database has version 99; this Keel knows up to',
    );
    expect(await refusal.innerText()).toContain('Start the newer Keel that wrote it.');
    expect(await refusal.innerText()).toContain('DATABASE_NEWER');
    await refusal.getByRole('button', { name: 'Try again' }).click();
    await refusal.filter({ hasText: 'DATABASE_NEWER' }).waitFor();
    await keel?.close();
    keel = undefined;
    expect(await readdir(dirname(databaseFile()))).toEqual(['keel.db']);
    expect((await readFile(databaseFile())).equals(before)).toBe(true);
  });
});
