/** M1, M2 and M4 as a trader meets them: what rings, how often, and what the window says before anything is tried. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { gateActTestId, TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveCapital, type CapitalDriver } from '#test/support/capital-driver.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { startDesktopServices, type DesktopServices } from '#test/support/desktop-services.ts';
import { startDesktopSession, type DesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';
import { driveSigner } from '#test/support/signer-driver.ts';
import { driveWatch, type WatchDriver } from '#test/support/watch-driver.ts';

const PASSPHRASE = 'ripple cactus velvet anchor';
const RESERVE = 'Reserve';
/** The practice trader's second sub-account: nothing but quote, until another client trades for it. */
const ACCOUNT = { subAccountId: 1, marketIndex: 0 };
const TWENTY_SOL = '20000000000';
const ALL_PAUSED = { bits: 255 };
const NONE_PAUSED = { bits: 0 };
/** Longer than alerts are gathered, and than two reads take: what was to ring has rung by then. */
const QUIET_MS = 3_000;

let session: DesktopSession;
let services: DesktopServices | undefined;
let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let capital: CapitalDriver;
let watch: WatchDriver;

beforeAll(async () => {
  session = await startDesktopSession();
  const bus = session.env['DBUS_SESSION_BUS_ADDRESS'];
  services = bus === undefined ? undefined : await startDesktopServices(bus);
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder, session });
  desk = driveDesk(keel.page);
  capital = driveCapital(desk);
  watch = driveWatch(desk);
  await desk.ready();
  await desk.health('Funding', 'fresh', 60_000);
});

afterAll(async () => {
  await keel?.close();
  services?.close();
  await session?.close();
  await profile?.remove();
});

const byId = (testId: string) => keel.page.getByTestId(testId);
const toVaults = () => byId(TEST_IDS.navVaults).click();

/** Titles that the desktop was rung with; null: this desktop is not listened to. */
const rung = (words: string): readonly string[] | null =>
  services?.notified.map(({ title }) => title).filter((title) => title.includes(words)) ?? null;
/** As it must be where the desktop is listened to. */
const rings = (...titles: readonly string[]): readonly string[] | null =>
  services === undefined ? null : titles;

const silence = () => new Promise((resolve) => setTimeout(resolve, QUIET_MS));

const moveHealth = (healthBps: number) => watch.moveHealth(RESERVE, { ...ACCOUNT, healthBps });

describe('a margin that falls', () => {
  const LOW = `The margin of ${RESERVE} is low`;
  const CRITICAL = `The margin of ${RESERVE} is critical`;

  it('begins with a position that another client takes', async () => {
    const admin = createAdminClient(await desk.practiceRpcUrl());
    const { authority } = (await admin.status()).starter;
    await desk.addOnChainVault({ name: RESERVE, engine: 'reserve', authority, subAccountId: 1 });
    await desk.health(RESERVE, 'fresh');
    await watch.practice('setMarket', { kind: 'perp', marketIndex: 0, oracle: 'holds' });
    await watch.practice('tradeAsOther', { ...ACCOUNT, side: 'short', base: TWENTY_SOL });
    await eventually(
      'the position is seen',
      async () => ((await watch.healthBps(RESERVE)) ?? 10_000) < 10_000,
    );
  });

  it('rings once while it wavers about the threshold, and is one line in the inbox', async () => {
    await moveHealth(5_040);
    await silence();
    expect(rung('The margin of')).toEqual(rings());
    await watch.openInbox();
    expect(await watch.inbox('margin')).toEqual([]);

    for (const healthBps of [4_990, 5_010, 4_980]) await moveHealth(healthBps);
    await silence();
    expect(rung('The margin of')).toEqual(rings(LOW));
    const rows = await watch.inbox('margin');
    expect(rows).toMatchObject([{ severity: 'warning', raised: true, acknowledged: false }]);
    expect(rows[0]?.text).toMatch(/Health 49\.[89] is below the warning limit of 50\./);
    expect(await byId(TEST_IDS.alertBanner).count()).toBe(0);

    await toVaults();
    const shown = await desk.row(RESERVE).getByTestId(TEST_IDS.vaultHealth).innerText();
    expect(shown).toMatch(/^49\.[89]/);
    await watch.openInbox();
  });

  it('rings once more when it is critical, with the price that liquidates it', async () => {
    const [warned] = await watch.inbox('margin');
    await moveHealth(1_900);
    await eventually('it is critical in the inbox', async () =>
      (await watch.inbox('margin')).some(({ severity }) => severity === 'critical'),
    );
    await silence();
    expect(rung('The margin of')).toEqual(rings(LOW, CRITICAL));
    const told = /SOL-PERP is liquidated at [\d,]+\.\d\d, \d+\.\d\s% above the oracle price of/;
    if (services !== undefined) expect(services.notified.at(-1)?.body).toMatch(told);
    const rows = await watch.inbox('margin');
    expect(rows).toMatchObject([{ id: warned?.id, raised: true, acknowledged: false }]);
    expect(rows[0]?.text).toMatch(told);
    await byId(TEST_IDS.alertBanner).filter({ hasText: CRITICAL }).waitFor();
  });

  it('is quiet once it is acknowledged in the inbox, whatever it does down there', async () => {
    const [{ id } = { id: '' }] = await watch.inbox('margin');
    await watch.inboxRow(id).focus();
    await keel.page.keyboard.press('a');
    await watch.inboxRow(id).and(keel.page.locator('[data-acknowledged="true"]')).waitFor();
    await byId(TEST_IDS.alertBanner).waitFor({ state: 'detached' });
    for (const healthBps of [1_950, 1_850, 2_100, 1_900]) await moveHealth(healthBps);
    await silence();
    expect(rung('The margin of')).toEqual(rings(LOW, CRITICAL));
    expect(await watch.inbox('margin')).toMatchObject([{ id, acknowledged: true, raised: true }]);
    expect(await byId(TEST_IDS.alertBanner).count()).toBe(0);
  });

  it('is over above the threshold, and rings anew as another alert when it comes back', async () => {
    await moveHealth(6_500);
    await eventually('it is over', async () =>
      (await watch.inbox('margin')).every(({ raised }) => !raised),
    );
    await moveHealth(1_900);
    await eventually('it is back', async () => (await watch.inbox('margin')).length === 2);
    await silence();
    expect(rung('The margin of')).toEqual(rings(LOW, CRITICAL, CRITICAL));
    expect(await watch.inbox('margin')).toMatchObject([
      { severity: 'critical', raised: true, acknowledged: false },
      { raised: false, acknowledged: true },
    ]);
    await moveHealth(6_500);
    await toVaults();
  });
});

describe('an exchange that pauses everything', () => {
  const PAUSED = 'has paused everything';
  const deposit = () => byId(TEST_IDS.capitalDeposit);

  it('is explained on the vault, in the bar and in the inbox, and rings once', async () => {
    await driveSigner(keel.app, desk).importPracticeKey(PASSPHRASE);
    await capital.lockStatus('unlocked');
    await toVaults();
    await desk.open('Funding');
    await eventually(
      'a deposit is possible',
      async () => (await deposit().getAttribute('aria-disabled')) !== 'true',
    );
    expect(await byId(TEST_IDS.footerExchange).count()).toBe(0);

    await watch.practice('setExchangeStatus', ALL_PAUSED);
    await byId(TEST_IDS.footerExchange)
      .filter({ hasText: 'Exchange has paused everything' })
      .waitFor();
    const panel = byId(TEST_IDS.exchangeStatus);
    const not = await panel.getByTestId(TEST_IDS.exchangeNotPossible).innerText();
    expect(not).toContain('Nothing can be deposited');
    expect(not).toContain('positions can be neither opened nor closed');
    const possible = await panel.getByTestId(TEST_IDS.exchangePossible).innerText();
    expect(possible).toContain('Keel goes on watching');
    await silence();
    expect(rung(PAUSED)).toHaveLength(rings('once')?.length ?? 0);
  });

  it('forbids with its reason before anything is tried', async () => {
    expect(await deposit().getAttribute('aria-disabled')).toBe('true');
    await deposit().click({ force: true });
    await keel.page.keyboard.press('d');
    await byId(TEST_IDS.toast)
      .filter({ hasText: 'Deposit is not possible now' })
      .filter({ hasText: /exchange/i })
      .waitFor();
    expect(await byId(TEST_IDS.capitalForm).count()).toBe(0);
    for (const act of ['increase', 'reduce', 'deposit', 'withdraw']) {
      expect(await byId(gateActTestId(act)).getAttribute('data-allowed'), act).toBe('false');
    }
    expect(await byId(TEST_IDS.tradingReasons).innerText()).toMatch(/exchange/i);
  });

  it('is in the inbox and at the tray until it is lifted', async () => {
    await watch.openInbox();
    const rows = (await watch.inbox('exchange')).filter(({ text }) => text.includes(PAUSED));
    expect(rows).toMatchObject([{ raised: true, acknowledged: false }]);
    const icon = services?.trayItems.at(-1);
    if (services !== undefined && icon !== undefined) {
      const tooltip = JSON.stringify(await services.trayProperty(icon, 'ToolTip'));
      expect(tooltip).toMatch(/\d+ alerts? to acknowledge/);
    }

    await watch.practice('setExchangeStatus', NONE_PAUSED);
    await byId(TEST_IDS.footerExchange).waitFor({ state: 'detached' });
    await eventually('the alert is over', async () =>
      (await watch.inbox('exchange')).every(({ raised }) => !raised),
    );
    await toVaults();
    await desk.open('Funding');
    await eventually(
      'a deposit is possible again',
      async () => (await deposit().getAttribute('aria-disabled')) !== 'true',
    );
    expect(await byId(TEST_IDS.exchangeStatus).innerText()).toContain('Nothing is paused');
    expect(rung(PAUSED)).toHaveLength(rings('once')?.length ?? 0);
    await desk.back();
  });
});
