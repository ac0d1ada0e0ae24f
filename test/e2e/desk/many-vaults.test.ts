/**
 * The window under a thousand vaults that all change each second: the browser records no long task while it is
 * scrolled or left alone. The feed is a stand-in (`stand-in-feed.ts`); window, bridge, stores and screens are the real ones.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { takeLongTasks, watchLongTasks } from '#test/support/long-tasks.ts';
import { createShellProfile, type ShellProfile } from '#test/support/shell-profile.ts';
import { startStandInFeed } from '#test/support/stand-in-feed.ts';

const VAULTS = 1_000;
const BEATS = 8;

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await desk.ready();
  await keel.page.getByTestId(TEST_IDS.navVaults).click();
  await desk.health('Funding', 'fresh', 60_000);
  await startStandInFeed(keel.app, VAULTS, 1_000);
  await keel.page
    .locator(`[data-testid="${TEST_IDS.vaultTable}"][aria-rowcount^="100"]`)
    .waitFor({ timeout: 30_000 });
  await keel.page.waitForTimeout(3_000);
  await watchLongTasks(keel.page);
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

const beats = (count: number) => keel.page.waitForTimeout(count * 1_000);

async function wheel(times: number, deltaY: number): Promise<void> {
  for (let turn = 0; turn < times; turn += 1) {
    await keel.page.mouse.wheel(0, deltaY);
    await keel.page.waitForTimeout(30);
  }
}

describe('a thousand vaults, each changed every second', () => {
  it('arrive whole', async () => {
    expect(await keel.page.locator('.dt-line').count()).toBeLessThan(80);
    const seen = await keel.page.evaluate(() => document.body.textContent?.includes('Funding 10'));
    expect(seen).toBe(true);
  });

  it('hold up nothing while they are only looked at', async () => {
    await takeLongTasks(keel.page);
    await beats(BEATS);
    expect(await takeLongTasks(keel.page)).toEqual([]);
  });

  it('hold up nothing while they are scrolled through', async () => {
    await keel.page.getByTestId(TEST_IDS.vaultTable).hover();
    await takeLongTasks(keel.page);
    await wheel(90, 420);
    await wheel(90, -420);
    expect(await takeLongTasks(keel.page)).toEqual([]);
  });

  it.each([
    ['the overview', TEST_IDS.navOverview],
    ['the operations', TEST_IDS.navOperations],
    ['the inbox', TEST_IDS.navInbox],
  ])('hold up nothing on %s', async (_, nav) => {
    await keel.page.getByTestId(nav).click();
    await beats(2);
    await takeLongTasks(keel.page);
    await beats(BEATS);
    expect(await takeLongTasks(keel.page)).toEqual([]);
  });
});
