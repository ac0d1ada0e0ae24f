/** The real app on its practice network, for real minutes: memory of every process, faults by the admin API. */
import { readFile, rm, stat, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { seededRandom } from '#main/practice/faults/random.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { driveDesk, type DeskDriver } from '#test/support/desk-driver.ts';
import { startDesktopSession } from '#test/support/desktop-session.ts';
import { launchKeel, type LaunchedKeel } from '#test/support/electron-app.ts';
import { readChain } from '#test/support/read-cli.ts';
import { eventually } from '#test/support/shell-profile.ts';
import { hasDisplay } from '../desktop/virtual-display.ts';
import { memorySlopes, type MemorySample } from './memory-slope.ts';
import type { SoakReport } from './report.ts';
import type { SoakOptions } from './soak-host.ts';
import { phases } from './trouble.ts';

const VAULT = 'Funding';
const DEPOSIT_EVERY_MS = 4_000;
const LOOK_EVERY_MS = 10_000;
const HEARTBEAT_MS = 5_000;
const SETTLED_MS = 25_000;
const IN_STEP_LIMIT_MS = 60_000;
const MINUTE_MS = 60_000;
/** What main and engine log where nobody caught a fault. */
const FAULT_LINES = /main\.fault|engine\.crashed/;

export async function soakApp(options: SoakOptions): Promise<SoakReport> {
  const profile = await mkdtemp(join(tmpdir(), 'keel-soak-'));
  const session = hasDisplay() ? undefined : await startDesktopSession();
  const keel = await launchKeel({
    userDataDir: profile,
    ...(session === undefined ? {} : { session }),
  });
  try {
    return await new AppSoak(keel, profile, options).run();
  } finally {
    await keel.close();
    await session?.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

class AppSoak {
  readonly #keel: LaunchedKeel;
  readonly #profile: string;
  readonly #options: SoakOptions;
  readonly #desk: DeskDriver;
  readonly #random: () => number;
  readonly #memory: MemorySample[] = [];
  readonly #startedMs = performance.now();
  #rpcCalls = 0;
  #quietReads = 0;
  #quietHeartbeats = 0;

  constructor(keel: LaunchedKeel, profile: string, options: SoakOptions) {
    this.#keel = keel;
    this.#profile = profile;
    this.#options = options;
    this.#desk = driveDesk(keel.page);
    this.#random = seededRandom(options.seed);
  }

  async run(): Promise<SoakReport> {
    const { minutes, speed, seed, say } = this.#options;
    await this.#desk.ready();
    await this.#desk.health(VAULT, 'fresh');
    await countEvents(this.#keel.page);
    const rpcUrl = await this.#desk.practiceRpcUrl();
    const admin = createAdminClient(rpcUrl);
    const databaseFirstKb = await this.#databaseKb();
    const endMs = performance.now() + minutes * MINUTE_MS;
    let count = 0;
    for (const phase of phases(this.#random)) {
      const leftMs = endMs - performance.now();
      if (leftMs <= 0) break;
      // The app watches over its own node, and its computer is not put to sleep here.
      if (phase.act !== 'none') continue;
      count += 1;
      say(`${phase.name} for ${Math.round(phase.forMs / 1000)} s`);
      await admin.setFaults(phase.faults);
      await this.#pass(admin, Math.min(phase.forMs, leftMs), phase.name === 'quiet');
    }
    await admin.setFaults({});
    const outOfStep = await this.#compareWithChain(admin, rpcUrl);
    const counted = await eventCounts(this.#keel.page);
    const heartbeats = this.#quietHeartbeats;
    return {
      minutes,
      speed,
      seed,
      phases: count,
      unhandled: await this.#faultLines(),
      memory: memorySlopes(this.#memory),
      rpcCallsPerHour: Math.round(this.#rpcCalls / (minutes / 60)),
      readsPerHeartbeat:
        heartbeats < 1 ? null : Math.round((this.#quietReads / heartbeats) * 100) / 100,
      syncErrors: counted['VAULT_SYNC_ERROR'] ?? 0,
      recoveries: counted['VAULT_SYNC_RECOVERED'] ?? 0,
      vaults: await this.#keel.page.locator('[data-testid^="vault-row-"]').count(),
      outOfStep,
      databaseFirstKb,
      databaseLastKb: await this.#databaseKb(),
    };
  }

  /** Another client deposits, but for the settled part of a quiet phase: in it there are heartbeats alone. */
  async #pass(admin: PracticeAdmin, forMs: number, isQuiet: boolean): Promise<void> {
    const endMs = performance.now() + forMs;
    const settledMs = isQuiet ? endMs - forMs + SETTLED_MS : endMs;
    while (performance.now() < Math.min(endMs, settledMs)) {
      await this.#lookAtMemory();
      const amount = BigInt(1 + Math.floor(this.#random() * 1_000_000_000));
      await admin.depositAsOther({ subAccountId: 0, token: 'USDC', amount });
      await sleep(Math.max(0, Math.min(DEPOSIT_EVERY_MS, endMs - performance.now())));
    }
    await this.#count(admin);
    const before = performance.now();
    while (performance.now() < endMs) {
      await this.#lookAtMemory();
      await sleep(Math.max(0, Math.min(LOOK_EVERY_MS, endMs - performance.now())));
    }
    const reads = await this.#count(admin);
    if (!isQuiet) return;
    this.#quietReads += reads;
    this.#quietHeartbeats += (performance.now() - before) / HEARTBEAT_MS;
  }

  /** Calls of both nodes since the last count; the reads of vaults among them. */
  async #count(admin: PracticeAdmin): Promise<number> {
    let reads = 0;
    for (const node of ['a', 'b'] as const) {
      const { perMethod } = await admin.stats({ reset: true, node });
      this.#rpcCalls += Object.values(perMethod).reduce((sum, calls) => sum + calls, 0);
      reads += perMethod['getMultipleAccounts'] ?? 0;
    }
    return reads;
  }

  async #lookAtMemory(): Promise<void> {
    const atMs = performance.now() - this.#startedMs;
    const last = this.#memory.at(-1);
    if (last !== undefined && atMs - last.atMs < LOOK_EVERY_MS) return;
    await this.#keel.page.requestGC();
    const metrics = await this.#keel.app.evaluate(({ app }) =>
      app.getAppMetrics().map(({ type, name, memory }) => ({
        process: name ?? type,
        mb: memory.workingSetSize / 1024,
      })),
    );
    for (const { process, mb } of metrics) this.#memory.push({ process, atMs, mb });
  }

  /** What the support tool, a process of its own, reads of a chain that stands still. */
  async #compareWithChain(admin: PracticeAdmin, rpcUrl: string): Promise<readonly string[]> {
    try {
      await this.#desk.health(VAULT, 'fresh', IN_STEP_LIMIT_MS);
    } catch {
      return [`${VAULT} is not fresh ${IN_STEP_LIMIT_MS} ms after the faults`];
    }
    const { starter } = await admin.status();
    await admin.setFaults({ freezeSlots: true });
    const chain = await readChain(rpcUrl, starter.authority, starter.subAccountId);
    let shown = 0n;
    try {
      await eventually(
        'the window shows what the chain holds',
        async () => {
          shown = await this.#desk.units(VAULT, TEST_IDS.totalCollateral);
          return shown === chain.totalCollateral;
        },
        IN_STEP_LIMIT_MS,
      );
      return [];
    } catch {
      return [`${VAULT} shows ${shown}, the chain holds ${chain.totalCollateral}`];
    }
  }

  async #faultLines(): Promise<readonly string[]> {
    const logs = ['main', 'engine'].map((name) => join(this.#profile, 'logs', `${name}.log`));
    const texts = await Promise.all(logs.map((file) => readFile(file, 'utf8').catch(() => '')));
    return texts.flatMap((text) => text.split('\n').filter((line) => FAULT_LINES.test(line)));
  }

  async #databaseKb(): Promise<number> {
    const file = join(this.#profile, 'database', 'keel.db');
    const sizes = await Promise.all(
      [file, `${file}-wal`].map(async (each) => (await stat(each).catch(() => null))?.size ?? 0),
    );
    return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024);
  }
}

interface CountingWindow {
  readonly keel: { onEvent(listener: (event: { readonly type: string }) => void): () => void };
  keelEventCounts?: Record<string, number>;
}

/** Counts alone: kept events would look like a leak. */
async function countEvents(page: Page): Promise<void> {
  await page.evaluate(() => {
    const world = globalThis as unknown as CountingWindow;
    const counts: Record<string, number> = {};
    world.keelEventCounts = counts;
    world.keel.onEvent(({ type }) => {
      counts[type] = (counts[type] ?? 0) + 1;
    });
  });
}

function eventCounts(page: Page): Promise<Record<string, number>> {
  return page.evaluate(() => (globalThis as unknown as CountingWindow).keelEventCounts ?? {});
}

const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
