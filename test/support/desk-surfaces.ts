/** All that the desk writes into files or puts on screen, brought forth at once for a test that looks through it. */
import { join } from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { EXPORT_FORMATS, EXPORT_SUBJECTS } from '#domain/data-export.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { DeskDriver } from './desk-driver.ts';
import type { DeskEvents } from './desk-events.ts';
import { eventually } from './shell-profile.ts';

type Invoke = (channel: string, request: unknown) => Promise<unknown>;

const SCREENS = [
  TEST_IDS.navOverview,
  TEST_IDS.navVaults,
  TEST_IDS.navOperations,
  TEST_IDS.navActivity,
  TEST_IDS.navInbox,
  TEST_IDS.navKeys,
  TEST_IDS.navAbout,
] as const;

export interface WrittenBy {
  readonly app: ElectronApplication;
  readonly invoke: Invoke;
  readonly events: DeskEvents;
}

/** Exports every subject in every format, and the settings, into `folder`. Answers with the names of the files. */
export async function exportAll(desk: WrittenBy, folder: string): Promise<readonly string[]> {
  const names: string[] = [];
  for (const subject of EXPORT_SUBJECTS) {
    for (const format of EXPORT_FORMATS) {
      const name = `${subject}.${format}`;
      await chooseFile(desk.app, join(folder, name));
      const answer = await desk.invoke('export.start', { ...EVERYTHING, subject, format });
      await isWritten(desk.events, exportIdOf(answer));
      names.push(name);
    }
  }
  await chooseFile(desk.app, join(folder, 'settings-export.json'));
  await desk.invoke('settings.exportFile', {});
  return [...names, 'settings-export.json'];
}

const EVERYTHING = { vaultIds: [], fromMs: null, toMs: null };

function exportIdOf(answer: unknown): string {
  const { value } = answer as { readonly value?: { readonly exportId: string | null } };
  if (typeof value?.exportId !== 'string') throw new Error(JSON.stringify(answer));
  return value.exportId;
}

async function isWritten(events: DeskEvents, exportId: string): Promise<void> {
  await eventually(`export ${exportId} is written`, async () => {
    const told = (await events.ofType('EXPORT_CHANGED')).flatMap(({ progress }) => progress ?? []);
    const last = told.findLast(({ id }) => id === exportId);
    if (last?.state.kind === 'failed') throw new Error(JSON.stringify(last));
    return last?.state.kind === 'done';
  });
}

/** From now on a question for where to save is answered with this file. */
function chooseFile(app: ElectronApplication, file: string): Promise<void> {
  return app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = (() => Promise.resolve({ canceled: false, filePath })) as never;
  }, file);
}

/** Goes to each screen and each section of the settings. Answers with what the pages are made of. */
export async function allScreens({ page }: DeskDriver): Promise<readonly string[]> {
  const seen: string[] = [];
  for (const testId of SCREENS) {
    await page.getByTestId(testId).click();
    await page.locator(`[data-testid="${testId}"][aria-current="page"]`).waitFor();
    seen.push(await page.content());
  }
  await page.getByTestId(TEST_IDS.openSettings).click();
  for (const tab of await page.getByTestId(TEST_IDS.settingsSections).getByRole('tab').all()) {
    await tab.click();
    await page.locator('[role="tabpanel"][data-state="active"]').waitFor();
    seen.push(await page.content());
  }
  return seen;
}

/** Lets a screen fail. Answers with what then stands there, and with the details that it puts on the clipboard. */
export async function failedScreen(
  app: ElectronApplication,
  { page }: DeskDriver,
): Promise<{ readonly shown: string; readonly copied: string }> {
  await page.keyboard.press('Control+k');
  await page.getByTestId(TEST_IDS.paletteInput).fill('design page');
  await page.getByTestId(TEST_IDS.paletteLine).first().waitFor();
  await page.keyboard.press('Enter');
  await page.getByTestId(TEST_IDS.designFault).click();
  await page.getByTestId(TEST_IDS.regionFailed).waitFor();
  const shown = await page.content();
  await page.getByTestId(TEST_IDS.regionCopy).click();
  await page.getByTestId(TEST_IDS.regionCopy).getByText('Copied').waitFor();
  return { shown, copied: await app.evaluate(({ clipboard }) => clipboard.readText()) };
}
