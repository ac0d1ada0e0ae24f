/** A profile folder for one test file, with settings that let an outage run its course in seconds. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface ShellProfile {
  readonly folder: string;
  /** What a process has logged so far: `main` or `engine`. */
  log(source: 'main' | 'engine'): Promise<string>;
  remove(): Promise<void>;
}

/** Short pauses: four failing attempts take well under ten seconds. */
const QUICK_SYNC = {
  heartbeatMs: 1_000,
  maxRetries: 3,
  firstRetryDelayMs: 200,
  reconnectEveryMs: 1_000,
  staleAfterMs: 10_000,
  rpcTimeoutMs: 2_000,
};

export async function createShellProfile(): Promise<ShellProfile> {
  const profile = await createDefaultProfile();
  await writeFile(join(profile.folder, 'settings.json'), JSON.stringify({ sync: QUICK_SYNC }));
  return profile;
}

/** A profile without a settings file: Keel as a trader first meets it. */
export async function createDefaultProfile(): Promise<ShellProfile> {
  const folder = await mkdtemp(join(tmpdir(), 'keel-shell-'));
  return {
    folder,
    log: (source) => readFile(join(folder, 'logs', `${source}.log`), 'utf8').catch(() => ''),
    remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
  };
}

/** Looks again until `check` is true. The time limit is a safety net, not a measurement. */
export async function eventually(
  what: string,
  check: () => boolean | Promise<boolean>,
  limitMs = 60_000,
): Promise<void> {
  const until = Date.now() + limitMs;
  while (!(await check())) {
    if (Date.now() > until) throw new Error(`Waited ${limitMs} ms in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
