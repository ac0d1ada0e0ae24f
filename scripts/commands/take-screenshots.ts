/**
 * `npm run screenshots`: drives the real app through what the README shows and writes docs/images/*.png.
 * The profile is a new one; outage and recovery are real, on the practice network.
 */
import { mkdir, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import type { Theme } from '#domain/settings.ts';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveCapital } from '#test/support/capital-driver.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { startDesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel } from '#test/support/electron-app.ts';
import { createOutsideTrader } from '#test/support/outside-trader.ts';
import { driveSigner } from '#test/support/signer-driver.ts';
import { hasDisplay } from '../desktop/virtual-display.ts';
import { takeCapitalPictures, type Studio } from './capital-pictures.ts';
import { takeWatchPictures } from './watch-pictures.ts';

const FOLDER = resolve(import.meta.dirname, '../../docs/images');
/** A README that loads slowly is not read. */
const MOST_BYTES = 250_000;
const OUTAGE_LIMIT_MS = 60_000;
const TREASURY = 18_250_400_000n;
const ON_CHAIN = 'Funding';
const TREASURY_NAME = 'Treasury';

async function chooseTheme(desk: DeskDriver, theme: Theme): Promise<void> {
  const answer = (await desk.invoke('desk.load', {})) as {
    readonly value: { readonly settings: object };
  };
  await desk.invoke('settings.update', { ...answer.value.settings, theme });
  await desk.page.locator(`html[data-theme="${theme}"]`).waitFor({ state: 'attached' });
}

/** A desk as it looks after a few days: several engines, an idle treasury, paper beside it. */
async function furnish(desk: DeskDriver): Promise<() => Promise<void>> {
  await desk.addPaperVault({ name: 'Basis, dry run', engine: 'basis', allocation: '25,000' });
  await desk.addPaperVault({ name: 'Momentum', engine: 'momentum', allocation: '5,000' });
  const trader = await createOutsideTrader(await desk.practiceRpcUrl(), TREASURY);
  const { authority } = trader;
  await desk.addOnChainVault({ name: TREASURY_NAME, engine: 'basis', authority, subAccountId: 0 });
  await desk.health(TREASURY_NAME, 'fresh');
  return () => trader.close();
}

async function shoot(desk: DeskDriver, name: string, page: Page = desk.page): Promise<void> {
  // The last toast says how the desk was furnished, which is no part of the picture.
  const toasts = desk.page.getByTestId(TEST_IDS.toast);
  while ((await toasts.count()) > 0) await toasts.first().getByRole('button').click();
  await page.mouse.move(0, 0);
  const file = join(FOLDER, `${name}.png`);
  await page.screenshot({ path: file, animations: 'disabled' });
  const { size } = await stat(file);
  if (size > MOST_BYTES) throw new Error(`${file} has ${size} bytes; at most ${MOST_BYTES}`);
  process.stdout.write(`${name}.png  ${Math.round(size / 1_000)} kB\n`);
}

async function takeDesk(desk: DeskDriver): Promise<void> {
  const { page } = desk;
  await chooseTheme(desk, 'light');
  await shoot(desk, 'desk-light');
  await desk.open(ON_CHAIN);
  await shoot(desk, 'vault-light');
  await chooseTheme(desk, 'dark');
  await shoot(desk, 'vault-dark');
  await desk.back();
  await shoot(desk, 'desk-dark');
  await page.getByTestId(TEST_IDS.openPractice).click();
  await page.getByTestId(TEST_IDS.practicePanel).getByRole('switch').first().waitFor();
  await shoot(desk, 'practice-panel');
  await page.getByTestId(TEST_IDS.openPractice).click();
}

async function takeOutage(desk: DeskDriver): Promise<void> {
  const admin = createAdminClient(await desk.practiceRpcUrl());
  await admin.setFaults({ serverErrorRate: 1 });
  await desk.health(ON_CHAIN, 'failing', OUTAGE_LIMIT_MS);
  await desk.health(TREASURY_NAME, 'failing', OUTAGE_LIMIT_MS);
  await desk.page.getByTestId(TEST_IDS.bannerNextAttempt).first().waitFor();
  await shoot(desk, 'failing-dark');
  await admin.setFaults({});
}

const profile = await mkdtemp(join(tmpdir(), 'keel-screenshots-'));
const session = hasDisplay() ? undefined : await startDesktopSession();
await mkdir(FOLDER, { recursive: true });
const keel = await launchKeel({
  userDataDir: profile,
  ...(session === undefined ? {} : { session }),
});
try {
  const desk = driveDesk(keel.page);
  await desk.ready();
  await desk.health(ON_CHAIN, 'fresh');
  const leave = await furnish(desk);
  await takeDesk(desk);
  const studio: Studio = {
    desk,
    capital: driveCapital(desk),
    signer: driveSigner(keel.app, desk),
    vault: ON_CHAIN,
    chooseTheme: (theme) => chooseTheme(desk, theme),
    shoot: (name, page) => shoot(desk, name, page),
  };
  await takeCapitalPictures(studio);
  await takeWatchPictures(studio);
  await takeOutage(desk);
  await leave();
} catch (error) {
  process.exitCode = 1;
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
} finally {
  await keel.close();
  await session?.close();
  await rm(profile, { recursive: true, force: true });
  // The outside client's sockets would keep a failed run alive.
  process.exit();
}
