/** A second start with a link opens it in the Keel that runs; a hostile link opens nothing, and the window stays where it was. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { startDesktopSession, type DesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, type ShellProfile } from '#test/support/shell-profile.ts';

const VAULT = 'Funding';
const NO_VAULT = '00000000-0000-4000-8000-000000000000';
const HOSTILE = [
  `keel://vault/${NO_VAULT}`,
  'keel://vault/../../settings.json',
  'keel://vault/%2e%2e%2f%2e%2e%2fetc%2fpasswd',
  'keel://vault/<img src=x onerror=alert(1)>',
  'keel://withdraw/all',
  'keel:javascript:alert(1)',
  'keel://inbox@example.org/',
  `keel://vault/${'a'.repeat(4_000)}`,
];

let session: DesktopSession;
let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

beforeAll(async () => {
  session = await startDesktopSession();
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder, session });
  desk = driveDesk(keel.page);
  await desk.ready();
  await desk.health(VAULT, 'fresh', 60_000);
});

afterAll(async () => {
  await keel?.close();
  await session?.close();
  await profile?.remove();
});

const byId = (testId: string) => keel.page.getByTestId(testId);

/** The second start shows no window of its own: it hands the link over and ends. */
async function startAgain(link: string): Promise<void> {
  const second = launchKeel({ userDataDir: profile.folder, session, args: [link] });
  await expect(second).rejects.toThrow();
}

const idOf = async (name: string): Promise<string> => {
  const testId = (await desk.row(name).getAttribute('data-testid')) ?? '';
  return testId.replace('vault-row-', '');
};

const windows = () =>
  keel.app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map(({ webContents }) => webContents.getURL()),
  );

describe('a second start', () => {
  it('with a link to a vault opens it in the window that runs', async () => {
    await startAgain(`keel://vault/${await idOf(VAULT)}`);
    await byId(TEST_IDS.vaultPage).locator('h1', { hasText: VAULT }).waitFor();
    expect(await windows()).toHaveLength(1);
  });

  it('with a link to the inbox goes there', async () => {
    await startAgain('keel://inbox');
    await byId(TEST_IDS.inbox).waitFor();
  });

  it('with a link that is none opens nothing', async () => {
    const before = await windows();
    await startAgain(HOSTILE[1] ?? '');
    await byId(TEST_IDS.toast).filter({ hasText: 'link' }).waitFor();
    expect(await byId(TEST_IDS.inbox).count()).toBe(1);
    expect(await windows()).toEqual(before);
  });
});

describe('a hostile link', () => {
  /** As Electron tells of a second start: each real one would cost seconds. */
  const follow = (link: string) =>
    keel.app.evaluate(
      ({ app }, text) => void app.emit('second-instance', {}, ['keel', text], '/', null),
      link,
    );

  it.each(HOSTILE)('%s', async (link) => {
    await keel.page.keyboard.press('Control+4');
    await byId(TEST_IDS.activity).waitFor();
    const toasts = byId(TEST_IDS.toast);
    while ((await toasts.count()) > 0) {
      await toasts.first().getByRole('button', { name: 'Dismiss' }).click();
    }
    const before = await windows();
    await follow(link);
    await toasts.filter({ hasText: 'link' }).waitFor();
    // What was typed by somebody else is not repeated in Keel’s own words.
    expect(await toasts.first().innerText()).not.toContain(link.slice('keel:'.length));
    expect(await byId(TEST_IDS.activity).count()).toBe(1);
    expect(await byId(TEST_IDS.dialog).count()).toBe(0);
    expect(await windows()).toEqual(before);
  });
});
