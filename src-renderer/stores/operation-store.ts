import { create } from 'zustand';
import { isFinal, type OperationView } from '#domain/capital-operation.ts';
import { vaultsOf } from '#domain/capital-intent.ts';
import type { OperationId, VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';

export type OperationsById = ReadonlyMap<OperationId, OperationView>;

interface OperationStore {
  readonly operations: OperationsById;
  /** Whether the journal has been read; until then nothing here means “none”. */
  readonly loaded: boolean;
  /** Why the journal could not be read the last time. */
  readonly failure: KeelError | null;
}

export const INITIAL_OPERATIONS: OperationStore = {
  operations: new Map(),
  loaded: false,
  failure: null,
};

export const useOperationStore = create<OperationStore>()(() => INITIAL_OPERATIONS);

/** Replaces each operation as a whole, unless what is there has the same or a higher revision. */
export function mergeOperations(
  known: OperationsById,
  incoming: readonly OperationView[],
): OperationsById {
  const merged = new Map(known);
  let changed = false;
  for (const view of incoming) {
    const there = merged.get(view.operation.id);
    if (there !== undefined && view.revision <= there.revision) continue;
    merged.set(view.operation.id, view);
    changed = true;
  }
  return changed ? merged : known;
}

export function receiveOperations(incoming: readonly OperationView[]): void {
  useOperationStore.setState(({ operations }) => ({
    operations: mergeOperations(operations, incoming),
  }));
}

/** A restarted engine counts revisions anew; what is on screen stays until it publishes. */
export function acceptAnyOperationRevision(): void {
  useOperationStore.setState(({ operations }) => ({
    operations: new Map([...operations].map(([id, view]) => [id, { ...view, revision: -1 }])),
  }));
}

export const isOpen = ({ operation }: OperationView): boolean => !isFinal(operation.state);

/** Whether the trader must act before it goes on. */
export const needsTrader = ({ wait }: OperationView): boolean =>
  wait?.kind === 'unlock' || wait?.kind === 'confirmation';

/** Open ones first, then the newest; equal times by id, so that the order never flickers. */
export function inOperationOrder(views: Iterable<OperationView>): readonly OperationView[] {
  return [...views].sort(
    (left, right) =>
      Number(isOpen(right)) - Number(isOpen(left)) ||
      right.operation.createdAtMs - left.operation.createdAtMs ||
      left.operation.id.localeCompare(right.operation.id),
  );
}

export function useOperation(id: OperationId): OperationView | undefined {
  return useOperationStore((state) => state.operations.get(id));
}

let open: { readonly of: OperationsById; readonly views: readonly OperationView[] } | null = null;

/** Those that have not ended, in their order; worked out once for each state of the store, whoever asks. */
function openOnes(operations: OperationsById): readonly OperationView[] {
  if (open?.of !== operations) {
    open = {
      of: operations,
      views: inOperationOrder([...operations.values()].filter(isOpen)),
    };
  }
  return open.views;
}

export function useOpenOperations(): readonly OperationView[] {
  return useOperationStore((state) => openOnes(state.operations));
}

/** The vault's open operation, if it has one: there is never a second. */
export function useOpenOperationOf(id: VaultId): OperationView | undefined {
  return useOperationStore((state) =>
    openOnes(state.operations).find(({ operation }) => vaultsOf(operation.intent).includes(id)),
  );
}
