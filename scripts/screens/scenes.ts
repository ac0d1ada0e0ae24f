/** Every screen that is pictured: how a trader gets there, and what must be on it before the picture is taken. */
import type { ElectronApplication, Locator, Page } from 'playwright-core';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { CapitalDriver } from '#test/support/capital-driver.ts';
import type { DeskDriver } from '#test/support/desk-driver.ts';
import type { SignerDriver } from '#test/support/signer-driver.ts';
import { STATES, type DeskState, type PictureTheme, type Size } from './plan.ts';
import { rest } from './studio.ts';

const LIMIT_MS = 30_000;

export interface Stage {
  readonly app: ElectronApplication;
  readonly desk: DeskDriver;
  readonly capital: CapitalDriver;
  readonly signer: SignerDriver;
  readonly state: DeskState;
  /** The vault whose page is shown. */
  readonly vault: string;
  /** Of the operation whose steps are shown. */
  readonly operationId: string | null;
}

export interface Scene {
  readonly name: string;
  readonly states: readonly DeskState[];
  open(stage: Stage): Promise<void>;
  /** Throws where something that belongs on the picture is not there. At each size anew. */
  ready(stage: Stage): Promise<void>;
  /** Back to where another screen can be opened from. */
  leave?(stage: Stage): Promise<void>;
  /** A window of its own, of its own size: pictured once for a theme. */
  ownWindow?(
    stage: Stage,
    theme: PictureTheme,
  ): Promise<{ readonly page: Page; readonly size: Size }>;
}

const FULL = ['full'] as const;
const FIRST = ['first'] as const;
/** Of a desk that has been used, or cleared out. */
const USED = ['full', 'empty', 'failing'] as const;
const SEEDED = ['full', 'failing'] as const;

const byId = ({ desk }: Stage, testId: string): Locator => desk.page.getByTestId(testId);
const click = (stage: Stage, testId: string) => byId(stage, testId).click();
const seen = (locator: Locator) => locator.first().waitFor({ timeout: LIMIT_MS });

/** A screen of the rail, with what has to be on it when there is something, or nothing, to show. */
function screen(
  name: string,
  way: string,
  states: readonly DeskState[],
  content: (stage: Stage) => readonly Locator[],
): Scene {
  return {
    name,
    states,
    open: (stage) => click(stage, way),
    ready: async (stage) => {
      for (const locator of content(stage)) await seen(locator);
    },
  };
}

const escape = async ({ desk }: Stage): Promise<void> => {
  await desk.page.keyboard.press('Escape');
  await desk.page.getByTestId(TEST_IDS.dialog).waitFor({ state: 'detached' });
};

/** A row where the desk has vaults, the screen alone where it has none. */
const rowsOf = (screenId: string, rowId: string) => (stage: Stage) =>
  stage.state === 'empty' ? [byId(stage, screenId)] : [byId(stage, screenId), byId(stage, rowId)];

const vaultPage: Pick<Scene, 'states' | 'open' | 'leave'> = {
  states: SEEDED,
  open: async (stage) => {
    await stage.desk.toVaults();
    await stage.desk.open(stage.vault);
  },
};

const settings = (name: string, tab: string, content: string): Scene => ({
  name: `settings-${name}`,
  states: name === 'networks' ? USED : FULL,
  open: async (stage) => {
    await click(stage, TEST_IDS.openSettings);
    await byId(stage, TEST_IDS.settingsSections).getByRole('tab', { name: tab }).click();
  },
  ready: (stage) => seen(byId(stage, content)),
});

const command = async (stage: Stage, words: string): Promise<void> => {
  await stage.desk.page.keyboard.press('Control+k');
  await byId(stage, TEST_IDS.paletteInput).fill(words);
  await byId(stage, TEST_IDS.paletteLine).filter({ hasText: words }).first().click();
};

const depositForm = async (stage: Stage): Promise<void> => {
  await vaultPage.open(stage);
  await click(stage, TEST_IDS.capitalDeposit);
  await byId(stage, TEST_IDS.capitalForm).waitFor({ timeout: LIMIT_MS });
  await byId(stage, TEST_IDS.fieldAmount).fill('1,250');
};

const tourAt = (stage: Stage, step: string): Locator =>
  byId(stage, TEST_IDS.tour).and(stage.desk.page.locator(`[data-step="${step}"]`));

export const SCENES: readonly Scene[] = [
  screen('overview', TEST_IDS.navOverview, STATES, (stage) =>
    stage.state === 'first'
      ? [byId(stage, TEST_IDS.tourOffer), byId(stage, TEST_IDS.overviewVault)]
      : stage.state === 'empty'
        ? [byId(stage, TEST_IDS.overviewEmpty)]
        : [byId(stage, TEST_IDS.overviewVault), byId(stage, TEST_IDS.chartPlots)],
  ),
  screen('vaults', TEST_IDS.navVaults, USED, (stage) => [
    stage.state === 'empty' ? byId(stage, TEST_IDS.addVault) : stage.desk.row(stage.vault),
  ]),
  {
    name: 'vault',
    ...vaultPage,
    ready: async (stage) => {
      await stage.desk.page.getByTestId(TEST_IDS.vaultPage).evaluate((page) => page.scrollTo(0, 0));
      await seen(byId(stage, TEST_IDS.totalCollateral));
    },
  },
  {
    name: 'vault-history',
    ...vaultPage,
    states: FULL,
    ready: async (stage) => {
      const chart = byId(stage, TEST_IDS.chart);
      await chart.getByRole('radio', { name: '1 y' }).click();
      const ways = byId(stage, TEST_IDS.vaultSections);
      await ways.getByRole('button', { name: 'History' }).click();
      await seen(byId(stage, TEST_IDS.chartPlots));
    },
  },
  screen(
    'operations',
    TEST_IDS.navOperations,
    USED,
    rowsOf(TEST_IDS.operations, TEST_IDS.operationRow),
  ),
  {
    name: 'operation',
    states: FULL,
    open: (stage) => stage.capital.openOperation(stage.operationId ?? ''),
    ready: (stage) =>
      seen(byId(stage, TEST_IDS.operation).and(stage.desk.page.locator('[data-state="verified"]'))),
    leave: (stage) => stage.capital.closeDialog(),
  },
  screen('activity', TEST_IDS.navActivity, USED, rowsOf(TEST_IDS.activity, TEST_IDS.activityRow)),
  screen('inbox', TEST_IDS.navInbox, USED, rowsOf(TEST_IDS.inbox, TEST_IDS.alertRow)),
  screen('keys', TEST_IDS.navKeys, ['full', 'empty'], rowsOf(TEST_IDS.keys, TEST_IDS.keyRow)),
  settings('networks', 'Networks', TEST_IDS.endpointRow),
  settings('appearance', 'Appearance', TEST_IDS.themeChoice),
  screen('about', TEST_IDS.navAbout, FULL, (stage) => [byId(stage, TEST_IDS.about)]),
  {
    name: 'design',
    states: FULL,
    open: (stage) => command(stage, 'Design'),
    ready: (stage) => seen(byId(stage, TEST_IDS.design)),
  },
  {
    name: 'palette',
    states: FULL,
    open: async (stage) => {
      await click(stage, TEST_IDS.navOverview);
      await stage.desk.page.keyboard.press('Control+k');
    },
    ready: (stage) => seen(byId(stage, TEST_IDS.paletteLine)),
    leave: async (stage) => {
      await stage.desk.page.keyboard.press('Escape');
      await byId(stage, TEST_IDS.palette).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'keyboard-map',
    states: FULL,
    open: async (stage) => {
      await click(stage, TEST_IDS.navOverview);
      await stage.desk.page.keyboard.press('?');
    },
    ready: (stage) => seen(byId(stage, TEST_IDS.keyboardMap)),
    leave: escape,
  },
  {
    name: 'deposit',
    states: FULL,
    open: depositForm,
    ready: (stage) =>
      seen(byId(stage, TEST_IDS.dialogSubmit).and(stage.desk.page.locator(':enabled'))),
    leave: escape,
  },
  {
    name: 'practice-panel',
    states: FULL,
    open: async (stage) => {
      await stage.desk.toVaults();
      await click(stage, TEST_IDS.openPractice);
    },
    ready: (stage) => seen(byId(stage, TEST_IDS.practicePanel).getByRole('switch')),
    leave: (stage) => click(stage, TEST_IDS.openPractice),
  },
  {
    name: 'signer-confirm',
    states: FULL,
    open: async (stage) => {
      await depositForm(stage);
      await click(stage, TEST_IDS.dialogSubmit);
      await stage.signer.window('confirm');
    },
    ready: async (stage) => rest(await stage.signer.window('confirm')),
    ownWindow: async ({ signer }, theme) => {
      const page = await signer.window('confirm');
      // What drives the browser answers for the system's theme.
      await page.emulateMedia({ colorScheme: theme });
      const size = await page.evaluate(() => ({ width: innerWidth, height: innerHeight }));
      return { page, size };
    },
    leave: async (stage) => {
      await stage.signer.decline();
      await stage.capital.reaches('denied');
      await stage.capital.closeDialog();
    },
  },
  {
    name: 'tour-begun',
    states: FIRST,
    open: async (stage) => {
      await click(stage, TEST_IDS.navOverview);
      await click(stage, TEST_IDS.tourBegin);
    },
    ready: (stage) => seen(tourAt(stage, 'see')),
  },
  {
    name: 'tour-broken',
    states: FIRST,
    open: async (stage) => {
      for (const step of ['see', 'deposit']) {
        await seen(tourAt(stage, step));
        await click(stage, TEST_IDS.tourSkip);
      }
      await tourAt(stage, 'break').locator('[data-act="break"]').click();
    },
    ready: (stage) =>
      seen(tourAt(stage, 'hold').and(stage.desk.page.locator('[data-done="true"]'))),
    leave: (stage) => click(stage, TEST_IDS.tourLeave),
  },
];
