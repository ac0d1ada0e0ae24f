/** The pictures of money in and out and of the keys: every step is real, on the practice network, with its own key. */
import type { Page } from 'playwright-core';
import type { Theme } from '#domain/settings.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { CapitalDriver } from '#test/support/capital-driver.ts';
import type { DeskDriver } from '#test/support/desk-driver.ts';
import type { SignerDriver } from '#test/support/signer-driver.ts';

const PASSPHRASE = 'ripple cactus velvet anchor mosaic';
const LIMIT_MS = 60_000;
const THEMES = ['light', 'dark'] as const satisfies readonly Theme[];

export interface Studio {
  readonly desk: DeskDriver;
  readonly capital: CapitalDriver;
  readonly signer: SignerDriver;
  /** Name of the on-chain vault that the practice key owns. */
  readonly vault: string;
  chooseTheme(theme: Theme): Promise<void>;
  /** Of the desk, unless another page is given. */
  shoot(name: string, page?: Page): Promise<void>;
}

/** Leaves the desk on its first screen. */
export async function takeCapitalPictures(studio: Studio): Promise<void> {
  const { desk, signer } = studio;
  await desk.page.getByTestId(TEST_IDS.navKeys).click();
  await signer.importPracticeKey(PASSPHRASE);
  await studio.capital.lockStatus('unlocked');
  await both(studio, 'keys');
  await pictureDeposit(studio);
  await pictureWithdrawal(studio);
  await pictureOperations(studio);
  await pictureRestore(studio);
  await desk.page.getByTestId(TEST_IDS.navVaults).click();
}

async function both({ chooseTheme, shoot }: Studio, name: string): Promise<void> {
  for (const theme of THEMES) {
    await chooseTheme(theme);
    await shoot(`${name}-${theme}`);
  }
}

async function pictureDeposit(studio: Studio): Promise<void> {
  const { desk, capital, signer, vault } = studio;
  await desk.page.getByTestId(TEST_IDS.navVaults).click();
  await desk.open(vault);
  await desk.page.getByTestId(TEST_IDS.capitalDeposit).click();
  await desk.page.getByTestId(TEST_IDS.fieldAmount).fill('1,250');
  await both(studio, 'capital-form');
  await desk.page.getByTestId(TEST_IDS.dialogSubmit).click();
  const window = await signer.window('confirm');
  for (const theme of THEMES) {
    // What drives the browser answers for the system's theme.
    await window.emulateMedia({ colorScheme: theme });
    await studio.shoot(`signer-confirm-${theme}`, window);
  }
  await signer.confirmTyped('1250');
  await capital.reaches('verified', LIMIT_MS);
  await capital.closeDialog();
}

async function pictureWithdrawal(studio: Studio): Promise<void> {
  const { capital, signer, vault } = studio;
  await capital.withdraw({ vault, token: 'USDC', amount: '400' });
  await signer.confirmPress();
  await capital.reaches('verified', LIMIT_MS);
  await both(studio, 'operation');
  await capital.closeDialog();
}

/** More of them, and one that the trader declined. */
async function pictureOperations(studio: Studio): Promise<void> {
  const { capital, signer, vault } = studio;
  await capital.deposit({ vault, token: 'SOL', amount: '0.5' });
  await capital.reaches('verified', LIMIT_MS);
  await capital.closeDialog();
  await capital.withdraw({ vault, token: 'USDC', amount: '2,000' });
  await signer.decline();
  await capital.reaches('denied', LIMIT_MS);
  await capital.closeDialog();
  await capital.deposit({ vault, token: 'USDC', amount: '75.25' });
  await capital.reaches('verified', LIMIT_MS);
  await capital.closeDialog();
  await capital.operations();
  await both(studio, 'operations');
}

async function pictureRestore(studio: Studio): Promise<void> {
  const { page } = studio.desk;
  await page.getByTestId(TEST_IDS.openSettings).click();
  await page.getByTestId(TEST_IDS.settingsSections).getByRole('tab', { name: 'Data' }).click();
  await page.getByTestId(TEST_IDS.backupNow).click();
  await page.getByTestId(TEST_IDS.backupRow).first().waitFor();
  await page.getByTestId(TEST_IDS.backupRestore).last().click();
  await page.getByTestId(TEST_IDS.restoreConfirm).waitFor();
  await both(studio, 'restore');
  // The question stands before the settings, and each closes alone.
  const dialog = page.getByTestId(TEST_IDS.dialog);
  await page.keyboard.press('Escape');
  await dialog.filter({ hasText: 'Settings' }).waitFor();
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
}
