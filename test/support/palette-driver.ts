/** Commands by their names, without a pointer: Ctrl+K, words, arrows, Enter. */
import type { Page } from 'playwright-core';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

/** No answer worth having stands further down. */
const MOST_LINES = 60;

/**
 * Runs the first command whose id matches, found by these words.
 * @throws Error where the palette does not list it
 */
export async function runCommand(page: Page, words: string, id: string | RegExp): Promise<void> {
  const byId = (testId: string) => page.getByTestId(testId);
  await page.keyboard.press('Control+k');
  await byId(TEST_IDS.paletteInput).waitFor();
  await page.keyboard.type(words);
  await byId(TEST_IDS.paletteLine).first().waitFor();
  for (let presses = 0; presses < MOST_LINES; presses += 1) {
    const chosen = await page
      .locator(`[data-testid="${TEST_IDS.paletteLine}"][data-selected="true"]`)
      .getAttribute('data-command');
    if (chosen !== null && (typeof id === 'string' ? chosen === id : id.test(chosen))) {
      await page.keyboard.press('Enter');
      await byId(TEST_IDS.palette).waitFor({ state: 'detached' });
      return;
    }
    await page.keyboard.press('ArrowDown');
  }
  throw new Error(`The palette lists no ${String(id)} under "${words}"`);
}
