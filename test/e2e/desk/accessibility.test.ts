/** D5: WCAG AA as axe sees it in the real window, in both themes, and the whole way by keyboard alone. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import type { Theme } from '#domain/settings.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveCapital, type CapitalDriver } from '#test/support/capital-driver.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { dialogStops, screenStops, type DeskStop } from '#test/support/desk-stops.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { axeFindings, bringAxe } from '#test/support/page-checks.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';
import { driveSigner, type SignerDriver } from '#test/support/signer-driver.ts';
import { vaultDatabase } from '#test/support/vault-database.ts';

const THEMES = ['dark', 'light'] as const satisfies readonly Theme[];
/** Some forty screens and dialogs, on a machine that has other things to do. */
const WALK_MS = 400_000;
/** No way through the desk is longer than this. */
const MOST_TABS = 90;

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let admin: PracticeAdmin;
let capital: CapitalDriver;
let signer: SignerDriver;

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  capital = driveCapital(desk);
  signer = driveSigner(keel.app, desk);
  await desk.ready();
  await desk.health('Funding', 'fresh');
  admin = createAdminClient(await desk.practiceRpcUrl());
  await bringAxe(keel.page);
});

afterAll(async () => {
  await admin?.setFaults({}).catch(() => undefined);
  await keel?.close();
  await profile?.remove();
});

const byId = (testId: string) => keel.page.getByTestId(testId);

async function setTheme(theme: Theme): Promise<void> {
  const loaded = (await desk.invoke('desk.load', {})) as { value: { settings: object } };
  await desk.invoke('settings.update', { ...loaded.value.settings, theme });
  await keel.page.locator(`html[data-theme="${theme}"]`).waitFor({ state: 'attached' });
}

const violations = (page: Page = keel.page): Promise<string[]> => axeFindings(page);

const leaveDialog = async (): Promise<void> => {
  await keel.page.keyboard.press('Escape');
  await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
};

const dialogOnPage = (vault: string, entry: string): Omit<DeskStop, 'name'> => ({
  open: async () => {
    await desk.open(vault);
    await desk.choose(entry);
    await byId(TEST_IDS.dialog).waitFor();
  },
  leave: async () => {
    await leaveDialog();
    await desk.back();
  },
});

const NAMES = { onChain: 'Funding', paper: 'Funding on paper' };

/** What the walks through the desk leave out. */
const FURTHER_SCREENS: readonly DeskStop[] = [
  {
    name: 'adding an on-chain vault, refused',
    open: async () => {
      await byId(TEST_IDS.addVault).click();
      await byId(TEST_IDS.createTypeOnChain).click();
      await byId(TEST_IDS.dialogSubmit).click();
      await byId(TEST_IDS.dialog).filter({ hasText: 'Not a public key' }).waitFor();
    },
    leave: leaveDialog,
  },
  {
    name: 'the endpoints',
    open: async () => {
      await byId(TEST_IDS.footer)
        .getByRole('button', { name: /Practice/ })
        .click();
      await byId(TEST_IDS.nodesPanel).waitFor();
    },
    leave: async () => {
      await keel.page.keyboard.press('Escape');
      await byId(TEST_IDS.nodesPanel).waitFor({ state: 'detached' });
    },
  },
  { name: 'seeding', ...dialogOnPage('Funding on paper', TEST_IDS.paperSeed) },
  { name: 'resetting', ...dialogOnPage('Funding on paper', TEST_IDS.paperReset) },
];

async function check(screens: readonly DeskStop[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { name, open, leave } of screens) {
    await open();
    const here = await violations();
    if (here.length > 0) found[name] = here;
    await leave();
  }
  return found;
}

describe.each(THEMES)('in the %s theme', (theme) => {
  it('no screen of a calm desk violates WCAG AA', { timeout: WALK_MS }, async () => {
    await setTheme(theme);
    const { page } = keel;
    expect(await check([...screenStops(page, NAMES), ...dialogStops(page, NAMES)])).toEqual({});
    await desk.toVaults();
    expect(await check(FURTHER_SCREENS)).toEqual({});
  });
});

/** Where figures of the vault that is in trouble stand; the table last, for what begins there. */
function screensOfVaults(): readonly DeskStop[] {
  const stops = screenStops(keel.page, NAMES);
  return ['overview', `vault: ${NAMES.onChain}`, 'vaults'].flatMap((name) =>
    stops.filter((stop) => stop.name === name),
  );
}

/** The signer's window as it stands, in both themes. */
async function signerViolations(page: Page): Promise<Record<string, string[]>> {
  await bringAxe(page);
  const found: Record<string, string[]> = {};
  for (const theme of THEMES) {
    await page.emulateMedia({ colorScheme: theme });
    const here = await violations(page);
    if (here.length > 0) found[theme] = here;
  }
  return found;
}

async function deskViolations(): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const theme of THEMES) {
    await setTheme(theme);
    const here = await violations();
    if (here.length > 0) found[theme] = here;
  }
  return found;
}

describe('with a key, and money on its way', () => {
  const PASSPHRASE = 'ripple cactus velvet anchor';

  it('the signer’s window violates nothing while it asks for passphrases', async () => {
    await signer.open({ kind: 'import-practice-key' });
    expect(await signerViolations(await signer.window('choose-passphrase'))).toEqual({});
    await signer.importPracticeKey(PASSPHRASE);
    await capital.pressLock();
    await capital.lockStatus('locked');
    await signer.unlockWrongly('not the passphrase');
    expect(await signerViolations(await signer.window('unlock'))).toEqual({});
    await signer.unlock(PASSPHRASE);
    await capital.lockStatus('unlocked');
  });

  it('neither does the form, the stepper, the confirmation, nor the list', async () => {
    const found: Record<string, unknown> = {};
    await byId(TEST_IDS.navKeys).click();
    found['keys'] = await deskViolations();
    await capital.refusals('withdraw', { vault: 'Funding', amount: '99,999,999' });
    found['refused'] = await deskViolations();
    await leaveDialog();
    await capital.deposit({ vault: 'Funding', token: 'USDC', amount: '1,000' });
    const confirm = await signer.window('confirm');
    found['waiting'] = await deskViolations();
    found['confirm'] = await signerViolations(confirm);
    await signer.confirmTyped('1000');
    await capital.reaches('verified', 60_000);
    found['verified'] = await deskViolations();
    await capital.closeDialog();
    await capital.operations();
    found['operations'] = await deskViolations();
    expect(found).toEqual({
      keys: {},
      refused: {},
      waiting: {},
      confirm: {},
      verified: {},
      operations: {},
    });
  });

  it('nor the settings of money, the backups and the preview of a restore', async () => {
    const section = (name: string) =>
      byId(TEST_IDS.settingsSections).getByRole('tab', { name }).click();
    await byId(TEST_IDS.openSettings).click();
    await section('Capital');
    expect(await deskViolations()).toEqual({});
    await section('Data');
    await byId(TEST_IDS.backupNow).click();
    await byId(TEST_IDS.backupRow).first().waitFor();
    expect(await deskViolations()).toEqual({});
    await byId(TEST_IDS.backupRestore).first().click();
    await byId(TEST_IDS.restoreConfirm).waitFor();
    expect(await deskViolations()).toEqual({});
    await leaveDialog();
    await byId(TEST_IDS.settings).waitFor();
    await desk.toVaults();
  });
});

describe('in trouble', () => {
  it('neither the desk nor the vault violates WCAG AA while reads fail and after', async () => {
    await admin.setFaults({ serverErrorRate: 1 });
    await desk.health('Funding', 'failing', 60_000);
    const screens = screensOfVaults();
    for (const theme of THEMES) {
      await setTheme(theme);
      expect(await check(screens)).toEqual({});
    }

    await admin.setFaults({});
    await desk.health('Funding', 'fresh', 60_000);
    const enabling: DeskStop = {
      name: 'enabling trading',
      open: async () => {
        await desk.open('Funding');
        await byId(TEST_IDS.enableTrading).click();
        await byId(TEST_IDS.haltReason).waitFor();
      },
      leave: async () => {
        await leaveDialog();
        await desk.back();
      },
    };
    for (const theme of THEMES) {
      await setTheme(theme);
      expect(await check([...screens, enabling])).toEqual({});
    }
  });
});

describe('on watch', () => {
  const haltLifting: DeskStop = {
    name: 'lifting the halt',
    open: async () => {
      await byId(TEST_IDS.liftHaltAll).click();
      await byId(TEST_IDS.confirmLiftHaltAll).waitFor();
    },
    leave: leaveDialog,
  };
  const inbox: DeskStop = {
    name: 'the inbox with alerts',
    open: async () => {
      await byId(TEST_IDS.navInbox).click();
      await byId(TEST_IDS.alertRow).first().waitFor();
    },
    leave: () => byId(TEST_IDS.navVaults).click(),
  };

  it('nothing violates WCAG AA while the exchange is paused and everything is halted', async () => {
    await desk.invoke('practice.setExchangeStatus', { bits: 255 });
    await byId(TEST_IDS.footerExchange).waitFor();
    await keel.page.keyboard.press('Control+Shift+H');
    await byId(TEST_IDS.haltAllBanner).waitFor();
    for (const theme of THEMES) {
      await setTheme(theme);
      expect(await check([...screensOfVaults(), haltLifting, inbox])).toEqual({});
    }
    await desk.invoke('practice.setExchangeStatus', { bits: 0 });
    await byId(TEST_IDS.footerExchange).waitFor({ state: 'detached' });
    await haltLifting.open();
    await byId(TEST_IDS.confirmLiftHaltAll).click();
    await byId(TEST_IDS.haltAllBanner).waitFor({ state: 'detached' });
  });

  it('neither do the settings of what Keel watches and how it tells', async () => {
    await byId(TEST_IDS.openSettings).click();
    for (const name of ['Watching', 'Notifications', 'General', 'Appearance', 'Networks', 'Sync']) {
      await byId(TEST_IDS.settingsSections).getByRole('tab', { name }).click();
      expect(await deskViolations(), name).toEqual({});
    }
    await desk.toVaults();
  });

  it('nor does a critical margin, on top of the desk and in the inbox', async () => {
    const found: Record<string, unknown> = {};
    const margin = byId(TEST_IDS.alertBanner).and(keel.page.locator('[data-kind="margin"]'));
    const on = { subAccountId: 0, marketIndex: 0 };
    await admin.tradeAsOther({ ...on, side: 'short', base: 200_000_000_000n });
    await admin.setHealth({ ...on, healthBps: 1_900 });
    await margin.waitFor({ timeout: 60_000 });
    found['critical'] = await deskViolations();
    await byId(TEST_IDS.navInbox).click();
    await byId(TEST_IDS.alertRow).first().waitFor();
    found['inbox'] = await deskViolations();
    await byId(TEST_IDS.navVaults).click();
    await admin.setMarket({ kind: 'perp', marketIndex: 0, price: 152_000_000n });
    await margin.waitFor({ state: 'detached', timeout: 60_000 });
    expect(found).toEqual({ critical: {}, inbox: {} });
  });
});

describe('by keyboard alone', () => {
  const { press, type } = {
    press: (key: string) => keel.page.keyboard.press(key),
    type: (text: string) => keel.page.keyboard.type(text),
  };

  const focused = () =>
    keel.page.evaluate(
      () => (document.activeElement as HTMLElement | null)?.dataset['testid'] ?? '',
    );

  async function tabTo(testId: string): Promise<void> {
    for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
      if ((await focused()).startsWith(testId)) return;
      await press('Tab');
    }
    throw new Error(`${testId} cannot be reached with the Tab key`);
  }

  it('finds the nodes, a note in the inbox and every part of the practice panel', async () => {
    await tabTo(`${TEST_IDS.footerNetwork}-practice`);
    await press('Enter');
    await byId(TEST_IDS.nodesPanel).waitFor();
    await press('Escape');
    await byId(TEST_IDS.nodesPanel).waitFor({ state: 'detached' });
    expect(await focused()).toBe(`${TEST_IDS.footerNetwork}-practice`);

    await press('Control+5');
    await byId(TEST_IDS.alertRow).first().waitFor();
    await press('ArrowDown');
    expect(await focused()).toBe(TEST_IDS.alertRow);
    await press('Escape');
    await byId(TEST_IDS.overview).waitFor();
    await press('Control+2');
    await byId(TEST_IDS.vaultTable).waitFor();

    await tabTo(TEST_IDS.openPractice);
    await press('Enter');
    await byId(TEST_IDS.practiceDeposit).waitFor();
    for (const part of [TEST_IDS.practiceTrade, TEST_IDS.practiceMoveHealth]) await tabTo(part);
    await tabTo(TEST_IDS.practiceVenue);
    await press('Enter');
    await tabTo(TEST_IDS.practiceSetPrice);
    await tabTo(`${TEST_IDS.practiceNode}-both`);
    await press('ArrowRight');
    await eventually('the arrows choose a node', async () => {
      const state = await byId(`${TEST_IDS.practiceNode}-a`).getAttribute('data-state');
      return state === 'checked';
    });
    await byId(TEST_IDS.openPractice).click();
  });

  it('adds a vault, opens it, syncs it and comes back to its row', async () => {
    await press('Control+n');
    await byId(TEST_IDS.dialog).waitFor();
    await tabTo(TEST_IDS.fieldName);
    await type('By hand');
    await tabTo(TEST_IDS.fieldAllocation);
    await press('Control+a');
    await type('125');
    await press('Enter');
    await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
    await desk.health('By hand', 'fresh');

    const row = (await desk.row('By hand').getAttribute('data-testid')) ?? '';
    await tabTo('vault-row-');
    await press('End');
    await eventually('the last row has the focus', async () => (await focused()) === row);
    await press('Enter');
    await byId(TEST_IDS.vaultPage).waitFor();
    expect(await byId(TEST_IDS.vaultPage).innerText()).toContain('By hand');

    const database = vaultDatabase(profile.folder);
    const runs = database.countRuns('By hand');
    await tabTo(TEST_IDS.syncNow);
    await press('Enter');
    await eventually('the run is on record', () => database.countRuns('By hand') > runs);
    await press('Escape');
    await byId(TEST_IDS.vaultTable).waitFor();
    expect(await desk.units('By hand', TEST_IDS.balanceUsdc)).toBe(125_000_000n);
    await eventually('the row has the focus again', async () => (await focused()) === row);
  });
});
