import type { EngineVault } from '#domain/engine-vault.ts';
import type { VaultId } from '#domain/ids.ts';
import type { SyncPhase, VaultSyncState, VaultView } from '#domain/vault-state.ts';
import type { EngineEvent, Logger, Publisher } from './ports.ts';
import { wordsOf } from './engine-errors.ts';

type Change = Partial<Pick<VaultView, 'vault' | 'state' | 'phase' | 'synced'>>;

const IDLE: SyncPhase = { kind: 'idle' };

/**
 * All vaults as this run of Keel knows them. A view is replaced whole, never patched, and each change that is
 * published has a higher revision than the one before.
 */
export class VaultBook {
  readonly #views = new Map<VaultId, VaultView>();
  readonly #publisher: Publisher;
  readonly #logger: Logger;
  readonly #revisionBase: number;

  constructor(publisher: Publisher, logger: Logger, revisionBase: number) {
    this.#publisher = publisher;
    this.#logger = logger;
    this.#revisionBase = revisionBase;
  }

  add(vault: EngineVault, state: VaultSyncState): VaultView {
    const view = { vault, state, phase: IDLE, synced: false, revision: this.#revisionBase };
    this.#views.set(vault.id, view);
    return view;
  }

  get(id: VaultId): VaultView | undefined {
    return this.#views.get(id);
  }

  /** In the trader's order. */
  views(): readonly VaultView[] {
    return [...this.#views.values()].sort(
      (left, right) => left.vault.sortIndex - right.vault.sortIndex,
    );
  }

  /** Applies the change and tells it. Call it after the commit that the change stands for. */
  change(id: VaultId, change: Change): void {
    const before = this.#views.get(id);
    if (before === undefined) return;
    const view = { ...before, ...change, revision: before.revision + 1 };
    this.#views.set(id, view);
    this.publish({ type: 'VAULT_CHANGED', view });
  }

  /** At once and silently: nothing is vouched for until it is read again. Tell it by an empty change. */
  distrust(ids: Iterable<VaultId>): void {
    for (const id of ids) {
      const view = this.#views.get(id);
      if (view !== undefined) this.#views.set(id, { ...view, synced: false });
    }
  }

  /** A listener's fault is the listener's: it never stops the engine. */
  publish(event: EngineEvent): void {
    try {
      this.#publisher.publish(event);
    } catch (thrown) {
      this.#logger.error('publish.failed', { type: event.type, fault: wordsOf(thrown) });
    }
  }
}
