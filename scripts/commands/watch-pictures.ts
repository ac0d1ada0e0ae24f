/** The pictures of the watch: a paused exchange, the inbox, the endpoints; all real, on the practice network. */
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { Studio } from './capital-pictures.ts';

const THEMES = ['light', 'dark'] as const;
const LIMIT_MS = 30_000;
const ALL_PAUSED = 255;

/** Leaves the desk on its first screen, with everything open again. */
export async function takeWatchPictures(studio: Studio): Promise<void> {
  const { desk, vault } = studio;
  const { page } = desk;
  await desk.invoke('practice.setExchangeStatus', { bits: ALL_PAUSED });
  await page.getByTestId(TEST_IDS.footerExchange).waitFor({ timeout: LIMIT_MS });
  await desk.open(vault);
  await page.getByTestId(TEST_IDS.exchangeNotPossible).waitFor({ timeout: LIMIT_MS });
  await both(studio, 'paused');
  await page.getByTestId(TEST_IDS.navInbox).click();
  await page.getByTestId(TEST_IDS.alertRow).first().waitFor({ timeout: LIMIT_MS });
  await both(studio, 'inbox');
  await desk.invoke('practice.setExchangeStatus', { bits: 0 });
  await page.getByTestId(TEST_IDS.navVaults).click();
}

async function both({ chooseTheme, shoot }: Studio, name: string): Promise<void> {
  for (const theme of THEMES) {
    await chooseTheme(theme);
    await shoot(`${name}-${theme}`);
  }
}
