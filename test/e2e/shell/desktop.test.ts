import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { startDesktopServices, type DesktopServices } from '#test/support/desktop-services.ts';
import { startDesktopSession, type DesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';

let session: DesktopSession;
let services: DesktopServices;
let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

beforeAll(async () => {
  session = await startDesktopSession();
  services = await startDesktopServices(session.env['DBUS_SESSION_BUS_ADDRESS'] ?? '');
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder, session });
  desk = driveDesk(keel.page);
  await desk.ready();
  await desk.row('Funding').locator('[data-health="fresh"]').waitFor({ timeout: 60_000 });
});

afterAll(async () => {
  // The last test ends the app itself.
  await keel?.close().catch(() => undefined);
  services?.close();
  await session?.close();
  await profile?.remove();
});

const icon = (): string => {
  const [item] = services.trayItems;
  if (item === undefined) throw new Error('No tray icon was registered');
  return item;
};

async function tooltip(): Promise<string> {
  return JSON.stringify(await services.trayProperty(icon(), 'ToolTip'));
}

/** Null where the answer was lost: the driver's own promise can be collected while a window hides. */
const isVisible = () =>
  keel.app
    .evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible() === true)
    .catch(() => null);

/**
 * Closes or hides the window once the driver has its answer: a window that goes makes the main process collect
 * garbage, and with it the promise that the driver waits for.
 */
const toWindow = (act: 'close' | 'hide') =>
  keel.app.evaluate(({ BrowserWindow }, how) => {
    setTimeout(() => BrowserWindow.getAllWindows()[0]?.[how](), 100);
  }, act);

describe.runIf(process.platform === 'linux')('on a desktop with tray and notifications', () => {
  it('registers one tray icon with a line per vault', async () => {
    await eventually('the icon is registered', () => services.trayItems.length > 0);
    await eventually('the tooltip is calm', async () => (await tooltip()).includes('in step'));
    expect(services.trayItems).toHaveLength(1);
    await eventually('the menu has the figures', async () => {
      const labels = (await services.trayMenu(icon())).map(({ label }) => label);
      return labels.some((label) => label.startsWith('Funding: ') && label.includes('fresh'));
    });
    const labels = (await services.trayMenu(icon())).map(({ label }) => label);
    expect(labels).toEqual(expect.arrayContaining(['Sync now', 'Open Keel', 'Quit']));
  });

  it('notifies once of an outage, however long it lasts, and once of its end', async () => {
    expect(services.notified).toEqual([]);
    expect(await desk.invoke('practice.setFaults', { refuseConnections: true })).toMatchObject({
      ok: true,
    });
    await eventually('the outage is notified', () => services.notified.length > 0);
    expect(services.notified[0]?.title).toBe('Funding is out of step');
    expect(services.notified[0]?.body).toContain('Trading is halted');
    await eventually('the tray says so', async () =>
      (await tooltip()).includes('trading off on 1 of 2'),
    );
    // Long enough for several reconnect attempts, none of which may ring again.
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    expect(services.notified).toHaveLength(1);

    await desk.invoke('practice.setFaults', {});
    await eventually('the recovery is notified', () => services.notified.length > 1);
    expect(services.notified.map(({ title }) => title)).toEqual([
      'Funding is out of step',
      'Funding is back in step',
    ]);
    await desk.row('Funding').locator('[data-health="fresh"]').waitFor({ timeout: 60_000 });
  });

  it('opens the vault by a click on the notification', async () => {
    expect(services.notified[1]?.actions).toContain('default');
    services.clickNotification(services.notified[1]?.id ?? 0);
    await keel.page.getByTestId(TEST_IDS.vaultPage).waitFor({ timeout: 30_000 });
    await desk.back();
  });

  it('keeps watching in the tray when the window is closed, and comes back from there', async () => {
    await toWindow('close');
    await eventually('the window is hidden', async () => (await isVisible()) === false);
    const paper = (await services.trayMenu(icon())).find(({ label }) =>
      label.startsWith('Funding on paper'),
    );
    await services.clickTrayMenu(icon(), paper?.id ?? -1);
    await eventually('the window is shown', async () => (await isVisible()) === true);
    await keel.page.getByTestId(TEST_IDS.vaultPage).waitFor({ timeout: 30_000 });
    expect(await keel.page.getByTestId(TEST_IDS.vaultPage).innerText()).toContain(
      'Funding on paper',
    );
  });

  it('is one instance: a second start brings the window to the front and ends', async () => {
    await toWindow('hide');
    await eventually('the window is hidden', async () => (await isVisible()) === false);
    const second = launchKeel({ userDataDir: profile.folder, session });
    await expect(second).rejects.toThrow();
    await eventually('the first window is shown', async () => (await isVisible()) === true);
  });

  it('quits from the tray', async () => {
    const quit = (await services.trayMenu(icon())).find(({ label }) => label === 'Quit');
    const gone = new Promise((resolve) => keel.app.process().once('exit', resolve));
    // The answer may be lost: the icon leaves the bus with the app.
    await services.clickTrayMenu(icon(), quit?.id ?? -1).catch(() => undefined);
    expect(await gone).toBe(0);
  });
});

describe.runIf(process.platform === 'linux')('on a desktop without a tray', () => {
  it('quits when its window is closed, because nobody could bring it back', async () => {
    services.close();
    await eventually('the watcher has left the bus', () => true);
    keel = await launchKeel({ userDataDir: profile.folder, session });
    await driveDesk(keel.page).ready();
    const gone = new Promise((resolve) => keel.app.process().once('exit', resolve));
    await toWindow('close');
    expect(await gone).toBe(0);
  });
});
