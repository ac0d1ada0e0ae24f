import { useCallback, useEffect, useMemo, useState } from 'react';
import { vaultsOf } from '#domain/capital-intent.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import type { VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { request } from '#renderer/stores/commands.ts';
import {
  inOperationOrder,
  isOpen,
  receiveOperations,
  useOperationStore,
} from '#renderer/stores/operation-store.ts';

const PAGE = 50;

export interface Operations {
  readonly shown: readonly OperationView[];
  readonly loaded: boolean;
  readonly error: KeelError | null;
  readonly hasOlder: boolean;
  readonly loadOlder: () => Promise<void>;
}

/**
 * One vault's operations, or all: a page from the journal, kept live by events. Shown is nothing older than the
 * oldest page loaded here, so that the list has no gap; open ones always.
 */
export function useOperations(vaultId: VaultId | null): Operations {
  const operations = useOperationStore((state) => state.operations);
  const [page, setPage] = useState<{ oldest: OperationView | null; more: boolean } | null>(null);
  const [error, setError] = useState<KeelError | null>(null);

  const load = useCallback(
    async (oldest: OperationView | null) => {
      const answer = await request('capital.loadOperations', {
        vaultId,
        limit: PAGE,
        before: oldest?.operation.id ?? null,
      });
      setError(answer.ok ? null : answer.error);
      if (!answer.ok) return;
      const loaded = answer.value.operations;
      receiveOperations(loaded);
      setPage({ oldest: loaded.at(-1) ?? oldest, more: loaded.length === PAGE });
    },
    [vaultId],
  );
  useEffect(() => void load(null), [load]);

  const shown = useMemo(() => {
    const sinceMs = page?.more === true ? (page.oldest?.operation.createdAtMs ?? 0) : 0;
    return inOperationOrder(
      [...operations.values()].filter(
        (view) =>
          (vaultId === null || vaultsOf(view.operation.intent).includes(vaultId)) &&
          (isOpen(view) || view.operation.createdAtMs >= sinceMs),
      ),
    );
  }, [operations, page, vaultId]);

  const loadOlder = useCallback(() => load(page?.oldest ?? null), [load, page]);
  return { shown, loaded: page !== null, error, hasOlder: page?.more === true, loadOlder };
}
