/** D5: at 200 % in a small window everything can be scrolled to, nothing lies on anything, and no page scrolls sideways. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { dialogStops, screenStops, type DeskStop } from '#test/support/desk-stops.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { calm, outOfReach } from '#test/support/page-checks.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';

const NAMES = { onChain: 'Funding', paper: 'Funding on paper' };
/** Some forty screens and dialogs, on a machine that has other things to do. */
const WALK_MS = 400_000;
const SMALL = { x: 0, y: 0, width: 1_024, height: 640 };

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await desk.ready();
  await desk.health(NAMES.onChain, 'fresh', 60_000);
  await keel.app.evaluate(
    ({ BrowserWindow }, bounds) => BrowserWindow.getAllWindows()[0]?.setBounds(bounds),
    SMALL,
  );
  const { value } = (await desk.invoke('desk.load', {})) as {
    value: { settings: { desk: object } };
  };
  const { settings } = value;
  await desk.invoke('settings.update', {
    ...settings,
    desk: { ...settings.desk, zoomPercent: 200 },
  });
  await eventually(
    'the page is half as wide',
    async () => (await keel.page.evaluate(() => innerWidth)) <= SMALL.width / 2,
  );
  // Neither the pointer nor the focus rests on a control that would show its tip.
  await keel.page.mouse.move(SMALL.width / 4, SMALL.height / 4);
  await keel.page.locator('.desk-screen').focus();
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

async function walk(stops: readonly DeskStop[]): Promise<Record<string, string[]>> {
  const found: Record<string, string[]> = {};
  for (const { name, open, leave } of stops) {
    await open();
    await calm(keel.page);
    const here = await outOfReach(keel.page);
    if (here.length > 0) found[name] = here;
    await leave();
  }
  return found;
}

it('every screen can be used at 200 %', { timeout: WALK_MS }, async () => {
  expect(await walk(screenStops(keel.page, NAMES))).toEqual({});
});

it('and so can every dialog, menu and panel', { timeout: WALK_MS }, async () => {
  expect(await walk(dialogStops(keel.page, NAMES))).toEqual({});
});
