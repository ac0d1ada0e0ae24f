import { rename, writeFile } from 'node:fs/promises';
import type { BrowserWindow } from 'electron';
import type { Logger } from '#main/engine/ports.ts';

const EVERY_MS = 3_000;

/** Keeps a PNG of the window up to date; replaced as a whole, so that a reader never sees half a picture. */
export function keepScreenshot(
  file: string,
  window: () => BrowserWindow | null,
  logger: Logger,
): () => void {
  let busy = false;
  async function capture(): Promise<void> {
    const target = window();
    if (busy || target === null || target.isDestroyed()) return;
    busy = true;
    try {
      const image = await target.webContents.capturePage();
      if (image.isEmpty()) return;
      await writeFile(`${file}.part`, image.toPNG());
      await rename(`${file}.part`, file);
    } catch (fault) {
      logger.warn('screenshot.failed', { file, reason: String(fault) });
    } finally {
      busy = false;
    }
  }
  const timer = setInterval(() => void capture(), EVERY_MS);
  void capture();
  return () => clearInterval(timer);
}
