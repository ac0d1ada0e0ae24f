/** What holds of every screen and dialog of the desk with live figures: each figure’s age can be found, and nothing moves for those who want that. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { dialogStops, screenStops, type DeskStop } from '#test/support/desk-stops.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { figuresWithoutAge, motions } from '#test/support/page-checks.ts';
import { createShellProfile, type ShellProfile } from '#test/support/shell-profile.ts';

/** Some forty screens and dialogs, on a machine that has other things to do. */
const WALK_MS = 400_000;
const NAMES = { onChain: 'Funding', paper: 'Funding on paper' };

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let stops: readonly DeskStop[];

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await desk.ready();
  await desk.health(NAMES.onChain, 'fresh', 60_000);
  stops = [...screenStops(keel.page, NAMES), ...dialogStops(keel.page, NAMES)];
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

describe('on every screen and in every dialog', () => {
  it(
    'figures know their age, and nothing moves for a reader who wants it still',
    { timeout: WALK_MS },
    async () => {
      await keel.page.emulateMedia({ reducedMotion: 'reduce' });
      const found: Record<string, string[]> = {};
      let figures = 0;
      for (const { name, open, leave } of stops) {
        await open();
        const here = [...(await figuresWithoutAge(keel.page)), ...(await motions(keel.page))];
        figures += await keel.page.locator('[data-figure]').count();
        if (here.length > 0) found[name] = here;
        await leave();
      }
      expect(found).toEqual({});
      // The check has something to look at: without a figure it would hold of an empty window too.
      expect(figures).toBeGreaterThan(100);
    },
  );

  it('sees a figure without an age, and what moves all the same', async () => {
    await stops[0]?.open();
    await keel.page.evaluate(() => {
      const planted = document.createElement('span');
      planted.dataset['figure'] = 'quote';
      planted.style.cssText = 'position: fixed; transition: opacity 1s';
      document.body.append(planted);
      planted.style.setProperty('transition', 'opacity 1s', 'important');
    });
    expect(await figuresWithoutAge(keel.page)).toHaveLength(1);
    expect(await motions(keel.page)).toHaveLength(1);
  });
});
