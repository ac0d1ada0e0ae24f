import { isFinal, type OperationView } from '#domain/capital-operation.ts';
import type { ExchangeView } from '#domain/exchange-state.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import type { NetworkId, OperationId, VaultId } from '#domain/ids.ts';
import type { NetworkStatus } from '#domain/network.ts';
import { SIGNER_NOT_STARTED, type SignerState } from '#domain/signer-state.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { DeskEvent } from '#ipc/contract.ts';

/** What the engine tells when it has opened its database. */
export interface EngineDesk {
  readonly views: readonly VaultView[];
  readonly statuses: readonly NetworkStatus[];
  readonly exchanges: readonly ExchangeView[];
  readonly haltAll: HaltAll | null;
}

/**
 * The main process's copy of what the engine and the signer last told: for the tray, and for a window that opens later.
 * It holds everything that the trading gate judges by.
 */
export interface DeskMirror extends EngineDesk {
  /** Those that have not ended. */
  readonly operations: readonly OperationView[];
  readonly signer: SignerState;
  /** Everything at once: the engine has opened its database. */
  replace(desk: EngineDesk): void;
  /** Operations that the engine has loaded; those that have ended count for nothing. */
  takeOperations(operations: readonly OperationView[]): void;
  /** Takes over what an event carries; a lower revision than the one held is ignored. */
  apply(event: DeskEvent): void;
}

export function createDeskMirror(): DeskMirror {
  const views = new Map<VaultId, VaultView>();
  const statuses = new Map<NetworkId, NetworkStatus>();
  const exchanges = new Map<NetworkId, ExchangeView>();
  const operations = new Map<OperationId, OperationView>();
  let haltAll: HaltAll | null = null;
  let signer = SIGNER_NOT_STARTED;

  function takeView(view: VaultView): void {
    takeNewer(views, view.vault.id, view);
  }

  function takeOperation(view: OperationView): void {
    takeNewer(operations, view.operation.id, view);
  }

  return {
    get views() {
      return [...views.values()].sort((a, b) => a.vault.sortIndex - b.vault.sortIndex);
    },
    get statuses() {
      return [...statuses.values()];
    },
    get exchanges() {
      return [...exchanges.values()];
    },
    get operations() {
      // An ended one is kept: what was loaded before it ended must not open it again.
      return [...operations.values()].filter(({ operation }) => !isFinal(operation.state));
    },
    get haltAll() {
      return haltAll;
    },
    get signer() {
      return signer;
    },
    replace(desk) {
      views.clear();
      exchanges.clear();
      operations.clear();
      desk.views.forEach(takeView);
      desk.statuses.forEach((status) => statuses.set(status.network, status));
      desk.exchanges.forEach((view) => exchanges.set(view.network, view));
      haltAll = desk.haltAll;
    },
    takeOperations(loaded) {
      loaded.filter(({ operation }) => !isFinal(operation.state)).forEach(takeOperation);
    },
    apply(event) {
      if (event.type === 'VAULT_CHANGED') takeView(event.view);
      if (event.type === 'NETWORK_CHANGED') statuses.set(event.status.network, event.status);
      if (event.type === 'EXCHANGE_CHANGED') takeNewer(exchanges, event.view.network, event.view);
      if (event.type === 'OPERATION_CHANGED') takeOperation(event.view);
      if (event.type === 'HALT_ALL_CHANGED') haltAll = event.haltAll;
      if (event.type === 'SIGNER_CHANGED') signer = event.state;
    },
  };
}

function takeNewer<Key, View extends { readonly revision: number }>(
  held: Map<Key, View>,
  key: Key,
  view: View,
): void {
  const before = held.get(key);
  if (before === undefined || view.revision >= before.revision) held.set(key, view);
}
