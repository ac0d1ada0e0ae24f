/** The pictures of the watch: endpoints, a paused exchange, the inbox; all real, on the practice network. */
import { createAdminClient } from '#main/practice/admin-client.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { Studio } from './capital-pictures.ts';

const LIMIT_MS = 60_000;
const ALL_PAUSED = 255;
const SOL_PERP = 0;
/** Enough that a move of the price takes most of the margin. */
const LARGE_SHORT = 200_000_000_000n;
/** As the practice market begins, 10^-6 quote. */
const CALM_PRICE = 152_000_000n;

/** Leaves the desk on its first screen, with everything open again. Dark only: the README need not be long. */
export async function takeWatchPictures(studio: Studio): Promise<void> {
  await studio.chooseTheme('dark');
  await pictureNodes(studio);
  await picturePause(studio);
  await pictureMargin(studio);
}

/** The first node refuses, and Keel reads from the second. */
async function pictureNodes({ desk, shoot }: Studio): Promise<void> {
  const { page } = desk;
  const admin = createAdminClient(await desk.practiceRpcUrl());
  await admin.setFaults({ rateLimitRate: 1, node: 'a' });
  await page.getByTestId(`${TEST_IDS.footerNetwork}-practice`).click();
  const first = page.getByTestId(TEST_IDS.nodeRow).first();
  await first.and(page.locator('[data-in-use="false"]')).waitFor({ timeout: LIMIT_MS });
  await shoot('nodes-dark');
  await page.keyboard.press('Escape');
  await admin.setFaults({});
}

async function picturePause({ desk, vault, shoot }: Studio): Promise<void> {
  const { page } = desk;
  await desk.invoke('practice.setExchangeStatus', { bits: ALL_PAUSED });
  await page.getByTestId(TEST_IDS.footerExchange).waitFor({ timeout: LIMIT_MS });
  await desk.open(vault);
  await page.getByTestId(TEST_IDS.exchangeNotPossible).waitFor({ timeout: LIMIT_MS });
  const banner = page.getByTestId(TEST_IDS.alertBanner);
  await banner.waitFor({ timeout: LIMIT_MS });
  await page.getByTestId(TEST_IDS.alertBannerAcknowledge).click();
  await banner.waitFor({ state: 'detached' });
  await shoot('paused-dark');
  await desk.invoke('practice.setExchangeStatus', { bits: 0 });
  await desk.back();
}

/** Health falls below the critical limit: the alert on top, and what has been told before. */
async function pictureMargin({ desk, shoot }: Studio): Promise<void> {
  const { page } = desk;
  const admin = createAdminClient(await desk.practiceRpcUrl());
  const onIt = { subAccountId: 0, marketIndex: SOL_PERP };
  await admin.tradeAsOther({ ...onIt, side: 'short', base: LARGE_SHORT });
  await admin.setHealth({ ...onIt, healthBps: 1_900 });
  await page.getByTestId(TEST_IDS.alertBanner).waitFor({ timeout: LIMIT_MS });
  await page.getByTestId(TEST_IDS.navInbox).click();
  await page.getByTestId(TEST_IDS.alertRow).first().waitFor({ timeout: LIMIT_MS });
  await shoot('inbox-dark');
  await admin.setMarket({
    kind: 'perp',
    marketIndex: SOL_PERP,
    price: CALM_PRICE,
    oracle: 'walks',
  });
  // What comes after shows an ordinary vault again.
  await admin.tradeAsOther({ ...onIt, side: 'long', base: LARGE_SHORT });
  await page.getByTestId(TEST_IDS.alertBanner).waitFor({ state: 'detached', timeout: LIMIT_MS });
  await page.getByTestId(TEST_IDS.navVaults).click();
}
