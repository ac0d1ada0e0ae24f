/** D4: the tour at the first start, in the real app with its real effects on the practice network. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type axeCore from 'axe-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';
import { driveSigner } from '#test/support/signer-driver.ts';

const PASSPHRASE = 'ripple cactus velvet anchor';
const VAULT = 'Funding';
const SOON_MS = 60_000;
const axeFile = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;
let admin: PracticeAdmin;

beforeEach(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await keel.page.getByTestId(TEST_IDS.tourOffer).waitFor({ timeout: SOON_MS });
  await eventually('the practice network runs', async () => {
    const answer = (await desk.invoke('practice.load', {})) as { readonly ok: boolean };
    return answer.ok;
  });
  admin = createAdminClient(await desk.practiceRpcUrl());
});

afterEach(async () => {
  await keel?.close();
  await profile?.remove();
});

const byId = (testId: string) => keel.page.getByTestId(testId);
const card = () => byId(TEST_IDS.tour);
const act = (id: string) => card().locator(`[data-act="${id}"]`);

/** Waits until the tour stands at a step, done or not. */
const standsAt = (step: string, done: boolean) =>
  keel.page
    .locator(`[data-testid="${TEST_IDS.tour}"][data-step="${step}"][data-done="${done}"]`)
    .waitFor({ timeout: SOON_MS });

const isBroken = async (): Promise<boolean> => {
  const { a, b } = (await admin.status()).faultsByNode;
  return a.refuseConnections === true || b.refuseConnections === true;
};

const tourSetting = async (): Promise<string> => {
  const { value } = (await desk.invoke('desk.load', {})) as {
    readonly value: { readonly settings: { readonly desk: { readonly tour: string } } };
  };
  return value.settings.desk.tour;
};

async function violations(): Promise<string[]> {
  return keel.page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof axeCore };
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
    const { violations: found } = await axe.run(document, { runOnly: tags });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  });
}

/** Whether the card lies on what the ring is drawn around. */
const coversItsTarget = () =>
  keel.page.evaluate(() => {
    const ring = document.querySelector('.tour-ring')?.getBoundingClientRect();
    const own = document.querySelector('.tour')?.getBoundingClientRect();
    if (ring === undefined || own === undefined) return false;
    return (
      ring.left < own.right &&
      ring.right > own.left &&
      ring.top < own.bottom &&
      ring.bottom > own.top
    );
  });

describe('the whole tour', () => {
  it('is gone through by mouse: every step is borne out by what really happens', async () => {
    await keel.page.evaluate(await readFile(axeFile, 'utf8'));
    await byId(TEST_IDS.tourBegin).click();
    await standsAt('see', false);
    expect(await tourSetting()).toBe('later');
    expect(await coversItsTarget()).toBe(false);
    // Going on is not offered before the desk bears the step out.
    expect(await byId(TEST_IDS.tourNext).count()).toBe(0);
    await act('open-vault').click();
    await standsAt('see', true);
    expect(await violations()).toEqual([]);
    await byId(TEST_IDS.tourNext).click();

    await standsAt('deposit', false);
    const signer = driveSigner(keel.app, desk);
    await act('take-key').click();
    await signer.window();
    await signer.importPracticeKey(PASSPHRASE);
    await act('deposit').waitFor({ timeout: SOON_MS });
    expect(await coversItsTarget()).toBe(false);
    await act('deposit').click();
    await byId(TEST_IDS.capitalForm).waitFor({ timeout: SOON_MS });
    await byId(TEST_IDS.dialogSubmit).click();
    await standsAt('deposit', true);
    expect(await byId(TEST_IDS.operation).getAttribute('data-state')).toBe('verified');
    await keel.page.keyboard.press('Escape');
    await byId(TEST_IDS.tourNext).click();

    await standsAt('break', false);
    await act('break').click();
    await eventually('the network is broken', isBroken);
    expect(await byId(TEST_IDS.tourNotice).isVisible()).toBe(true);
    await standsAt('hold', false);
    await standsAt('hold', true);
    const checks = card().getByTestId(TEST_IDS.tourCheck);
    expect(await checks.evaluateAll((all) => all.map((each) => each.dataset['done']))).toEqual(
      Array.from({ length: 4 }, () => 'true'),
    );
    expect(await violations()).toEqual([]);
    await byId(TEST_IDS.tourNext).click();

    await standsAt('mend', false);
    await act('mend').click();
    await eventually('the network is mended', async () => !(await isBroken()));
    await standsAt('enable', false);
    await act('enable').click();
    await byId(TEST_IDS.confirmEnableTrading).click();
    await standsAt('enable', true);
    await byId(TEST_IDS.tourNext).click();

    await standsAt('own', false);
    await act('add-vault').click();
    const { authority } = (await admin.status()).starter;
    await byId(TEST_IDS.fieldName).fill('Mine');
    await byId(TEST_IDS.fieldAuthority).fill(authority);
    await byId(TEST_IDS.scanAuthority).click();
    await byId(TEST_IDS.scanAuthority).and(keel.page.locator(':not([aria-busy])')).waitFor();
    await byId(TEST_IDS.fieldSubAccount).fill('5');
    await byId(TEST_IDS.dialogSubmit).click();
    await standsAt('own', true);
    await byId(TEST_IDS.tourNext).click();
    await card().waitFor({ state: 'detached' });
    await eventually('the tour is done', async () => (await tourSetting()) === 'done');
    await byId(TEST_IDS.navOverview).click();
    await byId(TEST_IDS.overview).waitFor();
    expect(await byId(TEST_IDS.tourOffer).count()).toBe(0);
  });

  it('is gone through by keyboard alone, on paper', async () => {
    const { keyboard } = keel.page;
    /** Tabs on until something of the window has the focus. */
    const tabTo = async (selector: string) => {
      for (let tabs = 0; tabs < 90; tabs += 1) {
        const there = await keel.page.evaluate(
          (wanted) => document.activeElement?.matches(wanted) === true,
          selector,
        );
        if (there) return;
        await keyboard.press('Tab');
      }
      throw new Error(`The keyboard does not come to ${selector}`);
    };
    const onCard = async (selector: string) => {
      const inCard = await keel.page.evaluate(
        () => document.querySelector('.tour')?.contains(document.activeElement) === true,
      );
      if (!inCard) await keyboard.press('F6');
      await tabTo(`.tour ${selector}`);
      await keyboard.press('Enter');
    };
    const next = `[data-testid="${TEST_IDS.tourNext}"]`;

    await tabTo(`[data-testid="${TEST_IDS.tourBegin}"]`);
    await keyboard.press('Enter');
    await standsAt('see', false);
    await onCard('[data-act="open-vault"]');
    await standsAt('see', true);
    await onCard(next);
    await standsAt('deposit', false);
    await onCard('[data-act="use-paper"]');
    await act('deposit-paper').waitFor();
    await onCard('[data-act="deposit-paper"]');
    await byId(TEST_IDS.capitalForm).waitFor({ timeout: SOON_MS });
    await tabTo(`[data-testid="${TEST_IDS.fieldAmount}"]`);
    await keyboard.press('Enter');
    await standsAt('deposit', true);
    await keyboard.press('Escape');
    await byId(TEST_IDS.dialog).waitFor({ state: 'detached' });
    await onCard(next);
    await onCard('[data-act="break"]');
    await standsAt('hold', true);
    await onCard(next);
    await onCard('[data-act="mend"]');
    await standsAt('enable', false);
    await onCard('[data-act="enable"]');
    await tabTo(`[data-testid="${TEST_IDS.confirmEnableTrading}"]`);
    await keyboard.press('Enter');
    await standsAt('enable', true);
    await onCard(next);
    await standsAt('own', false);
    await onCard(`[data-testid="${TEST_IDS.tourSkip}"]`);
    await card().waitFor({ state: 'detached' });
    await eventually('the tour is done', async () => (await tourSetting()) === 'done');
  });
});

/** Mended, and told: nothing of it is done behind the trader's back. */
async function saysMended(): Promise<void> {
  await eventually('the network is mended', async () => !(await isBroken()));
  await byId(TEST_IDS.toast)
    .filter({ hasText: 'The practice network is mended' })
    .waitFor({ timeout: SOON_MS, state: 'attached' });
}

describe('a tour that is left while the network is broken', () => {
  beforeEach(async () => {
    await desk.ready();
    await desk.health(VAULT, 'fresh');
    await byId(TEST_IDS.navOverview).click();
    await byId(TEST_IDS.tourBegin).click();
    await byId(TEST_IDS.tourSkip).click();
    await byId(TEST_IDS.tourSkip).click();
    await standsAt('break', false);
    await act('break').click();
    await standsAt('hold', true);
    expect(await isBroken()).toBe(true);
  });

  it('mends it, and leaves trading stopped until the trader enables it', async () => {
    await byId(TEST_IDS.tourLeave).click();
    await eventually('the network is mended', async () => !(await isBroken()));
    expect(await byId(TEST_IDS.toast).first().innerText()).toContain('still stopped');
    await desk.toVaults();
    await desk.health(VAULT, 'fresh');
    await desk
      .row(VAULT)
      .locator(`[data-testid="${TEST_IDS.tradingState}"][data-allowed="false"]`)
      .waitFor();
    // It goes on where it was: what has happened has happened.
    await byId(TEST_IDS.navOverview).click();
    await byId(TEST_IDS.tourContinue).click();
    await standsAt('enable', false);
  });

  it('mends it when the window is loaded anew, and says so', async () => {
    await keel.page.reload();
    await byId(TEST_IDS.overview).waitFor({ timeout: SOON_MS });
    await saysMended();
    expect(await card().count()).toBe(0);
    await byId(TEST_IDS.tourContinue).waitFor({ timeout: SOON_MS });
  });

  it('mends it when the window has crashed', async () => {
    await keel.app.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
    );
    await eventually('the network is mended', async () => !(await isBroken()));
  });
});
