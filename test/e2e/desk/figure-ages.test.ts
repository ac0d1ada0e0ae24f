/** V6: with the network broken, no figure of a vault that cannot be read looks like one that can, and each says its age. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Locator } from 'playwright-core';
import { createAdminClient } from '#main/practice/admin-client.ts';
import { TEST_IDS, totalsTestId } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { screenStops } from '#test/support/desk-stops.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { axeFindings, bringAxe, figuresWithoutAge } from '#test/support/page-checks.ts';
import { createShellProfile, type ShellProfile } from '#test/support/shell-profile.ts';

const NAMES = { onChain: 'Funding', paper: 'Funding on paper' };
/** Of a tooltip: when, how long ago, and what is wrong. */
const AGE = /as of .*\d ?(s|min|m|h)\b.* ago.*(the last read failed|stale|two reads disagree)/;

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let places: readonly Place[];

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await desk.ready();
  await desk.health(NAMES.onChain, 'fresh', 60_000);
  await createAdminClient(await desk.practiceRpcUrl()).setFaults({ serverErrorRate: 1 });
  await desk.health(NAMES.onChain, 'failing', 60_000);
  places = await findPlaces();
  await bringAxe(keel.page);
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

/** A figure of the vault stands there. */
interface Place {
  readonly name: string;
  readonly screen: string;
  readonly within: Locator;
  readonly least: number;
}

const byId = (testId: string) => keel.page.getByTestId(testId);
const tip = () => byId('figure-tip');

interface Painted {
  /** Figures of the vault, whoever vouches for them. */
  readonly figures: number;
  /** Those that are not in the colour of what nobody vouches for. */
  readonly bright: readonly string[];
}

/** How the figures within are painted: all of them are of what failed. */
const painted = (within: Locator): Promise<Painted> =>
  within.first().evaluate((root) => {
    const probe = document.createElement('span');
    probe.style.color = 'var(--stale)';
    root.append(probe);
    const stale = getComputedStyle(probe).color;
    probe.remove();
    const figures = [...root.querySelectorAll('[data-figure]')];
    const inkOf = (figure: Element) =>
      // A bar of health is painted by its number and word.
      [figure, ...figure.querySelectorAll('.health-number, .health-word')].map(
        (each) => getComputedStyle(each).color,
      );
    return {
      figures: figures.length,
      bright: figures
        .filter((figure) => inkOf(figure).some((ink) => ink !== stale))
        .map((figure) => figure.outerHTML.slice(0, 200)),
    };
  });

/** Every place in which a figure of the vault stands, from the table of the vaults. */
async function findPlaces(): Promise<readonly Place[]> {
  const row = (await desk.row(NAMES.onChain).getAttribute('data-testid')) ?? '';
  const line = keel.page.locator(`[data-vault="${row.replace('vault-row-', '')}"]`);
  const page = `vault: ${NAMES.onChain}`;
  return [
    { name: 'table', screen: 'vaults', within: byId(row), least: 3 },
    { name: 'line', screen: 'overview', within: byId(TEST_IDS.overviewVault).and(line), least: 2 },
    { name: 'totals', screen: 'overview', within: byId(totalsTestId('practice')), least: 2 },
    { name: 'page', screen: page, within: byId(TEST_IDS.vaultPage), least: 8 },
  ];
}

const told = async (): Promise<string> => (await tip().allInnerTexts()).join(' ');

/** What is told of a figure. A list that still scrolls takes the tip away: then it is pointed at again. */
async function pointAt(figure: Locator): Promise<string> {
  await keel.page.mouse.move(0, 0);
  await figure.hover();
  await tip()
    .waitFor({ timeout: 1_000 })
    .catch(() => undefined);
  return told();
}

async function comeTo({ screen, within }: Place): Promise<void> {
  await screenStops(keel.page, NAMES)
    .find(({ name }) => name === screen)
    ?.open();
  await within.first().locator('[data-figure]').first().waitFor();
}

describe('while reads fail', () => {
  it('each figure of the vault is greyed, wherever it stands', async () => {
    for (const place of places) {
      const { name, within } = place;
      await comeTo(place);
      const { figures, bright } = await painted(within);
      expect(figures, name).toBeGreaterThanOrEqual(place.least);
      expect(bright, name).toEqual([]);
      expect(await figuresWithoutAge(keel.page), name).toEqual([]);
      expect(await axeFindings(keel.page), name).toEqual([]);
    }
  });

  it('and says its age and what is wrong, pointed at', async () => {
    for (const place of places) {
      const { name, within } = place;
      await comeTo(place);
      const figures = within.first().locator('[data-figure]');
      // The first and the last: all of them are told by one listener.
      for (const figure of [figures.first(), figures.last()]) {
        await expect.poll(() => pointAt(figure), { message: name }).toMatch(AGE);
      }
    }
    await keel.page.mouse.move(0, 0);
  });

  it('and to a keyboard that comes to it', async () => {
    // Those that take the focus; the vault's page says the age in words, and totals have their lines under them.
    for (const place of places.filter(({ name }) => ['table', 'line'].includes(name))) {
      const { name, within } = place;
      await comeTo(place);
      // A key first: the browser shows a focus only to those who use keys.
      await keel.page.keyboard.press('Tab');
      await within.first().focus();
      await expect.poll(told, { message: name }).toMatch(AGE);
    }
  });
});
