/** The whole app: its start, its memory, and the loops of its processes with hundreds of vaults in step. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDesktopSession } from '#test/support/desktop-session.ts';
import { eventually } from '#test/support/shell-profile.ts';
import { logged, markOf, runEmptyWindow, runKeel, type SessionEnv } from './electron-run.ts';
import { median } from './figures.ts';
import { besideIdle } from './idle-beside.ts';
import type { Hold, PracticePlace } from './orders.ts';
import { treePssMb } from './process-tree.ts';
import { runTarget, startTarget } from './run-target.ts';

const SETTLE_MS = 3_000;

export interface StartReport {
  readonly emptyPaintMs: number;
  readonly keelPaintMs: number;
  readonly vaultShownMs: number;
  readonly emptyPssMb: number | null;
  readonly keelPssMb: number | null;
}

export interface AppLoadReport {
  readonly vaults: number;
  /** The longest of each second, by the app's own report. */
  readonly mainHold: Hold;
  readonly engineHold: Hold;
  /** A process that does nothing, meanwhile. */
  readonly idleHold: Hold;
  readonly pssMb: number | null;
  readonly paintMs: number;
  readonly vaultShownMs: number;
}

/** Starts both in turn, each time in a fresh profile; medians. */
export async function benchStart(rounds: number): Promise<StartReport> {
  const session = await startDesktopSession();
  const empty: { paintMs: number; pssMb: number | null }[] = [];
  const keel: { paintMs: number; shownMs: number; pssMb: number | null }[] = [];
  try {
    for (let round = 0; round < rounds; round += 1) {
      empty.push(await inProfile((profile) => startEmpty(profile, session.env)));
      keel.push(await inProfile((profile) => startKeel(profile, session.env)));
    }
  } finally {
    await session.close();
  }
  const pssOf = (runs: readonly { pssMb: number | null }[]) =>
    runs.some(({ pssMb }) => pssMb === null) ? null : median(runs.map(({ pssMb }) => pssMb ?? 0));
  return {
    emptyPaintMs: median(empty.map(({ paintMs }) => paintMs)),
    keelPaintMs: median(keel.map(({ paintMs }) => paintMs)),
    vaultShownMs: median(keel.map(({ shownMs }) => shownMs)),
    emptyPssMb: pssOf(empty),
    keelPssMb: pssOf(keel),
  };
}

/** A profile that already knows all vaults, then the app on it for some seconds of heartbeats. */
export async function benchApp(
  authorities: number,
  subAccounts: number,
  seconds: number,
): Promise<AppLoadReport> {
  return await inProfile(async (profile) => {
    await fillProfile(profile, authorities, subAccounts);
    const session = await startDesktopSession();
    const run = runKeel(profile, session.env);
    try {
      const paintMs = await markOf(profile, 'timing.first-paint');
      const vaultShownMs = await markOf(profile, 'timing.vault-shown');
      // The first round of reads is the start's; heartbeats follow.
      await pause(5 * SETTLE_MS);
      const before = await reportsOf(profile);
      const idleHold = await besideIdle(() =>
        eventually(
          'loop reports',
          async () => (await reportsOf(profile)).main.length >= before.main.length + seconds,
          300_000,
        ),
      );
      const after = await reportsOf(profile);
      return {
        vaults: authorities * subAccounts,
        mainHold: holdOf(after.main.slice(before.main.length)),
        engineHold: holdOf(after.engine.slice(before.engine.length)),
        idleHold: idleHold.idle,
        pssMb: await treePssMb(run.pid),
        paintMs,
        vaultShownMs,
      };
    } finally {
      await run.end();
      await session.close();
    }
  });
}

async function fillProfile(profile: string, authorities: number, subAccounts: number) {
  const dataDir = join(profile, 'practice');
  const practice = await startTarget<PracticePlace>('practice-target', {
    dataDir,
    authorities,
    subAccounts,
  });
  await runTarget('engine-target', {
    dataDir: profile,
    practice: practice.report,
    vaults: authorities * subAccounts,
    heartbeatMs: 5_000,
    beats: 0,
  });
  await practice.stop();
}

async function startEmpty(profile: string, env: SessionEnv) {
  const { run, paintMs } = await runEmptyWindow(profile, env);
  await pause(SETTLE_MS);
  const pssMb = await treePssMb(run.pid);
  await run.end();
  return { paintMs, pssMb };
}

async function startKeel(profile: string, env: SessionEnv) {
  const run = runKeel(profile, env);
  try {
    const paintMs = await markOf(profile, 'timing.first-paint');
    const shownMs = await markOf(profile, 'timing.vault-shown');
    await pause(SETTLE_MS);
    return { paintMs, shownMs, pssMb: await treePssMb(run.pid) };
  } finally {
    await run.end();
  }
}

async function reportsOf(profile: string) {
  const [main, engine] = await Promise.all([
    logged(profile, 'main', 'main.loop'),
    logged(profile, 'engine', 'engine.loop'),
  ]);
  return { main, engine };
}

function holdOf(reports: readonly Readonly<Record<string, string>>[]): Hold {
  const longest = reports.map((report) => Number(report['maxMs']));
  return { maxMs: Math.max(...longest), typicalMs: median(longest), p99Ms: null };
}

async function inProfile<Value>(work: (profile: string) => Promise<Value>): Promise<Value> {
  const profile = await mkdtemp(join(tmpdir(), 'keel-bench-'));
  try {
    return await work(profile);
  } finally {
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
