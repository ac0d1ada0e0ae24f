/** The processes of the running app, and what the page of one of them holds. */
import type { ElectronApplication, Page } from 'playwright-core';

export interface AppProcesses {
  readonly main: number;
  readonly engine: number;
  readonly signer: number;
  readonly practice: number;
  /** Renderers of the open pages. */
  readonly pages: readonly number[];
  /** Graphics and network. */
  readonly others: readonly number[];
}

/** Ids of the processes; null while one of Keel's own is not running. */
export async function appProcesses(app: ElectronApplication): Promise<AppProcesses | null> {
  const metrics = await app.evaluate((electron) =>
    electron.app.getAppMetrics().map(({ type, name, pid }) => ({ type, name, pid })),
  );
  const named = (name: string) => metrics.find((each) => each.name === name)?.pid;
  const main = metrics.find(({ type }) => type === 'Browser')?.pid;
  const [engine, signer, practice] = ['engine', 'signer', 'practice network'].map((name) =>
    named(`Keel ${name}`),
  );
  if (!main || !engine || !signer || !practice) return null;
  const own = [main, engine, signer, practice];
  const idsOf = (wanted: boolean) =>
    metrics.filter(({ type }) => (type === 'Tab') === wanted).map(({ pid }) => pid);
  const others = idsOf(false).filter((pid) => !own.includes(pid));
  return { main, engine, signer, practice, pages: idsOf(true), others };
}

/** Everything that JavaScript holds in the page, collected first: a snapshot as the developer tools write it. */
export async function heapOf(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => chunks.push(chunk));
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false });
  await session.detach();
  return chunks.join('');
}
