/** Every screen and every dialog of the desk that is there without keys or trouble, for tests that look at all of them. */
import type { Page } from 'playwright-core';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { runCommand } from './palette-driver.ts';

export interface DeskStop {
  readonly name: string;
  open(): Promise<void>;
  /** Back to a desk without dialogs, menus and panels. */
  leave(): Promise<void>;
}

const SCREENS = [
  ['overview', 'Control+1', TEST_IDS.overview],
  ['vaults', 'Control+2', TEST_IDS.vaultTable],
  ['operations', 'Control+3', TEST_IDS.operations],
  ['activity', 'Control+4', TEST_IDS.activity],
  ['inbox', 'Control+5', TEST_IDS.inbox],
  ['keys', 'Control+6', TEST_IDS.keys],
  ['about', 'Control+8', TEST_IDS.about],
] as const;

export const SETTINGS_SECTIONS = [
  'general',
  'appearance',
  'networks',
  'sync',
  'watching',
  'capital',
  'keys',
  'notifications',
  'data',
] as const;

const stay = (): Promise<void> => Promise.resolve();

export interface StopNames {
  readonly onChain: string;
  readonly paper: string;
}

/** The screens, each section of the settings by itself. */
export function screenStops(page: Page, { onChain, paper }: StopNames): readonly DeskStop[] {
  const seen = (testId: string) => page.getByTestId(testId).first().waitFor();
  const vault = (name: string): DeskStop => ({
    name: `vault: ${name}`,
    open: async () => {
      await runCommand(page, name, /^vault\..*\.open$/);
      await page.getByTestId(TEST_IDS.vaultPage).filter({ hasText: name }).waitFor();
    },
    leave: stay,
  });
  return [
    ...SCREENS.map(([name, keys, testId]) => ({
      name,
      open: async () => {
        await page.keyboard.press(keys);
        await seen(testId);
      },
      leave: stay,
    })),
    vault(onChain),
    vault(paper),
    ...SETTINGS_SECTIONS.map((section) => ({
      name: `settings: ${section}`,
      open: async () => {
        await runCommand(page, `settings: ${section}`, `settings.${section}`);
        await page.locator('.settings-page h2', { hasText: new RegExp(section, 'i') }).waitFor();
      },
      leave: stay,
    })),
    {
      name: 'design',
      open: async () => {
        await runCommand(page, 'design page', 'help.design');
        await seen(TEST_IDS.design);
      },
      leave: stay,
    },
  ];
}

/** The dialogs, menus and panels that lie over a screen. */
export function dialogStops(page: Page, { paper }: StopNames): readonly DeskStop[] {
  const byId = (testId: string) => page.getByTestId(testId);
  const gone = (testId: string) => byId(testId).waitFor({ state: 'detached' });
  const leaveBy = (testId: string) => async () => {
    await page.keyboard.press('Escape');
    await gone(testId);
  };
  const dialog = (name: string, words: string, id: string | RegExp): DeskStop => ({
    name,
    open: async () => {
      await runCommand(page, words, id);
      await byId(TEST_IDS.dialog).waitFor();
    },
    leave: leaveBy(TEST_IDS.dialog),
  });
  const ofVault = (act: string, words: string): DeskStop =>
    dialog(words, words, new RegExp(`^vault\\..*\\.${act}$`));
  return [
    {
      name: 'palette',
      open: async () => {
        await page.keyboard.press('Control+k');
        await byId(TEST_IDS.paletteLine).first().waitFor();
      },
      leave: leaveBy(TEST_IDS.palette),
    },
    {
      name: 'keyboard map',
      open: async () => {
        await runCommand(page, 'keyboard map', 'help.keys');
        await byId(TEST_IDS.keyboardMap).waitFor();
      },
      leave: leaveBy(TEST_IDS.keyboardMap),
    },
    dialog('add vault', 'add vault', 'vaults.add'),
    {
      name: 'add vault, on chain',
      open: async () => {
        await runCommand(page, 'add vault', 'vaults.add');
        await byId(TEST_IDS.createTypeOnChain).click();
        await byId(TEST_IDS.fieldAuthority).waitFor();
      },
      leave: leaveBy(TEST_IDS.dialog),
    },
    dialog('export', 'export operations', 'files.operations'),
    ofVault('deposit', `Deposit into ${paper}…`),
    ofVault('withdraw', `Withdraw from ${paper}…`),
    ofVault('transfer', `Transfer from ${paper}…`),
    ofVault('rename', `Rename ${paper}…`),
    ofVault('archive', `Archive ${paper}…`),
    dialog('new sub-account', 'new sub-account', 'vaults.sub-account'),
    {
      name: 'practice panel',
      open: async () => {
        await page.keyboard.press('Control+Shift+P');
        await byId(TEST_IDS.practiceVenue).press('Enter');
        await byId(TEST_IDS.practiceExchange).waitFor();
      },
      leave: async () => {
        await page.keyboard.press('Control+Shift+P');
        await gone(TEST_IDS.practicePanel);
      },
    },
    {
      name: 'practice reset',
      open: async () => {
        await runCommand(page, 'settings: data', 'settings.data');
        await byId(TEST_IDS.practiceReset).click();
        await byId(TEST_IDS.dialog).waitFor();
      },
      leave: leaveBy(TEST_IDS.dialog),
    },
    {
      name: 'a vault’s menu',
      open: async () => {
        await runCommand(page, paper, /^vault\..*\.open$/);
        // The page goes back to where it was left as soon as it is long enough: the menu is opened at rest.
        await page.getByTestId(TEST_IDS.vaultPage).evaluate(async (element) => {
          for (let still = 0; still < 30; still = element.scrollTop === 0 ? still + 1 : 0) {
            element.scrollTo(0, 0);
            await new Promise(requestAnimationFrame);
          }
        });
        await byId(TEST_IDS.vaultMenu).press('Enter');
        await byId(TEST_IDS.renameVault).waitFor();
      },
      leave: leaveBy(TEST_IDS.renameVault),
    },
  ];
}
