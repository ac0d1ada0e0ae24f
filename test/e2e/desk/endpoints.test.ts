/** Endpoints in the real app: tried from the engine's process, saved for the next start, and their addresses told to nobody. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { createShellProfile, eventually, type ShellProfile } from '#test/support/shell-profile.ts';

const TOKEN = '7f3c9a51e0d24b6c8e1f';

let profile: ShellProfile;
let keel: LaunchedKeel;
let desk: DeskDriver;

beforeAll(async () => {
  profile = await createShellProfile();
  keel = await launchKeel({ userDataDir: profile.folder });
  desk = driveDesk(keel.page);
  await desk.ready();
});

afterAll(async () => {
  await keel?.close();
  await profile?.remove();
});

it('tries the practice network’s endpoint step by step', async () => {
  const { page } = keel;
  await page.getByTestId(TEST_IDS.openSettings).click();
  await page.getByTestId(TEST_IDS.settingsSections).getByRole('tab', { name: 'Networks' }).click();
  const practice = page.locator(`[data-testid="${TEST_IDS.endpoints}"][data-network="practice"]`);
  await practice.getByTestId(TEST_IDS.endpointTest).first().click();
  const result = practice.getByTestId(TEST_IDS.endpointTestResult);
  await result.waitFor({ timeout: 40_000 });
  expect(await result.getAttribute('data-usable')).toBe('true');
  const outcomes = await result
    .locator('[data-step]')
    .evaluateAll((lines) => lines.map((line) => line.getAttribute('data-outcome')));
  expect(outcomes).toEqual(['ok', 'ok', 'ok', 'ok', 'ok']);
});

it('saves a new list of a live network, and shows no address of it again', async () => {
  const { page } = keel;
  const live = page.locator(`[data-testid="${TEST_IDS.endpoints}"][data-network="mainnet"]`);
  await live.getByTestId(TEST_IDS.endpointAdd).click();
  await live.getByTestId(TEST_IDS.endpointNewLabel).fill('Own node');
  await live.getByTestId(TEST_IDS.endpointNewAddress).fill(`http://127.0.0.1:1/${TOKEN}`);
  await live.getByTestId(TEST_IDS.endpointTest).last().click();
  await live.getByTestId(TEST_IDS.endpointTestResult).waitFor({ timeout: 40_000 });
  expect(await live.getByTestId(TEST_IDS.endpointTestResult).getAttribute('data-usable')).toBe(
    'false',
  );
  await live.getByTestId(TEST_IDS.endpointAddDone).click();
  await live.getByTestId(TEST_IDS.dialogSubmit).click();
  await eventually('written', () =>
    readFileSync(join(profile.folder, 'settings.json'), 'utf8').includes(TOKEN),
  );
  const loaded = await desk.invoke('network.loadEndpoints', { network: 'mainnet' });
  expect(loaded).toMatchObject({
    value: { endpoints: [{}, { label: 'Own node', address: 'http://127.0.0.1:1/…' }] },
  });
  expect(JSON.stringify(loaded)).not.toContain(TOKEN);
  expect(await page.content()).not.toContain(TOKEN);
  expect(keel.output()).not.toContain(TOKEN);
});
