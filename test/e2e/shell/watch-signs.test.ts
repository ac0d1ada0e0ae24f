/** What Keel shows outside its window, observed on the session bus; and halting everything, over kills and restarts. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { startDesktopServices, type DesktopServices } from '#test/support/desktop-services.ts';
import { startDesktopSession, type DesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';

const VAULT = 'Funding';
/** A sub-account of the practice trader that holds nothing but quote. */
const RESERVE = { subAccountId: 1, marketIndex: 0 };
const TWENTY_SOL = '20000000000';

interface LoadedDesk {
  readonly value: {
    readonly haltAll: { readonly source: string } | null;
    readonly settings: { readonly shell: object };
  };
}

let session: DesktopSession;
let services: DesktopServices;
let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

async function launch(): Promise<void> {
  keel = await launchKeel({ userDataDir: profile.folder, session });
  desk = driveDesk(keel.page);
  await desk.ready();
  await desk.health(VAULT, 'fresh', 60_000);
}

beforeAll(async () => {
  session = await startDesktopSession();
  services = await startDesktopServices(session.env['DBUS_SESSION_BUS_ADDRESS'] ?? '');
  profile = await createShellProfile();
  await launch();
});

afterAll(async () => {
  await keel?.close().catch(() => undefined);
  services?.close();
  await session?.close();
  await profile?.remove();
});

/** Of the Keel that runs now: each start registers an icon of its own. */
function icon(): string {
  const item = services.trayItems.at(-1);
  if (item === undefined) throw new Error('No tray icon was registered');
  return item;
}

const picture = async (): Promise<string> =>
  JSON.stringify(await services.trayProperty(icon(), 'IconPixmap'));

async function tooltipSays(words: string): Promise<void> {
  let said = '';
  const says = async (): Promise<boolean> => {
    said = JSON.stringify(await services.trayProperty(icon(), 'ToolTip').catch(() => null));
    return said.includes(words);
  };
  await eventually(`the tray says “${words}”`, says).catch((cause: unknown) => {
    throw new Error(`It says ${said}`, { cause });
  });
}

async function menuLine(start: string): Promise<{ readonly id: number; readonly label: string }> {
  let found: { readonly id: number; readonly label: string } | undefined;
  await eventually(`the menu has “${start}”`, async () => {
    const menu = await services.trayMenu(icon()).catch(() => []);
    found = menu.find(({ label }) => label.startsWith(start));
    return found !== undefined;
  });
  return found as { readonly id: number; readonly label: string };
}

/** A menu that was redrawn between look and click knows the line no more. */
async function clickMenu(start: string): Promise<void> {
  const click = async (): Promise<void> =>
    services.clickTrayMenu(icon(), (await menuLine(start)).id);
  await click().catch(click);
}

const titles = (): readonly string[] => services.notified.map(({ title }) => title);
const titled = (start: string): Promise<void> =>
  eventually(`“${start}” is notified`, () => titles().some((title) => title.startsWith(start)));

const loadDesk = async (): Promise<LoadedDesk['value']> =>
  ((await desk.invoke('desk.load', {})) as LoadedDesk).value;

async function changeShell(changes: object): Promise<void> {
  const { settings } = await loadDesk();
  const next = { ...settings, shell: { ...settings.shell, ...changes } };
  expect(await desk.invoke('settings.update', next)).toMatchObject({ ok: true });
}

const quietAllDay = (enabled: boolean): Promise<void> =>
  changeShell({ quietHours: { enabled, fromMinute: 0, toMinute: 0 } });

const practice = async (channel: string, request: object): Promise<void> => {
  const answer = await desk.invoke(`practice.${channel}`, request);
  expect(answer, JSON.stringify(answer)).toMatchObject({ ok: true });
};

async function addReserve(): Promise<void> {
  const loaded = (await desk.invoke('practice.load', {})) as { value: { authority: string } };
  const { authority } = loaded.value;
  await desk.addOnChainVault({ name: 'Reserve', engine: 'reserve', authority, subAccountId: 1 });
  await desk.health('Reserve', 'fresh');
}

async function enginePid(): Promise<number> {
  const pid = await keel.app.evaluate(
    ({ app }) =>
      app
        .getAppMetrics()
        .find(({ name, serviceName }) => [name, serviceName].includes('Keel engine'))?.pid,
  );
  if (pid === undefined) throw new Error('The engine does not run');
  return pid;
}

describe.runIf(process.platform === 'linux')('an outage, seen from outside', () => {
  let calm: string;

  it('changes icon, tooltip and line of the tray, and is one notification', async () => {
    await tooltipSays('in step');
    calm = await picture();
    expect((await menuLine('Practice: connected')).label).toContain('Practice');
    await practice('setFaults', { refuseConnections: true });
    await titled('Funding is out of step');
    await tooltipSays('trading off on 1 of 2');
    await eventually('the icon has changed', async () => (await picture()) !== calm);
    const line = await menuLine('Funding: ');
    expect(line.label).toMatch(/deployed, failing – trading off: ./);
    await menuLine('Practice: no connection');
    expect(titles().filter((title) => title.includes('Funding'))).toHaveLength(1);
  });

  it('ends as a notification, with trading off until the trader enables it', async () => {
    await practice('setFaults', {});
    await titled('Funding is back in step');
    await desk.health(VAULT, 'fresh', 60_000);
    await tooltipSays('trading off on 1 of 2');
    expect((await menuLine('Funding: ')).label).toMatch(/fresh – trading off: ./);
  });

  it('waits in the inbox, which the tray counts and opens', async () => {
    await eventually('the menu counts the alerts', async () =>
      (await services.trayMenu(icon())).some(({ label }) => /^\d+ alerts? to ack/.test(label)),
    );
    expect(await desk.invoke('alert.acknowledgeAll', {})).toMatchObject({ ok: true });
    await eventually('the count has gone', async () =>
      (await services.trayMenu(icon())).every(({ label }) => !label.includes('to acknowledge')),
    );
  });
});

describe.runIf(process.platform === 'linux')('the test of notifications', () => {
  it('rings at once, in quiet hours too, and tells that this desktop shows it', async () => {
    await quietAllDay(true);
    const before = services.notified.length;
    expect(await desk.invoke('shell.testNotification', {})).toEqual({
      ok: true,
      value: { supported: true },
    });
    await eventually('it is shown', () => services.notified.length > before);
    expect(titles().at(-1)).toBe('Keel can reach you');
  });
});

describe.runIf(process.platform === 'linux')('quiet hours', () => {
  it('hold a warning back, and tell of it when they end', async () => {
    await quietAllDay(true);
    await addReserve();
    await practice('setMarket', { kind: 'perp', marketIndex: 0, oracle: 'walks' });
    await practice('tradeAsOther', { ...RESERVE, side: 'short', base: TWENTY_SOL });
    await practice('setHealth', { ...RESERVE, healthBps: 4_000 });
    await eventually('the warning is in the inbox', async () => {
      const inbox = await desk.invoke('alert.load', { limit: 20, before: null });
      return JSON.stringify(inbox).includes('The margin of Reserve is low');
    });
    // Longer than alerts are gathered: it would have rung by now.
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(titles()).not.toContain('The margin of Reserve is low');
    await quietAllDay(false);
    await titled('In the quiet hours: ');
    expect(titles()).not.toContain('The margin of Reserve is low');
    expect(services.notified.at(-1)?.body).toContain('The margin of Reserve is low');
  });

  it('let a critical alert through', async () => {
    await quietAllDay(true);
    await practice('setHealth', { ...RESERVE, healthBps: 1_000 });
    await titled('The margin of Reserve is critical');
    await quietAllDay(false);
    const { id = 0 } = services.notified.find(({ title }) => title.includes('critical')) ?? {};
    services.clickNotification(id);
    await keel.page.getByTestId(TEST_IDS.vaultPage).waitFor({ timeout: 30_000 });
    await desk.back();
    await practice('setHealth', { ...RESERVE, healthBps: 9_000 });
  });
});

describe.runIf(process.platform === 'linux')('halt all', () => {
  const marker = (): string => join(profile.folder, 'halt-all.json');

  it('from the tray halts the engine at once, and shows it', async () => {
    await clickMenu('Halt all');
    await eventually('the desk is halted', async () => (await loadDesk()).haltAll !== null);
    expect((await loadDesk()).haltAll).toMatchObject({ source: 'tray' });
    await menuLine('Halted – open Keel to lift');
    await tooltipSays('everything is halted');
    expect((await menuLine('Funding on paper: ')).label).toContain('trading off: You halted');
    expect(existsSync(marker())).toBe(false);
  });

  it('holds over a restart, until it is lifted in the window', async () => {
    await keel.close();
    await launch();
    expect((await loadDesk()).haltAll).toMatchObject({ source: 'tray' });
    await tooltipSays('everything is halted');
    expect(await desk.invoke('trading.liftHaltAll', {})).toMatchObject({ ok: true });
    await menuLine('Halt all');
    expect((await loadDesk()).haltAll).toBeNull();
  });

  it('holds when the engine hangs, survives a kill, and is taken by the next engine', async () => {
    const pid = await enginePid();
    process.kill(pid, 'SIGSTOP');
    expect(await desk.invoke('trading.haltAll', { source: 'keyboard' })).toMatchObject({
      ok: true,
      value: { reachedEngine: false },
    });
    expect(existsSync(marker())).toBe(true);
    await menuLine('Halted – open Keel to lift');
    await keel.kill();
    process.kill(pid, 'SIGKILL');
    await launch();
    await eventually('the engine has taken it', () => !existsSync(marker()));
    expect((await loadDesk()).haltAll).toMatchObject({ source: 'keyboard' });
    await tooltipSays('everything is halted');
  });
});

describe.runIf(process.platform === 'linux')(
  'a window that the trader does not want in the tray',
  () => {
    it('quits Keel when it is closed', async () => {
      await changeShell({ closeToTray: false });
      const gone = new Promise((resolve) => keel.app.process().once('exit', resolve));
      await keel.app.evaluate(({ BrowserWindow }) => {
        setTimeout(() => BrowserWindow.getAllWindows()[0]?.close(), 100);
      });
      expect(await gone).toBe(0);
    });
  },
);

describe.runIf(process.platform === 'linux')('a start at login', () => {
  it('shows the tray alone, and opens what is clicked there', async () => {
    const before = services.trayItems.length;
    let opened = false;
    const launching = launchKeel({
      userDataDir: profile.folder,
      session,
      args: ['--hidden'],
    }).finally(() => {
      opened = true;
    });
    await eventually('the icon is there', () => services.trayItems.length > before);
    await tooltipSays('everything is halted');
    expect(opened).toBe(false);
    await clickMenu('Funding on paper: ');
    keel = await launching;
    await keel.page.getByTestId(TEST_IDS.vaultPage).waitFor({ timeout: 30_000 });
  });
});
