import { useCallback, useEffect, useRef, useState } from 'react';
import type { VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { SyncRun } from '#domain/sync-run.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { request } from '#renderer/stores/commands.ts';

const PAGE = 30;

export interface SyncRuns {
  readonly runs: readonly SyncRun[] | null;
  readonly error: KeelError | null;
  readonly hasOlder: boolean;
  readonly loadOlder: () => Promise<void>;
}

/** The vault's runs, newest first; loaded again whenever the vault has changed and no run is under way. */
export function useSyncRuns(view: VaultView): SyncRuns {
  const { id } = view.vault;
  const [runs, setRuns] = useState<readonly SyncRun[] | null>(null);
  const [error, setError] = useState<KeelError | null>(null);
  const [hasOlder, setHasOlder] = useState(false);
  const shownVault = useRef<VaultId | null>(null);
  const settled = view.phase.kind !== 'reading';

  useEffect(() => {
    if (!settled && shownVault.current === id) return;
    let current = true;
    void request('vault.loadSyncRuns', { vaultId: id, limit: PAGE, before: null }).then(
      (answer) => {
        if (!current) return;
        setError(answer.ok ? null : answer.error);
        if (!answer.ok) return;
        const fresh = answer.value.runs;
        const sameVault = shownVault.current === id;
        shownVault.current = id;
        setRuns((before) => (sameVault ? mergeRuns(fresh, before ?? []) : fresh));
        if (!sameVault) setHasOlder(fresh.length === PAGE);
      },
    );
    return () => {
      current = false;
    };
  }, [id, view.revision, settled]);

  const loadOlder = useCallback(async () => {
    const before = runs?.at(-1)?.id ?? null;
    const answer = await request('vault.loadSyncRuns', { vaultId: id, limit: PAGE, before });
    setError(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    setRuns((shown) => mergeRuns(shown ?? [], answer.value.runs));
    setHasOlder(answer.value.runs.length === PAGE);
  }, [id, runs]);

  return { runs, error, hasOlder, loadOlder };
}

/** Newest first, each run once. */
export function mergeRuns(
  newer: readonly SyncRun[],
  older: readonly SyncRun[],
): readonly SyncRun[] {
  const known = new Set(newer.map(({ id }) => id));
  return [...newer, ...older.filter(({ id }) => !known.has(id))];
}
