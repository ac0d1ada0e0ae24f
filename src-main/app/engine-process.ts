/**
 * The engine process: the engine, the database and the venue's SDK, apart from the window's process, so that
 * neither can hold the other up. Speaks the protocol of `ipc/engine-protocol.ts` with the main process.
 */
import { z } from 'zod';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import { deskEventSchema } from '#ipc/contract.ts';
import { exchangeViewSchema } from '#ipc/watch-wire.ts';
import { networkStatusSchema, vaultViewSchema } from '#ipc/wire.ts';
import {
  toEngineSchema,
  type EngineStart,
  type FromEngineOnWire,
  type PracticeHandover,
  type ToEngine,
} from '#main/ipc/engine-protocol.ts';
import { createEventOutbox } from '#main/ipc/event-outbox.ts';
import { createLogger, type KeelLogger } from '#main/platform/logger.ts';
import { appPaths } from '#main/platform/paths.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { restoreBackup } from '#main/store/index.ts';
import { backupEntry } from './backup-desk.ts';
import { createCrashSeam } from './crash-seam.ts';
import { openEngineHost, type EngineHost } from './engine-host.ts';
import { createEngineSigner } from './engine-signer.ts';
import { watchEventLoop } from './event-loop-watch.ts';
import { endpointLabelsOf } from './endpoint-labels.ts';
import { stackOf } from './fault-text.ts';
import { keepStoreTidy } from './store-upkeep.ts';

/** Longer than the practice network ever takes; other networks do not wait for it any longer. */
const PRACTICE_WITHIN_MS = 15_000;

const clock = systemClock();
const port = process.parentPort;
const send = (message: FromEngineOnWire): void => port.postMessage(message);

const signer = createEngineSigner(send);

let logger: KeelLogger | null = null;
let host: EngineHost | null = null;
let told = false;
let stopping = false;
let handover: PracticeHandover | null = null;
let liveNetworks: EngineStart['liveNetworks'] = [];

const outbox = createEventOutbox({
  send: (event) => send({ type: 'event', event: z.encode(deskEventSchema, event) }),
  onFault: (event, fault) =>
    logger?.error('event.fault', { type: event.type, fault: stackOf(fault) }),
  monotonicMs: () => clock.monotonicMs(),
  yieldTo: (callback) => setImmediate(callback),
});

port.on('message', ({ data }) => {
  const message = toEngineSchema.safeParse(data);
  if (message.success) take(message.data);
  else logger?.error('engine.unreadable', { reason: message.error.message });
});

function take(message: ToEngine): void {
  switch (message.type) {
    case 'start':
      start(message);
      break;
    case 'practice':
      handover = message;
      void usePractice(message);
      break;
    case 'request':
      void host
        ?.answer(message.channel, message.request)
        .then((answer) => send({ type: 'answer', id: message.id, answer }));
      break;
    case 'settings':
      logger?.setLevel(message.logLevel);
      host?.updateSettings(message.sync, message.capital, message.watch);
      break;
    case 'signer-state':
      signer.takeState(message.state);
      break;
    case 'signer-answer':
      signer.takeAnswer(message.id, message.answer);
      break;
    case 'activity':
      // It has logged what keeps it from being written.
      host?.engine.recordActivity(message.entry);
      break;
    case 'networks':
      liveNetworks = message.networks;
      host?.useNetworks(message.networks);
      break;
    case 'test-endpoint':
      void host
        ?.testEndpoint(message.network, message.endpoint)
        .then((test) => send({ type: 'endpoint-tested', id: message.id, test }));
      break;
    case 'resume':
      host?.resume(message.cause);
      break;
    case 'stop':
      stop();
      break;
  }
}

function start(message: EngineStart): void {
  liveNetworks = message.liveNetworks;
  const log = createLogger({
    clock,
    source: 'engine',
    folder: message.logDirectory,
    level: message.logLevel,
    endpointLabels: () => endpointLabelsOf(liveNetworks),
  });
  logger = log;
  if (message.restore !== null) restore(message, message.restore);
  const onPoint = createCrashSeam(message.crashFile);
  const opened = openEngineHost({
    clock,
    logger: log,
    start: message,
    signer,
    ...(onPoint === null ? {} : { onPoint }),
    publish: (event) => outbox.add(event),
  });
  if (!opened.ok) {
    refuse(opened.error);
    return;
  }
  host = opened.value;
  log.info('engine.opened', { vaults: host.engine.views().length, sinceStartMs: sinceStartMs() });
  const { engine } = host;
  keepStoreTidy(host.store, clock, log, (backup) =>
    engine.recordActivity(backupEntry(backup, 'keel', clock.nowMs())),
  );
  watchEventLoop(message.loopReportEveryMs, (maxMs, spanMs, p99Ms) => {
    log.info('engine.loop', { maxMs, p99Ms, spanMs });
    send({ type: 'loop', maxMs, spanMs });
  });
  // An empty desk is first told with its first vaults, which need the practice network.
  if (host.engine.views().length > 0) tellOpened(host);
  clock.schedule(PRACTICE_WITHIN_MS, () => {
    if (handover !== null || host === null) return;
    log.warn('practice.late', { waitedMs: PRACTICE_WITHIN_MS });
    check(host.begin(), 'engine.start-failed');
    if (!told) tellOpened(host);
  });
  if (handover !== null) void usePractice(handover);
}

/** Before the database is opened: on an error it is as it was, and the engine runs on it again. */
function restore({ dataDirectory, nativeBinding }: EngineStart, name: string): void {
  const paths = appPaths(dataDirectory);
  const outcome = restoreBackup(
    {
      file: paths.database,
      folder: paths.backups,
      clock,
      ...(nativeBinding === null ? {} : { nativeBinding }),
    },
    name,
  );
  if (outcome.ok) logger?.warn('store.restored', { name, setAside: outcome.value.setAside });
  else check(outcome, 'store.not-restored');
  send({ type: 'restored', outcome });
}

async function usePractice(message: PracticeHandover): Promise<void> {
  if (host === null) return;
  try {
    check(await host.usePractice(message), 'practice.failed');
  } catch (fault) {
    logger?.error('practice.fault', { fault: stackOf(fault) });
  }
  if (!told) tellOpened(host);
}

function tellOpened({ engine, store }: EngineHost): void {
  told = true;
  outbox.flush();
  send({
    type: 'opened',
    views: z.encode(z.array(vaultViewSchema), [...engine.views()]),
    statuses: z.encode(z.array(networkStatusSchema), [...engine.networkStatuses()]),
    exchanges: z.encode(z.array(exchangeViewSchema), [...engine.exchangeViews()]),
    haltAll: engine.haltedAll(),
    notices: [...store.notices],
  });
}

function check(result: Result<unknown, KeelError>, event: string): void {
  if (!result.ok) logger?.error(event, { code: result.error.code, message: result.error.message });
}

function refuse(error: KeelError): void {
  logger?.error('engine.refused', { code: error.code, message: error.message });
  send({ type: 'refused', error });
}

function stop(): void {
  if (stopping) return;
  stopping = true;
  host?.close();
  outbox.flush();
  send({ type: 'stopped' });
  logger?.info('engine.stopped');
  // Gives the last messages a turn to leave.
  setTimeout(() => process.exit(0), 20);
}

function sinceStartMs(): number {
  return Math.round(performance.now());
}

// A Ctrl+C in a terminal reaches every process of the group, not the main process alone.
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
process.on('uncaughtException', (fault) => {
  logger?.error('engine.crashed', { fault: stackOf(fault) });
  process.exit(1);
});
process.on('unhandledRejection', (fault) => {
  logger?.error('engine.crashed', { fault: stackOf(fault) });
  process.exit(1);
});
