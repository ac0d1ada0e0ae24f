/** S4, S5 and S9 with the delays that a trader gets: 1 s, 2 s, 4 s, then every 10 s. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeFaults } from '#domain/practice.ts';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveCapital } from '#test/support/capital-driver.ts';
import { recordDeskEvents, type DeskEvents } from '#test/support/desk-events.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { startDesktopServices, type DesktopServices } from '#test/support/desktop-services.ts';
import { startDesktopSession, type DesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import {
  createDefaultProfile,
  eventually,
  type ShellProfile,
} from '#test/support/shell-profile.ts';
import { driveSigner } from '#test/support/signer-driver.ts';
import { vaultDatabase, type StoredRun, type VaultDatabase } from '#test/support/vault-database.ts';

const VAULT = 'Funding';
const DELAYS = [1_000, 2_000, 4_000];

let session: DesktopSession;
let services: DesktopServices | undefined;
let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let database: VaultDatabase;
let admin: PracticeAdmin;
let events: DeskEvents;

beforeAll(async () => {
  session = await startDesktopSession();
  const bus = session.env['DBUS_SESSION_BUS_ADDRESS'];
  services = bus === undefined ? undefined : await startDesktopServices(bus);
  profile = await createDefaultProfile();
  keel = await launchKeel({ userDataDir: profile.folder, session });
  desk = driveDesk(keel.page);
  database = vaultDatabase(profile.folder);
  await desk.ready();
  await desk.health(VAULT, 'fresh');
  admin = createAdminClient(await desk.practiceRpcUrl());
  // Without its key a vault is only watched, and never may trade.
  await driveSigner(keel.app, desk).importPracticeKey('ripple cactus velvet anchor');
  await driveCapital(desk).lockStatus('unlocked');
  await keel.page.getByTestId(TEST_IDS.navVaults).click();
});

afterAll(async () => {
  await keel?.close();
  services?.close();
  await session?.close();
  await profile?.remove();
});

/** The one run with trouble that ends while `provoke` has its effect. */
async function nextTroubledRun(
  provoke: () => Promise<void>,
  vault: string = VAULT,
): Promise<StoredRun> {
  const before = database.troubledRuns(vault).length;
  await provoke();
  await eventually(
    'a run with trouble has ended',
    () => database.troubledRuns(vault).length > before,
    40_000,
  );
  const run = database.troubledRuns(vault)[before];
  if (run === undefined) throw new Error('The run has gone');
  return run;
}

const banner = (alarm: 'failing' | 'halted') =>
  keel.page.locator(`[data-testid="${TEST_IDS.syncErrorBanner}"][data-alarm="${alarm}"]`);

const tradingIs = (allowed: boolean, vault: string = VAULT) =>
  desk
    .row(vault)
    .locator(`[data-testid="${TEST_IDS.tradingState}"][data-allowed="${allowed}"]`)
    .waitFor({ timeout: 30_000 });

const colourOf = (testId: string) =>
  desk
    .row(VAULT)
    .getByTestId(testId)
    .evaluate((element) => getComputedStyle(element).color);

/** The tray icon's picture, as the desktop draws it. */
async function trayPicture(): Promise<string | undefined> {
  const [item] = services?.trayItems ?? [];
  if (services === undefined || item === undefined) return undefined;
  return JSON.stringify(await services.trayProperty(item, 'IconPixmap'));
}

/** How often the vault has waited for its next attempt since events are recorded. */
async function waits(): Promise<number> {
  const views = (await events.ofType('VAULT_CHANGED')).flatMap(({ view }) => view ?? []);
  return views.filter(({ vault, phase }) => vault.name === VAULT && phase.kind === 'waiting')
    .length;
}

/** On both nodes, until the vault waits for its fourth attempt: its reads are not all that a node is asked. */
async function failThreeAttempts(faults: PracticeFaults): Promise<void> {
  await admin.setFaults(faults);
  await eventually('the third attempt has failed', async () => (await waits()) === 3);
  await admin.setFaults({});
}

/** What the desktop was told of the vault. */
const toldOfVault = () =>
  services?.notified.filter(({ title }) => title.includes(VAULT)).map(({ title }) => title) ?? [];

describe('three failing reads and a success', () => {
  it.each([
    { kind: 'server-error', faults: { serverErrorRate: 1 }, code: 'RPC_SERVER_ERROR' },
    { kind: 'rate-limit', faults: { rateLimitRate: 1 }, code: 'RPC_RATE_LIMITED' },
    { kind: 'reset', faults: { refuseConnections: true }, code: 'RPC_UNREACHABLE' },
  ] as const)('are one run of four attempts that never stops trading ($kind)', async (fault) => {
    events = await recordDeskEvents(keel.page);
    const run = await nextTroubledRun(() => failThreeAttempts(fault.faults));

    const failed = (number: number) => ({
      number,
      outcome: 'failed',
      errorCode: fault.code,
      nextDelayMs: DELAYS[number - 1],
    });
    expect(run).toMatchObject({
      outcome: 'verified',
      attempts: [
        failed(1),
        failed(2),
        failed(3),
        { number: 4, outcome: 'verified', errorCode: null, nextDelayMs: null },
      ],
    });
    await desk.health(VAULT, 'fresh');
    await tradingIs(true);
    const views = (await events.ofType('VAULT_CHANGED')).flatMap(({ view }) => view ?? []);
    const ofVault = views.filter(({ vault }) => vault.name === VAULT);
    expect(await waits()).toBe(3);
    expect(ofVault.map(({ state }) => [state.failure, state.halt])).toEqual(
      ofVault.map(() => [null, null]),
    );
    expect(await events.ofType('VAULT_SYNC_ERROR')).toEqual([]);
    expect(toldOfVault()).toEqual([]);
  });
});

describe('four failing reads', () => {
  let calmPicture: string | undefined;
  let calmColour: string;

  it('stop trading on the vault: one event, and the run with its delays on record', async () => {
    calmPicture = await trayPicture();
    calmColour = await colourOf(TEST_IDS.totalCollateral);
    events = await recordDeskEvents(keel.page);
    const run = await nextTroubledRun(() => admin.setFaults({ serverErrorRate: 1 }));

    expect(run.outcome).toBe('failed');
    expect(run.attempts.map(({ nextDelayMs }) => nextDelayMs)).toEqual([...DELAYS, null]);
    await desk.health(VAULT, 'failing');
    await tradingIs(false);
    expect(database.haltCode(VAULT)).toBe('RPC_SERVER_ERROR');
    const errors = await events.ofType('VAULT_SYNC_ERROR');
    expect(errors).toMatchObject([
      { vaultName: VAULT, attempts: 4, error: { code: 'RPC_SERVER_ERROR' } },
    ]);
  });

  it('are told on top of every screen: cause, attempts and the next try', async () => {
    const words = await banner('failing').innerText();
    expect(words).toContain('Funding cannot be synced. Trading is halted.');
    expect(words).toContain('RPC_SERVER_ERROR');
    expect(await banner('failing').getByTestId(TEST_IDS.bannerAttempts).innerText()).toBe(
      '4 attempts',
    );
    await banner('failing')
      .getByTestId(TEST_IDS.bannerNextAttempt)
      .filter({ hasText: /next attempt in \d+ s/ })
      .waitFor();
  });

  it('leave the last good figures, greyed, with their age, and never a zero', async () => {
    const shown = await desk.units(VAULT, TEST_IDS.totalCollateral);
    const stored = database.figures(VAULT);
    expect(shown).toBeGreaterThan(0n);
    expect(stored).toMatchObject({ failing: true, totalCollateral: shown });
    expect(await colourOf(TEST_IDS.totalCollateral)).not.toBe(calmColour);
    await eventually('the age of the figures is told', async () =>
      /^\d+ s$/.test(await desk.row(VAULT).getByTestId(TEST_IDS.vaultAge).innerText()),
    );
  });

  it.runIf(process.platform === 'linux')(
    'notify the desktop once and change the tray',
    async () => {
      await eventually('the desktop is notified', () => toldOfVault().length > 0);
      expect(toldOfVault()).toEqual(['Funding is out of step']);
      const told = services?.notified.find(({ title }) => title === 'Funding is out of step');
      expect(told?.body).toContain('Trading is halted');
      await eventually(
        'the tray icon has changed',
        async () => (await trayPicture()) !== calmPicture,
      );
    },
  );
});

describe('when the reads come back', () => {
  it('verifies the vault within the next reconnect, and leaves trading stopped', async () => {
    await admin.setFaults({});
    await desk.health(VAULT, 'fresh', 30_000);
    await tradingIs(false);
    expect(await events.ofType('VAULT_SYNC_RECOVERED')).toMatchObject([{ vaultName: VAULT }]);
    expect(database.figures(VAULT)).toMatchObject({ verification: 'verified', failing: false });
    expect(database.haltCode(VAULT)).toBe('RPC_SERVER_ERROR');
    expect(await banner('halted').innerText()).toContain('Trading is halted on Funding');
  });

  it('trades again only by the act of the trader, with the reason for the stop in view', async () => {
    const { page } = keel;
    await desk.open(VAULT);
    await page.getByTestId(TEST_IDS.enableTrading).click();
    const reason = await page.getByTestId(TEST_IDS.haltReason).innerText();
    expect(reason).toContain('RPC_SERVER_ERROR');
    expect(reason).toContain('after 4 failed attempts');
    await page.getByTestId(TEST_IDS.confirmEnableTrading).click();
    await page.getByTestId(TEST_IDS.dialog).waitFor({ state: 'detached' });
    await desk.back();
    await tradingIs(true);
    expect(database.haltCode(VAULT)).toBeNull();
  });
});

describe('a permanent fault', () => {
  it('fails at once and says what to do: a sub-account that does not exist', async () => {
    const missing = 'Not there';
    const { authority } = (await admin.status()).starter;
    events = await recordDeskEvents(keel.page);
    const run = await nextTroubledRun(
      () => desk.addOnChainVault({ name: missing, engine: 'other', authority, subAccountId: 77 }),
      missing,
    );

    expect(run.outcome).toBe('failed');
    expect(run.attempts).toMatchObject([{ errorCode: 'SUB_ACCOUNT_MISSING', nextDelayMs: null }]);
    await tradingIs(false, missing);
    const words = await banner('failing').innerText();
    expect(words).toMatch(/77/);
    expect(await banner('failing').getByTestId(TEST_IDS.bannerAttempts).innerText()).toBe(
      '1 attempt',
    );
    expect(words).toContain((await events.ofType('VAULT_SYNC_ERROR'))[0]?.error?.advice);
    expect(database.figures(missing)).toBeNull();
    expect(await desk.row(missing).getByTestId(TEST_IDS.totalCollateral).count()).toBe(0);
    expect(await desk.row(missing).innerText()).not.toMatch(/\b0\.00\b/);
    await tradingIs(true, VAULT);
  });

  it('fails at once and says what to do: a node of another cluster', async () => {
    events = await recordDeskEvents(keel.page);
    // A lost socket is what makes Keel ask at once whose node this is.
    const run = await nextTroubledRun(() =>
      admin.setFaults({ wrongGenesis: true, closeSockets: true }),
    );

    expect(run.outcome).toBe('failed');
    expect(run.attempts).toMatchObject([{ errorCode: 'WRONG_CLUSTER', nextDelayMs: null }]);
    await desk.health(VAULT, 'failing');
    await tradingIs(false);
    const words = await banner('failing').filter({ hasText: 'WRONG_CLUSTER' }).innerText();
    const errors = await events.ofType('VAULT_SYNC_ERROR');
    expect(words).toContain(errors.find(({ vaultName }) => vaultName === VAULT)?.error?.advice);
    expect(await desk.units(VAULT, TEST_IDS.totalCollateral)).toBeGreaterThan(0n);

    await admin.setFaults({});
    await desk.health(VAULT, 'fresh', 30_000);
    await tradingIs(false);
  });
});
