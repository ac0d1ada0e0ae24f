/** Brings a started app into the state that is pictured: furnished, cleared out, or with a network that fails. */
import { createAdminClient } from '#main/practice/admin-client.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveCapital } from '#test/support/capital-driver.ts';
import { driveDesk } from '#test/support/desk-driver.ts';
import type { LaunchedKeel } from '#test/support/electron-app.ts';
import { driveSigner } from '#test/support/signer-driver.ts';
import type { Stage } from './scenes.ts';

const PASSPHRASE = 'ripple cactus velvet anchor mosaic';
const LIMIT_MS = 90_000;
/** Seeded as number 3: on chain, with a position and a year of history. */
const VAULT = 'Carry 3';
const FIRST_VAULT = 'Funding';

/** Its profile is empty already. */
export async function prepareEmpty(keel: LaunchedKeel): Promise<Stage> {
  const stage = stageOf(keel, { state: 'empty', vault: '', operationId: null });
  await stage.desk.ready();
  await stage.desk.page.getByTestId(TEST_IDS.deskEmpty).waitFor();
  return stage;
}

/** The two vaults that Keel begins with. */
export async function prepareFirst(keel: LaunchedKeel): Promise<Stage> {
  const stage = stageOf(keel, { state: 'first', vault: FIRST_VAULT, operationId: null });
  await stage.desk.ready();
  await stage.desk.health(FIRST_VAULT, 'fresh', LIMIT_MS);
  return stage;
}

/** Every vault in step, a key, and an operation that has just been proved. */
export async function prepareFull(keel: LaunchedKeel): Promise<Stage> {
  const stage = stageOf(keel, { state: 'full', vault: VAULT, operationId: null });
  const { desk, capital, signer } = stage;
  await desk.ready();
  await desk.health(VAULT, 'fresh', LIMIT_MS);
  await desk.page.getByTestId(TEST_IDS.navKeys).click();
  await signer.importPracticeKey(PASSPHRASE);
  await capital.lockStatus('unlocked');
  await capital.withdraw({ vault: VAULT, token: 'USDC', amount: '400' });
  await signer.confirmPress();
  await capital.reaches('verified', LIMIT_MS);
  await capital.closeDialog();
  const [newest] = await capital.operations();
  await acknowledgeBanners(stage);
  return { ...stage, operationId: newest?.id ?? null };
}

/** The node answers no call: retries run out, figures grow old, trading stops. */
export async function makeFail(stage: Stage): Promise<Stage> {
  const { desk } = stage;
  const admin = createAdminClient(await desk.practiceRpcUrl());
  await admin.setFaults({ serverErrorRate: 1 });
  await desk.toVaults();
  await desk.health(stage.vault, 'failing', LIMIT_MS);
  await desk.page.getByTestId(TEST_IDS.bannerNextAttempt).first().waitFor({ timeout: LIMIT_MS });
  return { ...stage, state: 'failing' };
}

/** What has been seen: else its banner would stand above every screen. */
async function acknowledgeBanners({ desk: { page } }: Stage): Promise<void> {
  const banners = page.getByTestId(TEST_IDS.alertBanner);
  while ((await banners.count()) > 0) {
    const id = await banners.first().getAttribute('data-alert');
    const banner = page.locator(`[data-testid="${TEST_IDS.alertBanner}"][data-alert="${id}"]`);
    await banner.getByTestId(TEST_IDS.alertBannerAcknowledge).click();
    await banner.waitFor({ state: 'detached' });
  }
}

function stageOf(keel: LaunchedKeel, rest: Pick<Stage, 'state' | 'vault' | 'operationId'>): Stage {
  const desk = driveDesk(keel.page);
  return {
    ...rest,
    app: keel.app,
    desk,
    capital: driveCapital(desk),
    signer: driveSigner(keel.app, desk),
  };
}
