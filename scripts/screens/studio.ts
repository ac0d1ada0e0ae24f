/** The window as the pictures need it: its size and theme, at rest, and its picture as a WebP file. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { DeskDriver } from '#test/support/desk-driver.ts';
import { wordsOf, type PictureTheme, type Size } from './plan.ts';

/** 0 … 100: below this the thin strokes of small figures begin to blur. */
const QUALITY = 75;
const SOON_MS = 20_000;

/** The page is exactly as large as said, by the window's real bounds. @throws Error where the screen is too small */
export async function resizeWindow(
  app: ElectronApplication,
  page: Page,
  size: Size,
): Promise<void> {
  // The driver can lose the answer of the main process: what counts is what the page then says.
  await setBounds(app, size).catch(() => setBounds(app, size));
  await page
    .waitForFunction(
      (wanted) => innerWidth === wanted.width && innerHeight === wanted.height,
      size,
      { timeout: SOON_MS },
    )
    .catch((cause: unknown) => {
      throw new Error(`The window does not become ${wordsOf(size)}`, { cause });
    });
}

const setBounds = (app: ElectronApplication, size: Size): Promise<void> =>
  app.evaluate(({ BrowserWindow }, wanted) => {
    const isDesk = ({ webContents }: Electron.BrowserWindow) =>
      webContents.getURL().includes('index.html');
    const desk = BrowserWindow.getAllWindows().find(isDesk);
    desk?.setContentBounds({ x: 0, y: 0, ...wanted });
  }, size);

export async function chooseTheme(desk: DeskDriver, theme: PictureTheme): Promise<void> {
  const answer = (await desk.invoke('desk.load', {})) as {
    readonly value: { readonly settings: object };
  };
  await desk.invoke('settings.update', { ...answer.value.settings, theme });
  await desk.page.locator(`html[data-theme="${theme}"]`).waitFor({ state: 'attached' });
}

/** Messages of a few seconds are no part of a screen. */
export async function dismissToasts(page: Page): Promise<void> {
  const toast = page.getByTestId(TEST_IDS.toast);
  const dismiss = toast.first().getByRole('button', { name: 'Dismiss' });
  while ((await toast.count()) > 0) {
    // It may have gone by itself meanwhile.
    await dismiss.click({ timeout: 2_000 }).catch(() => undefined);
  }
}

/** Waits until letters are there, nothing is busy and nothing moves, a spinner excepted. */
export async function rest(page: Page): Promise<void> {
  // The upper edge of the bar: nothing there shows that the mouse is over it.
  await page.mouse.move(200, 1);
  const tip = page.getByTestId('figure-tip');
  await tip.first().waitFor({ state: 'hidden', timeout: SOON_MS });
  // The page of all parts shows a busy one on purpose.
  const busy = `[aria-busy="true"]:not([data-testid="${TEST_IDS.design}"] *)`;
  await page.locator(busy).first().waitFor({ state: 'detached', timeout: SOON_MS });
  await page.evaluate(async () => {
    await document.fonts.ready;
    for (let calm = 0; calm < 4;) {
      await new Promise((resolve) => requestAnimationFrame(resolve));
      const isMoving = document.getAnimations().some((each) => {
        const { iterations } = each.effect?.getTiming() ?? {};
        return each.playState === 'running' && iterations !== Infinity;
      });
      calm = isMoving ? 0 : calm + 1;
    }
  });
}

/** @returns bytes of the file */
export async function takePicture(page: Page, folder: string, name: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  try {
    const { data } = await session.send('Page.captureScreenshot', {
      ...{ format: 'webp', quality: QUALITY, captureBeyondViewport: false },
    });
    const bytes = Buffer.from(data, 'base64');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, name), bytes);
    return bytes.length;
  } finally {
    await session.detach();
  }
}

/** Places that scroll sideways, each by its tag and classes: at these sizes there should be none. */
export function sidewaysScrollers(page: Page): Promise<readonly string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('*')]
      .filter((element) => {
        const { overflowX } = getComputedStyle(element);
        const scrolls = overflowX === 'auto' || overflowX === 'scroll' || element === document.body;
        return scrolls && element.scrollWidth > element.clientWidth + 1;
      })
      .map(({ tagName, className, scrollWidth, clientWidth }) =>
        [tagName.toLowerCase(), className, `${scrollWidth} in ${clientWidth}`].join(' '),
      ),
  );
}
