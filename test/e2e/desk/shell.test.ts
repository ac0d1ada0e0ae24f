/** The shell of the window in the real app: the rail, the palette, undo, zoom, and a screen that fails alone. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';

const VAULT = 'Funding';
const ONE_HUNDRED = 100_000_000n;

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await desk.ready();
  await desk.health(VAULT, 'fresh', 60_000);
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

const byId = (testId: string) => keel.page.getByTestId(testId);
const press = (key: string) => keel.page.keyboard.press(key);

async function runByName(query: string): Promise<void> {
  await press('Control+k');
  await byId(TEST_IDS.paletteInput).fill(query);
  await byId(TEST_IDS.paletteLine).first().waitFor();
  await press('Enter');
  await byId(TEST_IDS.palette).waitFor({ state: 'detached' });
}

describe('the way through the desk', () => {
  it('begins at the overview, and every screen is one key away', async () => {
    await press('Control+1');
    await byId(TEST_IDS.overview).waitFor();
    const screens = [
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
    }
  });

  it('goes back and forward', async () => {
    await press('Alt+ArrowLeft');
    await byId(TEST_IDS.settings).waitFor();
    await press('Alt+ArrowRight');
    await byId(TEST_IDS.about).waitFor();
  });

  it('opens a vault by its name, and leaves it for the vaults', async () => {
    await runByName(`${VAULT.toLowerCase()}`);
    await byId(TEST_IDS.vaultPage).filter({ hasText: VAULT }).waitFor();
    await press('Escape');
    await byId(TEST_IDS.vaultTable).waitFor();
  });

  it('runs without a style or a script that the content policy refuses', async () => {
    const refused: string[] = [];
    keel.page.on('console', (message) => {
      if (message.text().includes('Content Security Policy')) refused.push(message.text());
    });
    await press('Control+k');
    await byId(TEST_IDS.paletteLine).first().waitFor();
    await press('Escape');
    await press('?');
    await byId(TEST_IDS.keyboardMap).waitFor();
    await press('Escape');
    await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
    expect(refused).toEqual([]);
  });
});

describe('what was done can be taken back', () => {
  const isCalled = (name: string) => desk.row(name).waitFor({ timeout: 15_000 });

  it('a new name, by the toast’s button', async () => {
    await desk.open(VAULT);
    await desk.choose(TEST_IDS.renameVault);
    await byId(TEST_IDS.fieldName).fill('Misnamed');
    await desk.submit();
    await byId(TEST_IDS.toast).getByRole('button', { name: 'Undo' }).click();
    await desk.back();
    await isCalled(VAULT);
  });

  it('a theme, by Ctrl+Z', async () => {
    const theme = () => keel.page.locator('html').getAttribute('data-theme');
    await runByName('light theme');
    await eventually('the light theme', async () => (await theme()) === 'light');
    await press('Control+z');
    await eventually('the theme from before', async () => (await theme()) !== 'light');
  });
});

describe('the zoom', () => {
  it('makes the window larger, says so, and is put back', async () => {
    const wide = () => keel.page.evaluate(() => window.innerWidth);
    const before = await wide();
    await press('Control+=');
    await press('Control+=');
    await byId(TEST_IDS.footerZoom).filter({ hasText: '125 %' }).waitFor();
    await eventually('fewer CSS pixels', async () => (await wide()) < before * 0.85);
    await byId(TEST_IDS.footerZoom).click();
    await eventually('as wide as before', async () => (await wide()) === before);
  });
});

describe('a screen that fails', () => {
  it('fails alone: the engine goes on, everything can be halted, and there is a way back', async () => {
    await runByName('design page');
    await byId(TEST_IDS.designFault).click();
    const failed = byId(TEST_IDS.regionFailed);
    await failed.filter({ hasText: 'This screen failed' }).waitFor();
    expect(await failed.getAttribute('data-where')).toBe('screen design');

    await press('Control+2');
    await byId(TEST_IDS.vaultTable).waitFor();
    const usdc = () => desk.units(VAULT, TEST_IDS.balanceUsdc);
    const before = await usdc();
    const admin = createAdminClient(await desk.practiceRpcUrl());
    await admin.depositAsOther({ subAccountId: 0, token: 'USDC', amount: ONE_HUNDRED });
    // Drift rounds a deposit down to its own units of interest.
    await eventually('the deposit is seen', async () => (await usdc()) > before);

    await press('Alt+ArrowLeft');
    await byId(TEST_IDS.design).waitFor();
    await byId(TEST_IDS.designFault).click();
    await failed.waitFor();
    await press('Control+Shift+H');
    await byId(TEST_IDS.haltAllBanner).waitFor();
    await byId(TEST_IDS.regionHome).click();
    await byId(TEST_IDS.overview).waitFor();

    const log = join(profile.folder, 'logs', 'main.log');
    await eventually('the fault is in the log', async () =>
      /window\.fault where="screen design"/.test(await readFile(log, 'utf8').catch(() => '')),
    );
  });
});
