/** The engine with database, reader and event stream, alone in a process: one argument, an `EngineOrder`. */
import { z } from 'zod';
import { DEFAULT_CAPITAL_SETTINGS } from '#domain/capital-settings.ts';
import { address, PRACTICE_NETWORK } from '#domain/ids.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import { deskEventSchema } from '#ipc/contract.ts';
import { openEngineHost, type EngineHost } from '#main/app/engine-host.ts';
import type { Logger } from '#main/engine/ports.ts';
import { createEventOutbox } from '#main/ipc/event-outbox.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { absentSigner } from '#test/support/absent-signer.ts';
import { eventually } from '#test/support/shell-profile.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { median, rounded } from './figures.ts';
import { watchHold } from './hold.ts';
import type { EngineOrder, EngineReport } from './orders.ts';
import { networkOfPlace, vaultsOfPlace } from './place.ts';
import { orderOf, report } from './target-process.ts';

const BEATS_WITHIN_MS = 300_000;

const order = orderOf<EngineOrder>();
const clock = systemClock();
const roundsMs: number[] = [];
let lastSentMs = 0;
const outbox = createEventOutbox({
  send(event) {
    process.send?.({ event: z.encode(deskEventSchema, event) });
    if (event.type === 'VAULT_CHANGED' && event.view.vault.vaultType === 'onChain') {
      lastSentMs = performance.now();
    }
  },
  onFault: (_, fault) => {
    throw fault;
  },
  monotonicMs: () => clock.monotonicMs(),
  yieldTo: (callback) => setImmediate(callback),
});
let roundStartedMs = 0;
const logger: Logger = {
  ...silentLogger,
  debug(event, { ms, rpcCalls } = {}) {
    if (event !== 'sync.round' || rpcCalls === 0) return;
    if (lastSentMs > roundStartedMs && roundStartedMs > 0) {
      roundsMs.push(lastSentMs - roundStartedMs);
    }
    roundStartedMs = performance.now() - Number(ms);
  },
};

function openHost(): EngineHost {
  const opened = openEngineHost({
    clock,
    logger,
    start: {
      type: 'start',
      dataDirectory: order.dataDir,
      logDirectory: order.dataDir,
      nativeBinding: null,
      liveNetworks: [],
      liveLockedBecause: null,
      sync: { ...DEFAULT_SYNC_SETTINGS, heartbeatMs: order.heartbeatMs },
      capital: DEFAULT_CAPITAL_SETTINGS,
      watch: DEFAULT_WATCH_SETTINGS,
      logLevel: 'info',
      haltAll: null,
      restore: null,
      crashFile: null,
      revisionBase: 0,
      loopReportEveryMs: 60_000,
    },
    signer: absentSigner,
    publish: (event) => outbox.add(event),
  });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

function addVaults({ engine }: EngineHost): void {
  for (const { authority, subAccountId } of vaultsOfPlace(order.practice, order.vaults)) {
    const added = engine.addOnChainVault({
      name: `${authority.slice(0, 4)} ${subAccountId}`,
      engine: 'bench',
      network: PRACTICE_NETWORK,
      authority: address(authority),
      subAccountId,
    });
    if (!added.ok) throw new Error(added.error.message);
  }
}

const isVerified = (host: EngineHost): boolean =>
  host.engine.views().every(({ state }) => state.verification.kind === 'verified');

const host = openHost();
const used = await host.usePractice({
  type: 'practice',
  network: networkOfPlace(order.practice),
  starter: {
    authority: address(order.practice.starter.authority),
    subAccountId: order.practice.starter.subAccountId,
  },
});
if (!used.ok) throw new Error(used.error.message);
// The SDK is loaded by now: once per start, before there is a vault to keep in step.
await eventually('the first profile is verified', () => isVerified(host));

addVaults(host);
const coldWatch = watchHold();
await eventually('all vaults are verified', () => isVerified(host));
const coldHold = coldWatch();

const measured = await beatsMeasured();
const turnCpuMaxMs = await longestTurn();
const result: EngineReport = {
  vaults: host.engine.views().length,
  beats: order.beats,
  coldHold,
  ...measured,
  turnCpuMaxMs,
  rssMb: Math.round(process.memoryUsage.rss() / 1024 / 1024),
};
host.close();
report(result);

async function beats(count: number): Promise<void> {
  roundsMs.length = 0;
  await eventually('the heartbeats', () => roundsMs.length >= count, BEATS_WITHIN_MS);
}

async function beatsMeasured(): Promise<Pick<EngineReport, 'hold' | 'cpuShare' | 'roundMs'>> {
  const watch = watchHold();
  const cpu = process.cpuUsage();
  const startedMs = performance.now();
  await beats(order.beats);
  const spent = process.cpuUsage(cpu);
  const cpuMs = (spent.user + spent.system) / 1000;
  return {
    hold: watch(),
    cpuShare: rounded(cpuMs / (performance.now() - startedMs)),
    roundMs: rounded(median(roundsMs)),
  };
}

/** Looks at every turn of the loop, which keeps it turning: apart from the heartbeats that are timed. */
async function longestTurn(): Promise<number> {
  if (order.beats === 0) return 0;
  let longestMs = 0;
  let turning = true;
  let turnBeganMs = threadCpuMs();
  const turn = (): void => {
    longestMs = Math.max(longestMs, threadCpuMs() - turnBeganMs);
    turnBeganMs = threadCpuMs();
    if (turning) setImmediate(turn);
  };
  turn();
  await beats(Math.ceil(order.beats / 2));
  turning = false;
  return rounded(longestMs);
}

function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
