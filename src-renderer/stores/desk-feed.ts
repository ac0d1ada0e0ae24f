/**
 * Fills the stores: subscribes first, then loads, and ignores lower revisions, so that nothing published in
 * between is lost or overwritten. Events are gathered and applied together: a heartbeat of 400 vaults is one render.
 */
import { keelError } from '#domain/keel-error.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import type { Bridge } from '#renderer/bridge/bridge.ts';
import { acceptAnyAlertRevision, loadAlerts, receiveAlerts } from './alert-store.ts';
import { acceptAnyExchangeRevision, newerExchanges } from './exchanges.ts';
import { useDeskStore, type DeskStore } from './desk-store.ts';
import { receiveExport } from './export-store.ts';
import { openInbox, openOperation, openVault } from './navigation-store.ts';
import {
  acceptAnyOperationRevision,
  receiveOperations,
  useOperationStore,
} from './operation-store.ts';
import { tellListeners } from './event-listeners.ts';
import { showError, showToast } from './toast-store.ts';
import { acceptAnyRevision, receiveViews } from './vault-store.ts';

/** Connects the stores to the bridge. Returns the disconnect. */
export function startDeskFeed(bridge: Bridge): () => void {
  const unsubscribe = bridge.onEvents(
    (events) => {
      if (applyEvents(events)) void loadDesk(bridge);
    },
    (error) => showError('An update could not be read', error),
  );
  void loadDesk(bridge);
  return unsubscribe;
}

/** Loads the whole desk; also after a failure, by the trader's act. */
export async function loadDesk(bridge: Bridge): Promise<void> {
  const { statuses: before, signer: signerBefore, haltAll: haltBefore } = useDeskStore.getState();
  const desk = await bridge.invoke('desk.load', {});
  if (!desk.ok) {
    useDeskStore.setState(({ load }) =>
      load.kind === 'ready' ? {} : { load: { kind: 'failed', error: desk.error } },
    );
    return;
  }
  const { views, networks, statuses, settings, runtime, signer, notices, exchanges, haltAll } =
    desk.value;
  receiveViews(views);
  useDeskStore.setState((now) => ({
    load: now.load.kind === 'ready' ? now.load : { kind: 'ready', atMs: Date.now() },
    networks,
    // Statuses carry no revision: what arrived by event while the desk was loading is the newer one.
    statuses: new Map([
      ...statuses.map((status) => [status.network, status] as const),
      ...[...now.statuses].filter(([network, status]) => before.get(network) !== status),
    ]),
    exchanges: newerExchanges(now.exchanges, exchanges),
    haltAll: now.haltAll === haltBefore ? haltAll : now.haltAll,
    settings,
    runtime,
    signer: now.signer === signerBefore ? signer : now.signer,
    notices,
  }));
  await Promise.all([loadOperations(bridge), loadAlerts(bridge)]);
}

const NEWEST_OPERATIONS = 100;

/** The newest operations of all vaults; open ones are sent as events besides. */
async function loadOperations(bridge: Bridge): Promise<void> {
  const answer = await bridge.invoke('capital.loadOperations', {
    vaultId: null,
    limit: NEWEST_OPERATIONS,
    before: null,
  });
  if (answer.ok) receiveOperations(answer.value.operations);
  useOperationStore.setState({ failure: answer.ok ? null : answer.error, loaded: answer.ok });
}

/** Applies events in order; true when the engine has come back and the desk must be loaded again. */
export function applyEvents(events: readonly DeskEvent[]): boolean {
  let reload = false;
  let from = 0;
  events.forEach((event, index) => {
    if (event.type !== 'ENGINE_STATUS') return;
    // What an engine said before it went counts by its own revisions.
    applyStates(events.slice(from, index));
    from = index + 1;
    if (applyEngineStatus(event)) reload = true;
  });
  applyStates(from === 0 ? events : events.slice(from));
  tellListeners(events);
  announceRecoveries(events);
  return reload;
}

/** True when the engine has come back. */
function applyEngineStatus(event: DeskEvent & { type: 'ENGINE_STATUS' }): boolean {
  const back = event.running && !useDeskStore.getState().engine.running;
  if (back) {
    acceptAnyRevision();
    acceptAnyOperationRevision();
    acceptAnyAlertRevision();
    acceptAnyExchangeRevision();
    // What it missed was handed over at its start.
    useDeskStore.setState({ haltReachedEngine: true });
  }
  useDeskStore.setState({ engine: engineStatusOf(event) });
  return back;
}

/** Each store once, however many events there are. */
function applyStates(events: readonly DeskEvent[]): void {
  receiveViews(events.flatMap((event) => (event.type === 'VAULT_CHANGED' ? [event.view] : [])));
  receiveOperations(
    events.flatMap((event) => (event.type === 'OPERATION_CHANGED' ? [event.view] : [])),
  );
  receiveAlerts(events.flatMap((event) => (event.type === 'ALERT_CHANGED' ? [event.view] : [])));
  for (const event of events) applyToDesk(event);
}

function applyToDesk(event: DeskEvent): void {
  switch (event.type) {
    case 'NETWORK_CHANGED':
      useDeskStore.setState(({ statuses }) => ({
        statuses: new Map(statuses).set(event.status.network, event.status),
      }));
      return;
    case 'EXCHANGE_CHANGED':
      useDeskStore.setState(({ exchanges }) => ({
        exchanges: newerExchanges(exchanges, [event.view]),
      }));
      return;
    case 'HALT_ALL_CHANGED':
      useDeskStore.setState({
        haltAll: event.haltAll,
        ...(event.haltAll === null && { haltReachedEngine: true }),
      });
      return;
    case 'SIGNER_CHANGED':
      useDeskStore.setState({ signer: event.state });
      return;
    case 'SETTINGS_CHANGED':
      useDeskStore.setState({ settings: event.settings });
      return;
    case 'EXPORT_CHANGED':
      receiveExport(event.progress);
      return;
    case 'OPEN_VAULT':
      openVault(event.vaultId);
      return;
    case 'OPEN_OPERATION':
      openOperation(event.operationId);
      return;
    case 'LINK_REFUSED':
      showToast('bad', 'The link was not opened', event.reason);
      return;
    case 'OPEN_INBOX':
      openInbox();
      return;
    default:
  }
}

function engineStatusOf(event: DeskEvent & { type: 'ENGINE_STATUS' }): DeskStore['engine'] {
  if (event.running) return { running: true, error: null };
  const error =
    event.error ??
    keelError(
      'ENGINE_UNAVAILABLE',
      'retry',
      "Keel's engine has stopped.",
      'It is started again by itself; trading stays disabled until the vaults are verified.',
    );
  return { running: false, error };
}

function announceRecoveries(events: readonly DeskEvent[]): void {
  const names = events.flatMap((event) =>
    event.type === 'VAULT_SYNC_RECOVERED' ? [event.vaultName] : [],
  );
  const [first] = names;
  if (first === undefined) return;
  const who = names.length === 1 ? first : `${names.length} vaults`;
  const verb = names.length === 1 ? 'is' : 'are';
  showToast(
    'good',
    `${who} ${verb} verified again`,
    'Trading stays halted until you enable it on the vault page.',
  );
}
