/** The whole main side without a window, on a clock that runs faster: engine, database, practice network, real sockets. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import { address, PRACTICE_NETWORK } from '#domain/ids.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import { rawQuantitiesOf } from '#domain/vault-snapshot.ts';
import { syncHealth } from '#domain/vault-state.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { openEngineHost, type EngineHost } from '#main/app/engine-host.ts';
import { createDriftReader } from '#main/drift/index.ts';
import { seededRandom } from '#main/practice/faults/random.ts';
import { startPracticeNetwork, type PracticeHandle } from '#main/practice/index.ts';
import { absentSigner } from '#test/support/absent-signer.ts';
import { networkOf } from '#test/support/keel-host.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { memorySlopes, type MemorySample } from './memory-slope.ts';
import type { SoakReport } from './report.ts';
import { scaledClock, type ScaledClock } from './scaled-clock.ts';
import { phases, type Phase } from './trouble.ts';

export interface SoakOptions {
  /** Of the soak's own time. */
  readonly minutes: number;
  readonly speed: number;
  readonly seed: number;
  say(line: string): void;
}

const POPULATION = { authorities: 3, subAccounts: 2 };
const DEPOSIT_EVERY_MS = 4_000;
const LOOK_EVERY_MS = 20_000;
const MEND_MS = 45_000;
const SLEEP_MS = 600_000;
const MINUTE_MS = 60_000;
const QUIET = 'quiet';
/** A quiet phase counts from here on: what was troubled before has come back. */
const SETTLED_MS = 25_000;

export async function soakHost(options: SoakOptions): Promise<SoakReport> {
  const folder = await mkdtemp(join(tmpdir(), 'keel-soak-'));
  const soak = new HostSoak(options, folder);
  try {
    await soak.open();
    return await soak.run();
  } finally {
    await soak.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

class HostSoak {
  readonly #options: SoakOptions;
  readonly #folder: string;
  readonly #clock: ScaledClock;
  readonly #random: () => number;
  readonly #unhandled: string[] = [];
  readonly #memory: MemorySample[] = [];
  readonly #collectGarbage = garbageCollector();
  #practice: PracticeHandle | null = null;
  #host: EngineHost | null = null;
  #rpcCalls = 0;
  #quietReads = 0;
  #quietHeartbeats = 0;
  #errors = 0;
  #recoveries = 0;
  readonly #onUnhandled = (fault: unknown): void => void this.#unhandled.push(String(fault));

  constructor(options: SoakOptions, folder: string) {
    this.#options = options;
    this.#folder = folder;
    this.#clock = scaledClock(options.speed);
    this.#random = seededRandom(options.seed);
  }

  async open(): Promise<void> {
    process.on('unhandledRejection', this.#onUnhandled);
    const practice = await this.#startPractice(0);
    const opened = openEngineHost({
      clock: this.#clock,
      logger: silentLogger,
      start: {
        type: 'start',
        dataDirectory: this.#folder,
        logDirectory: this.#folder,
        nativeBinding: null,
        liveNetworks: [],
        liveLockedBecause: null,
        sync: DEFAULT_SYNC_SETTINGS,
        capital: DEFAULT_CAPITAL_SETTINGS,
        watch: DEFAULT_WATCH_SETTINGS,
        haltAll: null,
        restore: null,
        crashFile: null,
        revisionBase: 0,
        loopReportEveryMs: MINUTE_MS,
        logLevel: 'info',
      },
      signer: absentSigner,
      publish: ({ type }) => {
        if (type === 'VAULT_SYNC_ERROR') this.#errors += 1;
        if (type === 'VAULT_SYNC_RECOVERED') this.#recoveries += 1;
      },
    });
    if (!opened.ok) throw new Error(opened.error.message);
    this.#host = opened.value;
    await this.#tellPractice(practice);
    practice.world.population.forEach((authority, at) => {
      for (let subAccountId = 0; subAccountId < POPULATION.subAccounts; subAccountId += 1) {
        const name = `Soaked ${at + 1}/${subAccountId}`;
        const key = address(authority.toBase58());
        const vault = { name, engine: 'soak', network: PRACTICE_NETWORK, authority: key };
        const added = opened.value.engine.addOnChainVault({ ...vault, subAccountId });
        if (!added.ok) throw new Error(added.error.message);
      }
    });
  }

  async run(): Promise<SoakReport> {
    const { minutes, speed, seed, say } = this.#options;
    const startMs = this.#clock.monotonicMs();
    const databaseFirstKb = await this.#databaseKb();
    let count = 0;
    for (const phase of phases(this.#random)) {
      const leftMs = startMs + minutes * MINUTE_MS - this.#clock.monotonicMs();
      if (leftMs <= 0) break;
      count += 1;
      say(`${phase.name} for ${Math.round(phase.forMs / 1000)} s`);
      await this.#play({ ...phase, forMs: Math.min(phase.forMs, leftMs) });
    }
    const hours = (this.#clock.monotonicMs() - startMs) / (60 * MINUTE_MS);
    const outOfStep = await this.#compareWithChain();
    const { engine } = this.#openHost();
    const heartbeats = this.#quietHeartbeats;
    return {
      minutes,
      speed,
      seed,
      phases: count,
      unhandled: this.#unhandled,
      memory: memorySlopes(this.#memory),
      rpcCallsPerHour: Math.round(this.#rpcCalls / hours),
      readsPerHeartbeat:
        heartbeats < 1 ? null : Math.round((this.#quietReads / heartbeats) * 100) / 100,
      syncErrors: this.#errors,
      recoveries: this.#recoveries,
      vaults: engine.views().length,
      outOfStep,
      databaseFirstKb,
      databaseLastKb: await this.#databaseKb(),
    };
  }

  async close(): Promise<void> {
    this.#host?.close();
    await this.#practice?.network.close();
    process.off('unhandledRejection', this.#onUnhandled);
  }

  async #play({ name, forMs, faults, act }: Phase): Promise<void> {
    const { network } = this.#openPractice();
    await network.setFaults(faults);
    if (act === 'restart') await this.#restartPractice();
    if (act === 'sleep') {
      this.#clock.sleep(SLEEP_MS * this.#random());
      this.#openHost().engine.wake();
    }
    const endMs = this.#clock.monotonicMs() + forMs;
    // Deposits bring reads of their own: in the settled part of a quiet phase there are heartbeats alone.
    const settledMs = name === QUIET ? SETTLED_MS : forMs;
    await this.#depositUntil(Math.min(endMs, endMs - forMs + settledMs));
    await this.#count();
    const before = this.#clock.monotonicMs();
    await this.#passUntil(endMs);
    const reads = await this.#count();
    if (name !== QUIET) return;
    this.#quietReads += reads;
    this.#quietHeartbeats +=
      (this.#clock.monotonicMs() - before) / DEFAULT_SYNC_SETTINGS.heartbeatMs;
  }

  /** Another client goes on working, whatever happens to Keel's line. */
  async #depositUntil(endMs: number): Promise<void> {
    while (this.#clock.monotonicMs() < endMs) {
      const amount = BigInt(1 + Math.floor(this.#random() * 1_000_000_000));
      const { network } = this.#openPractice();
      await network.depositAsOther({ subAccountId: 0, token: 'USDC', amount });
      await this.#passUntil(Math.min(endMs, this.#clock.monotonicMs() + DEPOSIT_EVERY_MS));
    }
  }

  async #passUntil(endMs: number): Promise<void> {
    for (;;) {
      this.#lookAtMemory();
      const leftMs = endMs - this.#clock.monotonicMs();
      if (leftMs <= 0) return;
      await this.#pass(Math.min(leftMs, LOOK_EVERY_MS));
    }
  }

  #lookAtMemory(): void {
    const atMs = this.#clock.monotonicMs();
    const last = this.#memory.at(-1);
    if (last !== undefined && atMs - last.atMs < LOOK_EVERY_MS) return;
    this.#collectGarbage();
    const { heapUsed, external, rss } = process.memoryUsage();
    const mb = 1_048_576;
    this.#memory.push({ process: 'heap', atMs, mb: (heapUsed + external) / mb });
    this.#memory.push({ process: 'resident', atMs, mb: rss / mb });
  }

  #pass(ms: number): Promise<void> {
    return new Promise((done) => void this.#clock.schedule(ms, done));
  }

  /** Calls of both nodes since the last count; the reads of vaults among them. */
  async #count(): Promise<number> {
    let reads = 0;
    for (const node of ['a', 'b'] as const) {
      const { perMethod } = await this.#openPractice().network.stats({ reset: true, node });
      this.#rpcCalls += Object.values(perMethod).reduce((sum, calls) => sum + calls, 0);
      reads += perMethod['getMultipleAccounts'] ?? 0;
    }
    return reads;
  }

  /** In words what is not as it must be. */
  async #compareWithChain(): Promise<readonly string[]> {
    const { network } = this.#openPractice();
    const { engine } = this.#openHost();
    await network.setFaults({});
    await this.#pass(MEND_MS);
    await engine.syncNow(null);
    const nowMs = this.#clock.nowMs();
    const { staleAfterMs } = DEFAULT_SYNC_SETTINGS;
    const notFresh = engine.views().flatMap(({ vault, state, synced }) => {
      const health = syncHealth(state, synced, nowMs, staleAfterMs);
      const why = state.failure?.error.message ?? '';
      return health === 'fresh' ? [] : [`${vault.name} is ${health}: ${why}`];
    });
    return notFresh.length > 0 ? notFresh : await this.#compareFrozen();
  }

  /** A chain that stands still is compared to the unit. */
  async #compareFrozen(): Promise<readonly string[]> {
    const { engine } = this.#openHost();
    await this.#openPractice().network.setFaults({ freezeSlots: true });
    await engine.syncNow(null);
    const onChain = engine
      .views()
      .flatMap(({ vault }) => (vault.vaultType === 'onChain' ? [vault] : []));
    const reader = createDriftReader({
      network: networkOf(this.#openPractice()),
      clock: this.#clock,
      logger: silentLogger,
      rpcTimeoutMs: MINUTE_MS,
    });
    const read = await reader.read(onChain, new Map());
    reader.close();
    if (!read.ok) return [`the independent read failed: ${read.error.message}`];
    return engine.views().flatMap(({ vault, state }) => {
      if (vault.vaultType === 'virtual') return [];
      const chain = read.value.observations.get(vault.id);
      const shown = state.observation?.snapshot;
      if (chain?.ok !== true || shown === undefined) return [`${vault.name} could not be read`];
      const same = rawQuantitiesOf(chain.value) === rawQuantitiesOf(shown);
      return same ? [] : [`${vault.name} shows other quantities than the chain`];
    });
  }

  async #startPractice(port: number): Promise<PracticeHandle> {
    const practice = await startPracticeNetwork({
      dataDir: join(this.#folder, 'practice'),
      port,
      seed: this.#options.seed,
      clock: this.#clock,
      world: { population: POPULATION },
    });
    this.#practice = practice;
    return practice;
  }

  /** On the same folder and port, as after a power cut. */
  async #restartPractice(): Promise<void> {
    const { network } = this.#openPractice();
    await this.#count();
    const { port } = network;
    await network.close();
    await this.#pass(3_000);
    await this.#tellPractice(await this.#startPractice(port));
  }

  async #tellPractice(practice: PracticeHandle): Promise<void> {
    const { authority, subAccountId } = practice.world.starter;
    const used = await this.#openHost().usePractice({
      type: 'practice',
      network: networkOf(practice, practice.network.endpoints),
      starter: { authority: address(authority.toBase58()), subAccountId },
    });
    if (!used.ok) throw new Error(used.error.message);
  }

  async #databaseKb(): Promise<number> {
    const file = join(this.#folder, 'database', 'keel.db');
    const sizes = await Promise.all(
      [file, `${file}-wal`].map(async (each) => (await stat(each).catch(() => null))?.size ?? 0),
    );
    return Math.round(sizes.reduce((sum, size) => sum + size, 0) / 1024);
  }

  #openPractice(): PracticeHandle {
    if (this.#practice === null) throw new Error('The practice network is not open');
    return this.#practice;
  }

  #openHost(): EngineHost {
    if (this.#host === null) throw new Error('The engine is not open');
    return this.#host;
  }
}

/** Node's own, which is off unless it is asked for. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
}
