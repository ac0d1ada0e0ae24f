/**
 * Keel's engine: keeps every vault in step with its venue and says whether it may trade. Entry point: `createEngine`.
 * Invariants: figures are told of only after they are stored; a failed read is never a zero; trading stops the
 * moment that the figures cannot be vouched for and begins again by the trader's act alone.
 */
import type { VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import type { SyncSettings } from '#domain/sync-settings.ts';
import type { Engine, EngineDeps, Outcome } from './engine.ts';
import { engineFault, inputInvalid, vaultNotFound, wordsOf } from './engine-errors.ts';
import { ActivityDesk } from './desk/activity-desk.ts';
import { deskQueries } from './desk/desk-queries.ts';
import { tellingActs } from './desk/trader-acts.ts';
import { CapitalDesk } from './capital/capital-desk.ts';
import { Gatekeeper } from './risk/gatekeeper.ts';
import { haltEverything, liftHaltAll } from './risk/halt-everything.ts';
import { WatchDesk } from './risk/watch-desk.ts';
import type { Publisher } from './ports.ts';
import { SyncGroups } from './sync-groups.ts';
import { VaultBook } from './vault-book.ts';
import { changePaper } from './vaults/paper-commands.ts';
import { enableTrading, haltTrading } from './vaults/trading-commands.ts';
import {
  activate,
  addOnChainVault,
  createVirtualVault,
  rename,
  reorder,
  setArchived,
  type CommandPorts,
} from './vaults/vault-commands.ts';

export { CRASH_POINTS, type CrashPoint } from './capital/crash-points.ts';
export type {
  CapitalRequest,
  Engine,
  EngineDeps,
  EngineNetwork,
  Outcome,
  PaperRequest,
} from './engine.ts';

export function createEngine(deps: EngineDeps): Engine {
  let settings = deps.settings;
  let watchSettings = deps.watchSettings;
  const activity: ActivityDesk = new ActivityDesk(deps, (id) => book.get(id));
  /** What is published is written down after it: an alert that follows from it comes behind it. */
  const heard: Publisher = {
    publish(event) {
      try {
        deps.publisher.publish(event);
      } finally {
        activity.onEvent(event);
      }
    },
  };
  const watch: WatchDesk = new WatchDesk({
    deps: { ...deps, publisher: heard },
    settings: () => watchSettings,
    views: () => book.views(),
    viewOf: (id) => book.get(id),
  });
  const publisher: Publisher = {
    publish(event) {
      try {
        heard.publish(event);
      } finally {
        watch.onEvent(event);
      }
    },
  };
  const book = new VaultBook(publisher, deps.logger, deps.revisionBase ?? 0);
  const { clock, logger, store, newId } = deps;
  const groups = new SyncGroups(deps.readerFor, deps.networks, {
    clock,
    logger,
    store,
    book,
    newId,
    settings: () => settings,
    onExchange: (network, observation) => watch.onExchange(network, observation),
    together: (work) => watch.together(work),
  });
  const gate: Gatekeeper = new Gatekeeper({
    deps,
    staleAfterMs: () => settings.staleAfterMs,
    watch: () => watchSettings,
    statuses: () => groups.statuses(),
    exchanges: () => watch.exchangeViews(),
    operations: () => capital.openViews(),
  });
  const ports: CommandPorts = { deps, book, groups, gate };
  const capital = new CapitalDesk(ports);
  const engine: Engine = {
    ...lifecycle(ports, capital, watch, activity, (next) => {
      settings = next;
    }),
    ...watchQueries(watch),
    updateWatchSettings(next) {
      watchSettings = next;
      watch.settingsChanged();
    },
    ...capitalCommands(capital),
    ...queries(ports),
    ...commands(ports, capital, () => settings.staleAfterMs),
    syncNow: (vaultId) => syncNow(ports, vaultId),
    haltAll: (source) => haltEverything(ports, capital, source),
    liftHaltAll: () => liftHaltAll(ports),
    haltedAll: () => gate.haltAll,
    ...deskQueries({
      deps,
      book,
      openView: (id) => capital.openViews().find(({ operation }) => operation.id === id),
    }),
    recordActivity: (entry) => activity.record(entry),
  };
  return {
    ...engine,
    ...tellingActs(engine, {
      deps,
      viewOf: (id) => book.get(id),
      record: engine.recordActivity,
    }),
  };
}

type VaultCommands = Pick<
  Engine,
  | 'createVirtualVault'
  | 'addOnChainVault'
  | 'rename'
  | 'setArchived'
  | 'reorder'
  | 'activate'
  | 'changePaper'
  | 'enableTrading'
  | 'haltTrading'
>;

function commands(
  ports: CommandPorts,
  capital: CapitalDesk,
  staleAfterMs: () => number,
): VaultCommands {
  return {
    createVirtualVault: (request) => createVirtualVault(ports, request),
    addOnChainVault: (request) => addOnChainVault(ports, request),
    rename: (vaultId, name) => rename(ports, vaultId, name),
    setArchived: (vaultId, archived) =>
      whileNothingIsOpen(capital, vaultId, () => setArchived(ports, vaultId, archived)),
    reorder: (order) => reorder(ports, order),
    activate: (vaultId) => activate(ports, vaultId),
    changePaper: async (vaultId, request) =>
      await whileNothingIsOpen(capital, vaultId, () =>
        changePaper(ports, vaultId, request, staleAfterMs()),
      ),
    enableTrading: (vaultId) => enableTrading(ports, vaultId),
    haltTrading: (vaultId) => haltTrading(ports, vaultId),
  };
}

type WatchQueries = Pick<
  Engine,
  'exchangeViews' | 'loadAlerts' | 'acknowledgeAlert' | 'acknowledgeAllAlerts'
>;

function watchQueries(watch: WatchDesk): WatchQueries {
  return {
    exchangeViews: () => watch.exchangeViews(),
    loadAlerts: (limit, before) => watch.loadAlerts(limit, before),
    acknowledgeAlert: (alertId) => watch.acknowledge(alertId),
    acknowledgeAllAlerts: () => watch.acknowledgeAll(),
  };
}

type Lifecycle = Pick<
  Engine,
  'open' | 'start' | 'stop' | 'wake' | 'connectionMayBeBack' | 'networkReplaced' | 'updateSettings'
>;

function lifecycle(
  ports: CommandPorts,
  capital: CapitalDesk,
  watch: WatchDesk,
  activity: ActivityDesk,
  setSettings: (next: SyncSettings) => void,
): Lifecycle {
  const { book, groups, gate } = ports;
  let opened = false;
  const open = (): ReturnType<Engine['open']> => {
    if (opened) return ok({ views: book.views() });
    try {
      loadVaults(ports);
      watch.open(gate.haltAll);
    } catch (thrown) {
      return err(engineFault('loading the vaults', thrown));
    }
    opened = true;
    activity.opened(book.views().filter(({ vault }) => vault.archivedAtMs === null).length);
    return ok({ views: book.views() });
  };
  return {
    open,
    start() {
      const result = open();
      if (!result.ok) return result;
      activity.takeUp();
      watch.start();
      groups.start();
      return capital.start();
    },
    stop() {
      watch.stop();
      capital.stop();
      groups.stop();
      gate.stop();
      activity.stop();
    },
    wake() {
      groups.wake();
      capital.wake();
    },
    connectionMayBeBack() {
      void groups.syncAll('reconnect');
      capital.wake();
    },
    networkReplaced(network) {
      watch.networkReplaced(network);
      groups.replaceReaders(network);
      capital.networkReplaced(network);
    },
    updateSettings(next) {
      setSettings(next);
      groups.settingsChanged();
    },
  };
}

type CapitalCommands = Pick<
  Engine,
  | 'updateCapitalSettings'
  | 'requestCapital'
  | 'cancelOperation'
  | 'loadCapitalFacts'
  | 'loadAuthorityFacts'
  | 'loadOperations'
>;

function capitalCommands(capital: CapitalDesk): CapitalCommands {
  return {
    updateCapitalSettings: (next) => capital.updateSettings(next),
    requestCapital: (request) => capital.request(request),
    cancelOperation: (operationId) => capital.cancel(operationId),
    loadCapitalFacts: (vaultId) => capital.loadFacts(vaultId),
    loadAuthorityFacts: (network, authority) => capital.loadAuthorityFacts(network, authority),
    loadOperations: (vaultId, limit, before) => capital.loadOperations(vaultId, limit, before),
  };
}

/** What an open operation expects of a vault is changed by nothing else. */
function whileNothingIsOpen<Answer>(
  capital: CapitalDesk,
  vaultId: VaultId,
  act: () => Answer,
): Answer | { readonly ok: false; readonly error: KeelError } {
  const open = capital.openOn(vaultId);
  return open === null ? act() : err(open);
}

function loadVaults({ deps, book, groups, gate }: CommandPorts): void {
  takeOverHalt(deps, gate);
  const rows = deps.store
    .loadVaults()
    .map((vault) => ({ vault, state: deps.store.loadSyncState(vault.id) }));
  for (const { vault, state } of rows) {
    book.add(vault, state);
    if (vault.archivedAtMs === null) groups.add(vault);
  }
}

/** A record that cannot be read is a halt all the same: it keeps nothing from opening, and the trader can lift it. */
function takeOverHalt({ watchStore, logger }: EngineDeps, gate: Gatekeeper): void {
  try {
    gate.takeOver(watchStore.loadHaltAll());
  } catch (thrown) {
    logger.error('trading.halt-not-loaded', { fault: wordsOf(thrown) });
    gate.haltUnread();
  }
}

type Queries = Pick<
  Engine,
  'views' | 'networkStatuses' | 'gateOf' | 'loadPaperEntries' | 'loadSyncRuns' | 'loadHistory'
>;

function queries({ deps, book, groups, gate }: CommandPorts): Queries {
  const ofVault = <Value>(vaultId: VaultId, load: () => Value): Outcome<Value> => {
    if (book.get(vaultId) === undefined) return err(vaultNotFound(vaultId));
    try {
      return ok(load());
    } catch (thrown) {
      return err(engineFault('loading from the database', thrown));
    }
  };
  return {
    views: () => book.views(),
    networkStatuses: () => groups.statuses(),
    gateOf(vaultId, act, market = null) {
      const view = book.get(vaultId);
      if (view === undefined) return err(vaultNotFound(vaultId));
      return ok(gate.answer(view, act, market));
    },
    loadPaperEntries: (vaultId, limit) =>
      ofVault(vaultId, () => ({ entries: deps.ledger.loadEntries(vaultId, limit) })),
    loadSyncRuns: (vaultId, limit, before) =>
      ofVault(vaultId, () => ({
        runs:
          before === null
            ? deps.store.loadSyncRuns(vaultId, limit)
            : deps.store.loadSyncRuns(vaultId, limit, before),
      })),
    loadHistory(vaultId, fromMs, toMs) {
      const problem = checkSpan(fromMs, toMs);
      if (problem !== null) return err(problem);
      return ofVault(vaultId, () => ({ points: deps.store.loadHistory(vaultId, fromMs, toMs) }));
    },
  };
}

function checkSpan(fromMs: number, toMs: number): KeelError | null {
  if (fromMs <= toMs) return null;
  return inputInvalid(
    'fromMs',
    String(fromMs),
    `is after toMs ${toMs}`,
    'Choose a span that begins before it ends.',
  );
}

async function syncNow(
  { book, groups }: CommandPorts,
  vaultId: VaultId | null,
): ReturnType<Engine['syncNow']> {
  if (vaultId === null) return ok(counted(await groups.syncAll('request')));
  const view = book.get(vaultId);
  if (view === undefined) return err(vaultNotFound(vaultId));
  if (view.vault.archivedAtMs !== null) {
    return err(inputInvalid('vaultId', view.vault.name, 'is archived', 'Restore the vault first.'));
  }
  return ok(counted([await groups.sync(view.vault, 'request')]));
}

function counted(ends: readonly { readonly verified: boolean }[]) {
  const verified = ends.filter((end) => end.verified).length;
  return { verified, failed: ends.length - verified };
}
