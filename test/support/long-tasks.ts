/**
 * The browser's own record of work that held the page up, as its performance entries tell it, each with the processor
 * time that the page's thread spent on it, as the browser's trace tells it: a task that another program interrupted
 * lasts long and costs little.
 */
import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ElectronApplication, Page } from 'playwright-core';
import { z } from 'zod';

/** The browser's own measure of a long task. */
export const LONG_TASK_MS = 50;

export interface LongTask {
  readonly atMs: number;
  readonly tookMs: number;
  /** Of the page's thread; null where the trace has nothing of it. */
  readonly cpuMs: number | null;
}

interface Entry {
  readonly startTime: number;
  readonly duration: number;
}

interface Watched {
  keelLongTasks?: Entry[];
}

/** Begins to record, from the page's first moment on. */
export async function watchLongTasks(page: Page): Promise<void> {
  await page.evaluate(() => {
    const record: Entry[] = [];
    (globalThis as Watched).keelLongTasks = record;
    new PerformanceObserver((list) => {
      for (const { startTime, duration } of list.getEntries()) record.push({ startTime, duration });
    }).observe({ type: 'longtask', buffered: true });
  });
}

const takeEntries = (page: Page): Promise<readonly Entry[]> =>
  page.evaluate(() => (globalThis as Watched).keelLongTasks?.splice(0) ?? []);

const MARK = 'keel-trace';

export interface Held {
  /** What the browser calls long. */
  readonly tasks: readonly LongTask[];
  /** The most work of the page's thread in one task, long or not. */
  readonly longestCpuMs: number;
}

/** What held the page up during the act, each task with what it cost. */
export async function longTasksDuring(
  { app, page }: { readonly app: ElectronApplication; readonly page: Page },
  act: () => Promise<void>,
): Promise<Held> {
  const file = join(tmpdir(), `keel-trace-${process.pid}-${Date.now()}.json`);
  await app.evaluate(async ({ contentTracing, BrowserWindow }) => {
    const ids = BrowserWindow.getAllWindows().map(({ webContents }) =>
      webContents.getOSProcessId(),
    );
    await contentTracing.startRecording({
      recording_mode: 'record-as-much-as-possible',
      trace_buffer_size_in_kb: 200_000,
      included_process_ids: ids,
      included_categories: ['toplevel', 'blink.user_timing'],
      excluded_categories: ['*'],
    });
  });
  await takeEntries(page);
  const markedAtMs = await page.evaluate((name) => performance.mark(name).startTime, MARK);
  await act();
  await page.waitForTimeout(500);
  const entries = await takeEntries(page);
  await app.evaluate(({ contentTracing }, path) => contentTracing.stopRecording(path), file);
  const tasks = await readTasks(file, markedAtMs);
  await rm(file, { force: true });
  return {
    tasks: entries.map(({ startTime, duration }) => ({
      atMs: Math.round(startTime),
      tookMs: Math.round(duration),
      cpuMs: cpuOf(tasks, startTime, duration),
    })),
    longestCpuMs: Math.round(tasks.reduce((most, { cpuMs }) => Math.max(most, cpuMs), 0)),
  };
}

interface Task {
  readonly atMs: number;
  readonly tookMs: number;
  readonly cpuMs: number;
}

const traceSchema = z.object({
  traceEvents: z.array(
    z.looseObject({
      name: z.string(),
      pid: z.number(),
      tid: z.number(),
      ts: z.number(),
      dur: z.number().optional(),
      tdur: z.number().optional(),
    }),
  ),
});

/** The tasks of the page's thread, by the page's own clock. */
async function readTasks(file: string, markedAtMs: number): Promise<readonly Task[]> {
  const { traceEvents } = traceSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  const mark = traceEvents.find(({ name }) => name === MARK);
  if (mark === undefined) throw new Error('The trace holds nothing of the page');
  return traceEvents.flatMap(({ pid, tid, ts, dur = 0, tdur }) =>
    pid === mark.pid && tid === mark.tid && tdur !== undefined
      ? [{ atMs: markedAtMs + (ts - mark.ts) / 1_000, tookMs: dur / 1_000, cpuMs: tdur / 1_000 }]
      : [],
  );
}

/** Of the costliest task at that time. */
function cpuOf(tasks: readonly Task[], startTime: number, duration: number): number | null {
  const within = tasks.filter(
    ({ atMs, tookMs }) => atMs < startTime + duration && atMs + tookMs > startTime,
  );
  return within.length === 0 ? null : Math.round(Math.max(...within.map(({ cpuMs }) => cpuMs)));
}
