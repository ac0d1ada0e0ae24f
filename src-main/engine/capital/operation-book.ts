import { isFinal, type CapitalOperation, type OperationView } from '#domain/capital-operation.ts';
import type { OperationId } from '#domain/ids.ts';
import type { VaultBook } from '../vault-book.ts';

type Change = Partial<Pick<OperationView, 'operation' | 'wait' | 'finalizedBlockHeight'>>;

/** The open operations as the window sees them; each change that is told has a higher revision than the one before. */
export class OperationBook {
  readonly #open = new Map<OperationId, OperationView>();
  /** Also of operations that have ended in this run: what is loaded later must not look older. */
  readonly #revisions = new Map<OperationId, number>();
  readonly #vaults: Pick<VaultBook, 'publish'>;
  readonly #revisionBase: number;

  constructor(vaults: Pick<VaultBook, 'publish'>, revisionBase: number) {
    this.#vaults = vaults;
    this.#revisionBase = revisionBase;
  }

  openViews(): readonly OperationView[] {
    return [...this.#open.values()];
  }

  add(operation: CapitalOperation): void {
    this.#open.set(operation.id, this.#initial(operation));
    this.change(operation.id, {});
  }

  /** Applies the change and tells it. Call it after the commit that the change stands for. */
  change(id: OperationId, change: Change): void {
    const before = this.#open.get(id);
    if (before === undefined) return;
    const view = { ...before, ...change, revision: before.revision + 1 };
    this.#revisions.set(id, view.revision);
    if (isFinal(view.operation.state)) this.#open.delete(id);
    else this.#open.set(id, view);
    this.#vaults.publish({ type: 'OPERATION_CHANGED', view });
  }

  get(id: OperationId): OperationView | undefined {
    return this.#open.get(id);
  }

  /** A row of the journal as the window sees it. */
  viewOf(operation: CapitalOperation): OperationView {
    return this.#open.get(operation.id) ?? this.#initial(operation);
  }

  #initial(operation: CapitalOperation): OperationView {
    const revision = this.#revisions.get(operation.id) ?? this.#revisionBase;
    return { operation, wait: null, finalizedBlockHeight: null, revision };
  }
}
