import type { NetworkId, VaultId } from '#domain/ids.ts';
import type { NetworkStatus } from '#domain/network.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { DeskEvent } from '#ipc/contract.ts';

/** The main process's copy of what the engine last told: for the tray, and for a window that opens later. */
export interface DeskMirror {
  readonly views: readonly VaultView[];
  readonly statuses: readonly NetworkStatus[];
  /** Everything at once: the engine has opened its database. */
  replace(views: readonly VaultView[], statuses: readonly NetworkStatus[]): void;
  /** Takes over what an event carries; a lower revision than the one held is ignored. */
  apply(event: DeskEvent): void;
}

export function createDeskMirror(): DeskMirror {
  const views = new Map<VaultId, VaultView>();
  const statuses = new Map<NetworkId, NetworkStatus>();

  function takeView(view: VaultView): void {
    const held = views.get(view.vault.id);
    if (held === undefined || view.revision >= held.revision) views.set(view.vault.id, view);
  }

  return {
    get views() {
      return [...views.values()].sort((a, b) => a.vault.sortIndex - b.vault.sortIndex);
    },
    get statuses() {
      return [...statuses.values()];
    },
    replace(newViews, newStatuses) {
      views.clear();
      newViews.forEach(takeView);
      newStatuses.forEach((status) => statuses.set(status.network, status));
    },
    apply(event) {
      if (event.type === 'VAULT_CHANGED') takeView(event.view);
      if (event.type === 'NETWORK_CHANGED') statuses.set(event.status.network, event.status);
    },
  };
}
