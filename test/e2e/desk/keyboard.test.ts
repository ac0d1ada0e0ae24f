/** V6 and D5: every act of keeping vaults in order, without a pointer. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';

/** No way through the desk is longer than this. */
const MOST_KEYS = 90;
const PAPER = 'Funding on paper';
const RENAMED = 'Dry run';
const FIRST = 'Funding';

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await desk.ready();
  await desk.health(FIRST, 'fresh', 60_000);
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

const press = (key: string) => keel.page.keyboard.press(key);
const type = (text: string) => keel.page.keyboard.type(text);
const byId = (testId: string) => keel.page.getByTestId(testId);

const focused = () =>
  keel.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid'] ?? '');

/** Presses a key until what is wanted has the focus. */
async function reach(testId: string, key: string): Promise<void> {
  for (let presses = 0; presses < MOST_KEYS; presses += 1) {
    if ((await focused()).startsWith(testId)) return;
    await press(key);
  }
  throw new Error(`${testId} cannot be reached with ${key}`);
}

/** From the table to a vault's page. */
async function openByKeys(name: string): Promise<void> {
  const row = (await desk.row(name).getAttribute('data-testid')) ?? '';
  await reach('vault-row-', 'Tab');
  await press('Home');
  await eventually('a row has the focus', async () => (await focused()).startsWith('vault-row-'));
  await reach(row, 'ArrowDown');
  await press('Enter');
  await byId(TEST_IDS.vaultPage).filter({ hasText: name }).waitFor();
}

async function choose(entry: string): Promise<void> {
  await reach(TEST_IDS.vaultMenu, 'Tab');
  await press('Enter');
  await byId(TEST_IDS.renameVault).waitFor();
  await reach(entry, 'ArrowDown');
  await press('Enter');
  await byId(TEST_IDS.renameVault).waitFor({ state: 'detached' });
}

async function submit(): Promise<void> {
  await reach(TEST_IDS.dialogSubmit, 'Tab');
  await press('Enter');
  await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
}

async function backByKeys(): Promise<void> {
  await press('Escape');
  await byId(TEST_IDS.vaultTable).waitFor();
}

const names = () =>
  keel.page
    .locator(`[data-testid^="vault-row-"] [data-testid="${TEST_IDS.vaultName}"]`)
    .allInnerTexts();
const namesAre = (...wanted: readonly string[]) =>
  eventually(
    `the table shows ${wanted.join(', ')}`,
    async () => JSON.stringify(await names()) === JSON.stringify(wanted),
  );

describe('by keyboard alone', () => {
  it('a vault is renamed', async () => {
    await namesAre(FIRST, PAPER);
    await openByKeys(PAPER);
    await choose(TEST_IDS.renameVault);
    await byId(TEST_IDS.dialog).waitFor();
    await reach(TEST_IDS.fieldName, 'Tab');
    await press('Control+a');
    await type(RENAMED);
    await press('Enter');
    await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
    await backByKeys();
    await namesAre(FIRST, RENAMED);
  });

  it('moves up among those of its engine, and down again', async () => {
    await openByKeys(RENAMED);
    await choose(TEST_IDS.moveVaultUp);
    await backByKeys();
    await namesAre(RENAMED, FIRST);
    await openByKeys(RENAMED);
    await choose(TEST_IDS.moveVaultDown);
    await backByKeys();
    await namesAre(FIRST, RENAMED);
  });

  it('powers its engine', async () => {
    const active = (name: string) => desk.row(name).getByTestId(TEST_IDS.activeBadge).count();
    expect([await active(FIRST), await active(RENAMED)]).toEqual([1, 0]);
    await openByKeys(RENAMED);
    await choose(TEST_IDS.activateVault);
    await backByKeys();
    await eventually('the badge has moved', async () => (await active(RENAMED)) === 1);
    expect(await active(FIRST)).toBe(0);
  });

  it('goes to the archive, and is taken back into use', async () => {
    await openByKeys(FIRST);
    await choose(TEST_IDS.archiveVault);
    await byId(TEST_IDS.dialog).waitFor();
    await submit();
    await backByKeys();
    await namesAre(RENAMED);

    await press('/');
    await press('Shift+Tab');
    await eventually('the archive is shown', async () => {
      await press('ArrowRight');
      return (await names()).includes(FIRST);
    });
    await namesAre(FIRST);
    await openByKeys(FIRST);
    await choose(TEST_IDS.archiveVault);
    await byId(TEST_IDS.dialog).waitFor();
    await submit();
    await backByKeys();
    await namesAre(FIRST, RENAMED);
    await desk.health(FIRST, 'fresh');
  });
});
