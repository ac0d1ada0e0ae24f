import type { BrowserWindow } from 'electron';
import type { Logger } from '#main/engine/ports.ts';

export interface Timings {
  firstPaint(): void;
  /** The desk was answered to the window: `tookMs` after it asked. */
  deskLoaded(tookMs: number, vaults: number): void;
}

/** Two frames: the answer is rendered in the first one, painted by the second. */
const AFTER_TWO_FRAMES =
  'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(true))))';

/** Writes how long the start took, in milliseconds since the process began; each mark once. */
export function createTimings(
  launchedAtMs: number,
  logger: Logger,
  window: () => BrowserWindow | null,
): Timings {
  const marked = new Set<string>();
  const sinceStartMs = () => Math.round(Date.now() - launchedAtMs);

  function once(event: string): void {
    if (marked.has(event)) return;
    marked.add(event);
    logger.info(event, { sinceStartMs: sinceStartMs() });
  }

  return {
    firstPaint: () => once('timing.first-paint'),
    deskLoaded(tookMs, vaults) {
      logger.info('desk.loaded', { tookMs: Math.round(tookMs), vaults });
      if (vaults === 0) return;
      window()
        ?.webContents.executeJavaScript(AFTER_TWO_FRAMES)
        .then(() => once('timing.vault-shown'))
        .catch(() => undefined);
    },
  };
}
