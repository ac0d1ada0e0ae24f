/** The browser's own record of work that held the page up, as its performance entries tell it. */
import type { Page } from 'playwright-core';

export interface LongTask {
  readonly atMs: number;
  readonly tookMs: number;
  readonly by: string;
}

interface Watched {
  keelLongTasks?: LongTask[];
}

/** Begins to record; earlier tasks are not counted. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const record: LongTask[] = [];
    (globalThis as Watched).keelLongTasks = record;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        record.push({
          atMs: Math.round(entry.startTime),
          tookMs: Math.round(entry.duration),
          by: JSON.stringify(entry.toJSON()),
        });
      }
    }).observe({ type: 'longtask' });
  });
}

/** What has been recorded since the last call. */
export const takeLongTasks = (page: Page): Promise<readonly LongTask[]> =>
  page.evaluate(() => (globalThis as Watched).keelLongTasks?.splice(0) ?? []);
