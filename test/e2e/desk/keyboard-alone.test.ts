/** D5: a trader without a pointer. Nothing here clicks; after every act the focus stands somewhere, and can be seen. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { readCsvRows } from '#test/support/csv-rows.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { lostFocus } from '#test/support/page-checks.ts';
import { runCommand } from '#test/support/palette-driver.ts';
import { createShellProfile, type ShellProfile } from '#test/support/shell-profile.ts';

/** No way through the desk is longer than this. */
const MOST_KEYS = 120;
const ON_CHAIN = 'Funding';
const PAPER = 'Funding on paper';

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await byId(TEST_IDS.overview).waitFor({ timeout: 60_000 });
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

const byId = (testId: string) => keel.page.getByTestId(testId);
const type = (text: string) => keel.page.keyboard.type(text);

/** Presses a key; the focus must stand somewhere after it, once what it began has been drawn. */
async function press(key: string): Promise<void> {
  await keel.page.keyboard.press(key);
  await expect.poll(() => lostFocus(keel.page), { message: `after ${key}` }).toBeNull();
}

const focused = () =>
  keel.page.evaluate(() => (document.activeElement as HTMLElement | null)?.dataset['testid'] ?? '');
const focusedText = () => keel.page.evaluate(() => document.activeElement?.textContent ?? '');

/** Presses a key until `isThere`. */
async function until(key: string, what: string, isThere: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; presses < MOST_KEYS; presses += 1) {
    if (await isThere()) return;
    await keel.page.keyboard.press(key);
  }
  throw new Error(`${what} cannot be reached with ${key}`);
}

async function tabTo(testId: string, key = 'Tab'): Promise<void> {
  await until(key, testId, async () => (await focused()).startsWith(testId));
  expect(await lostFocus(keel.page), testId).toBeNull();
}

const tabToText = (text: string, key = 'Tab') =>
  until(key, `“${text}”`, async () => (await focusedText()).trim().startsWith(text));

const names = () =>
  keel.page.locator(`.dt-body [data-testid="${TEST_IDS.vaultName}"]`).allInnerTexts();

/** A dialog gives the focus back to what opened it. */
async function opensAndCloses(open: string, shown: string): Promise<void> {
  const before = await keel.page.evaluateHandle(() => document.activeElement);
  await press(open);
  await byId(shown).waitFor();
  expect(
    await keel.page.evaluate(
      (id) => document.activeElement?.closest(`[data-testid="${id}"], [role="dialog"]`) !== null,
      shown,
    ),
  ).toBe(true);
  await press('Escape');
  await byId(shown).waitFor({ state: 'detached' });
  await expect
    .poll(() => keel.page.evaluate((element) => element === document.activeElement, before))
    .toBe(true);
}

describe('without a pointer', () => {
  it('goes through all screens', async () => {
    const screens = [
      ['Control+1', TEST_IDS.overview],
      ['Control+2', TEST_IDS.vaultTable],
      ['Control+3', TEST_IDS.operations],
      ['Control+4', TEST_IDS.activity],
      ['Control+5', TEST_IDS.inbox],
      ['Control+6', TEST_IDS.keys],
      ['Control+,', TEST_IDS.settings],
      ['Control+8', TEST_IDS.about],
    ] as const;
    for (const [keys, testId] of screens) {
      await press(keys);
      await byId(testId).first().waitFor();
      await press('Tab');
    }
    await press('Alt+ArrowLeft');
    await byId(TEST_IDS.settings).waitFor();
    await press('Alt+ArrowRight');
    await byId(TEST_IDS.about).waitFor();
  });

  it('comes round with Tab, and is held nowhere', async () => {
    await press('Control+2');
    await byId(TEST_IDS.vaultTable).waitFor();
    await tabTo(TEST_IDS.openPractice);
    await until('Tab', 'the table', async () => (await focused()).startsWith('vault-row-'));
    await tabTo(TEST_IDS.openPractice);
  });

  it('opens dialogs that give the focus back', async () => {
    await press('Control+2');
    await desk.health(ON_CHAIN, 'fresh', 60_000);
    await tabTo('vault-row-');
    await opensAndCloses('Control+k', TEST_IDS.palette);
    await opensAndCloses('?', TEST_IDS.keyboardMap);
    await opensAndCloses('Control+n', TEST_IDS.dialog);
  });

  it('filters and sorts the table, and acts on several rows at once', async () => {
    await press('/');
    expect(await focused()).toBe(TEST_IDS.vaultFilter);
    await type('paper');
    await expect.poll(names).toEqual([PAPER]);
    await press('Escape');
    await expect.poll(async () => (await names()).length).toBe(2);

    await until('Tab', 'the heading Vault', () =>
      keel.page.evaluate(() => document.activeElement?.getAttribute('data-column') !== null),
    );
    await press('Enter');
    await press('Enter');
    await keel.page.locator('[aria-sort="descending"]').waitFor();
    await expect.poll(names).toEqual([PAPER, ON_CHAIN]);

    await tabTo('vault-row-');
    await press('Home');
    await press('Space');
    await press('Shift+ArrowDown');
    await byId(TEST_IDS.selectionBar).filter({ hasText: '2 chosen' }).waitFor();
    await tabTo(TEST_IDS.bulkSync);
    await press('Enter');
    await byId(TEST_IDS.toast).filter({ hasText: '2 vaults verified' }).waitFor();
    await tabTo('vault-row-', 'Shift+Tab');
    await press('Escape');
    await byId(TEST_IDS.selectionBar).waitFor({ state: 'detached' });
  });

  it('deposits into the paper vault', async () => {
    await press('Control+2');
    const before = await desk.units(PAPER, TEST_IDS.balanceUsdc);
    const row = (await desk.row(PAPER).getAttribute('data-testid')) ?? '';
    await tabTo('vault-row-');
    await press('Home');
    await tabTo(row, 'ArrowDown');
    await press('Enter');
    await byId(TEST_IDS.vaultPage).filter({ hasText: PAPER }).waitFor();
    await press('d');
    await byId(TEST_IDS.capitalForm).waitFor();
    await tabTo(TEST_IDS.fieldAmount);
    await type('25');
    await press('Enter');
    await byId(TEST_IDS.operation).waitFor();
    await keel.page
      .locator(`[data-testid="${TEST_IDS.operation}"][data-state="verified"]`)
      .waitFor({ timeout: 60_000 });
    await press('Escape');
    await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
    expect(await lostFocus(keel.page)).toBeNull();
    await press('Escape');
    await byId(TEST_IDS.vaultTable).waitFor();
    await expect.poll(() => desk.units(PAPER, TEST_IDS.balanceUsdc)).toBe(before + 25_000_000n);
    await expect.poll(focused).toBe(row);
  });

  it('writes a note, changes it, removes it, and has it back', async () => {
    const notes = byId(TEST_IDS.noteRow);
    await runCommand(keel.page, PAPER, /^vault\..*\.open$/);
    await byId(TEST_IDS.vaultPage).waitFor();
    await tabTo(TEST_IDS.noteText);
    await type('Wait for the funding to turn');
    await press('Control+Enter');
    await notes.filter({ hasText: 'Wait for the funding to turn' }).waitFor();
    await tabTo(TEST_IDS.noteEdit);
    await press('Enter');
    await expect.poll(focused).toBe(TEST_IDS.noteText);
    await keel.page.keyboard.press('Control+a');
    await type('It has turned');
    await press('Control+Enter');
    await notes.filter({ hasText: 'It has turned' }).waitFor();
    await expect.poll(focused).toBe(TEST_IDS.noteEdit);
    await tabTo(TEST_IDS.noteRemove);
    await press('Enter');
    await notes.waitFor({ state: 'detached' });
    expect(await lostFocus(keel.page)).toBeNull();
    await press('Control+z');
    await notes.filter({ hasText: 'It has turned' }).waitFor();
  });

  it('changes a setting, and takes it back', async () => {
    const density = () => keel.page.locator('html').getAttribute('data-density');
    await runCommand(keel.page, 'settings: appearance', 'settings.appearance');
    await byId(TEST_IDS.settings).waitFor();
    await until('Tab', 'the density', () =>
      keel.page.evaluate(() => document.activeElement?.textContent === 'Comfortable'),
    );
    await press('ArrowRight');
    await expect.poll(density).toBe('compact');
    await press('Control+z');
    await expect.poll(density).toBe('comfortable');
  });

  it('halts everything, acknowledges the alert, and lifts the halt', async () => {
    await press('Control+Shift+H');
    await byId(TEST_IDS.haltAllBanner).waitFor();
    await press('Control+5');
    const open = byId(TEST_IDS.alertRow).and(keel.page.locator('[data-acknowledged="false"]'));
    await open.first().waitFor();
    const before = await open.count();
    await tabTo(TEST_IDS.alertRow);
    await press('Home');
    await until('ArrowDown', 'an alert that nobody has seen', () =>
      keel.page.evaluate(
        () => (document.activeElement as HTMLElement).dataset['acknowledged'] === 'false',
      ),
    );
    await press('a');
    await expect.poll(() => open.count()).toBeLessThan(before);

    await runCommand(keel.page, 'lift the halt', 'safety.lift');
    await tabTo(TEST_IDS.confirmLiftHaltAll);
    await keel.page.keyboard.press('Enter');
    await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
    await byId(TEST_IDS.haltAllBanner).waitFor({ state: 'detached' });
    await expect.poll(() => lostFocus(keel.page)).toBeNull();
  });

  it('exports the operations to a file', async () => {
    const file = join(profile.folder, 'operations.csv');
    await keel.app.evaluate(({ dialog }, filePath) => {
      dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath })) as never;
    }, file);
    await press('Control+3');
    await byId(TEST_IDS.operationRow).first().waitFor();
    await tabToText('Export');
    await press('Enter');
    await byId(TEST_IDS.dialog).waitFor();
    await tabTo(TEST_IDS.dialogSubmit);
    await keel.page.keyboard.press('Enter');
    await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
    await keel.page
      .locator(`[data-testid="${TEST_IDS.exportProgress}"][data-state="done"]`)
      .waitFor();
    await expect.poll(() => lostFocus(keel.page)).toBeNull();
    expect(existsSync(file)).toBe(true);
    const rows = readCsvRows(readFileSync(file, 'utf8'));
    expect(rows.map(({ kind, vault_name: vault, amount }) => ({ kind, vault, amount }))).toEqual([
      { kind: 'deposit', vault: PAPER, amount: '25.000000' },
    ]);
    await tabToText('Show in folder');
  });
});
