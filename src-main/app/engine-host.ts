/** The engine with its store, its venues and its door: everything of the engine process except the process. */
import { randomUUID } from 'node:crypto';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import { PRACTICE_NETWORK, type Address, type NetworkId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Network } from '#domain/network.ts';
import { ok, type Result } from '#domain/result.ts';
import type { SyncSettings } from '#domain/sync-settings.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import type { ChannelName } from '#ipc/contract.ts';
import { createEngine, type Engine, type EngineDeps } from '#main/engine/index.ts';
import type { Clock, EngineEvent, Logger, Signer } from '#main/engine/ports.ts';
import { answerRequest } from '#main/ipc/answer-request.ts';
import { createEngineHandlers } from '#main/ipc/engine-handlers.ts';
import type { EngineStart, PracticeHandover } from '#main/ipc/engine-protocol.ts';
import type { Answer, EngineChannel, Handler } from '#main/ipc/handlers.ts';
import { appPaths } from '#main/platform/paths.ts';
import { openStore, type Store } from '#main/store/index.ts';
import { createVirtualCapital, createVirtualReader } from '#main/virtual/index.ts';
import { backupEntry, createBackupDesk } from './backup-desk.ts';
import { createEngineNetworks, type EngineNetworks } from './engine-networks.ts';
import { stackOf } from './fault-text.ts';
import { createFirstProfile } from './first-profile.ts';
import { beginPracticeAnew } from './practice-begun-anew.ts';

export interface EngineHostParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly start: EngineStart;
  readonly signer: Signer;
  /** Called at each point of an operation: fault tests end the process there. */
  readonly onPoint?: EngineDeps['onPoint'];
  publish(event: EngineEvent): void;
}

export interface EngineHost {
  readonly engine: Engine;
  readonly store: Store;
  /** Answers in wire form; never rejects. */
  answer(channel: ChannelName, request: unknown): Promise<Answer>;
  /** Where the practice network is now: fills an empty desk, moves the readers. */
  usePractice(handover: PracticeHandover): Promise<Result<null, KeelError>>;
  /** The live networks' endpoints have changed: their vaults are read over the new ones, without a restart. */
  useNetworks(networks: readonly Network[]): void;
  testEndpoint: EngineNetworks['testEndpoint'];
  /** Begins to sync; calling again is harmless. */
  begin(): Result<null, KeelError>;
  /** The computer has woken, or its network is back: before the engine reads, its endpoints forget what is stale. */
  resume(cause: 'wake' | 'online'): void;
  updateSettings(sync: SyncSettings, capital: CapitalSettings, watch: WatchSettings): void;
  close(): void;
}

/** Opens the database and the engine on it, and touches no network. Errors: those of `openStore` and `Engine.open`. */
export function openEngineHost(parts: EngineHostParts): Result<EngineHost, KeelError> {
  const { clock, logger, start } = parts;
  const paths = appPaths(start.dataDirectory);
  let { sync, capital, watch } = start;
  const opened = openStore({
    file: paths.database,
    clock,
    logger,
    backups: { folder: paths.backups, keep: () => capital.backupsKept },
    ...(start.nativeBinding === null ? {} : { nativeBinding: start.nativeBinding }),
  });
  if (!opened.ok) return opened;
  const store = opened.value;
  const networks = createEngineNetworks({
    clock,
    logger,
    live: start.liveNetworks,
    liveLockedBecause: start.liveLockedBecause,
    rpcTimeoutMs: () => sync.rpcTimeoutMs,
    watch: () => watch,
  });
  const engine = engineOn(parts, store, networks);
  const views = engine.open();
  if (!views.ok) {
    store.close();
    return views;
  }
  // Pressed while no engine ran: it holds before an open operation is taken up.
  if (start.haltAll !== null) engine.haltAll(start.haltAll.source);
  return ok({
    engine,
    store,
    ...door(engine, networks, store, parts),
    ...life(parts, engine, store, networks),
    useNetworks(next) {
      for (const id of networks.setLive(next)) engine.networkReplaced(id);
    },
    testEndpoint: (network, endpoint) => networks.testEndpoint(network, endpoint),
    resume(cause) {
      networks.resume(cause);
      if (cause === 'wake') engine.wake();
      else engine.connectionMayBeBack();
    },
    updateSettings(next, nextCapital, nextWatch) {
      capital = nextCapital;
      watch = nextWatch;
      engine.updateCapitalSettings(nextCapital);
      engine.updateWatchSettings(nextWatch);
      const timeoutChanged = next.rpcTimeoutMs !== sync.rpcTimeoutMs;
      sync = next;
      engine.updateSettings(next);
      // A reader takes its time-out when it is made.
      if (timeoutChanged) networks.list().forEach(({ id }) => engine.networkReplaced(id));
    },
    close() {
      engine.stop();
      networks.close();
      store.close();
    },
  });
}

function engineOn(parts: EngineHostParts, store: Store, networks: EngineNetworks): Engine {
  const { clock, logger, start } = parts;
  return createEngine({
    clock,
    logger,
    store: store.vaultStore,
    ledger: store.ledger,
    watchStore: store.watchStore,
    deskRecords: store.deskRecords,
    readerFor: (network, vaultType) =>
      vaultType === 'virtual'
        ? createVirtualReader(store.ledger, clock)
        : networks.openReader(network),
    journal: store.journal,
    capitalVenueFor: (network, vaultType) =>
      vaultType === 'virtual'
        ? createVirtualCapital({ ledger: store.ledger, clock, quote: networks.quoteOf(network) })
        : networks.openCapital(network, parts.signer),
    capitalSettings: start.capital,
    watchSettings: start.watch,
    onSignerState: (listener) => {
      const leave = parts.signer.onState(listener);
      // It may have told its state before the engine was there to hear it.
      listener(parts.signer.state());
      return leave;
    },
    ...(parts.onPoint === undefined ? {} : { onPoint: parts.onPoint }),
    networks: () => networks.list(),
    publisher: { publish: parts.publish },
    settings: start.sync,
    newId: randomUUID,
    revisionBase: start.revisionBase,
    ...(start.lost === undefined ? {} : { lost: start.lost }),
  });
}

function door(
  engine: Engine,
  networks: EngineNetworks,
  store: Store,
  { logger, clock }: Pick<EngineHostParts, 'logger' | 'clock'>,
): Pick<EngineHost, 'answer'> {
  const isAdded = (network: NetworkId, authority: Address, subAccountId: number): boolean =>
    engine
      .views()
      .some(
        ({ vault }) =>
          vault.vaultType === 'onChain' &&
          vault.network === network &&
          vault.authority === authority &&
          vault.subAccountId === subAccountId,
      );
  const handlers = createEngineHandlers(
    engine,
    (network, authority) =>
      networks.scan(network, authority, (id) => isAdded(network, authority, id)),
    createBackupDesk(store.backups, (backup) =>
      engine.recordActivity(backupEntry(backup, 'trader', clock.nowMs())),
    ),
  );
  return {
    answer(channel, request) {
      const handler = handlers[channel as EngineChannel] as Handler<EngineChannel>;
      return answerRequest(channel as EngineChannel, request, handler, (name, fault) =>
        logger.error('request.fault', { channel: name, fault: stackOf(fault) }),
      );
    },
  };
}

function life(
  { logger }: EngineHostParts,
  engine: Engine,
  store: Store,
  networks: EngineNetworks,
): Pick<EngineHost, 'usePractice' | 'begin'> {
  let begun = false;
  function begin(): Result<null, KeelError> {
    if (begun) return ok(null);
    const started = engine.start();
    if (!started.ok) return started;
    begun = true;
    return ok(null);
  }
  return {
    begin,
    async usePractice(handover) {
      const { network, starter } = handover;
      if (networks.setPractice(network)) engine.networkReplaced(PRACTICE_NETWORK);
      const started = begin();
      if (!started.ok) return started;
      const first = await createFirstProfile(engine, starter);
      if (!first.ok) return first;
      return beginPracticeAnew({ engine, store: store.vaultStore, logger }, handover);
    },
  };
}
