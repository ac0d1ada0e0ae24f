import { gateOf, surroundingsOf } from '#renderer/stores/gates.ts';
import { useOperationStore } from '#renderer/stores/operation-store.ts';
import { useMemo } from 'react';
import { moneyOf } from '#domain/vault-totals.ts';
import { syncHealth } from '#domain/vault-state.ts';
import { useNow } from '#renderer/stores/clock-store.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { useStaleAfterMs, useVaultViews } from '#renderer/stores/selectors.ts';
import type { VaultRow } from './columns.ts';

/** All vaults with their state at this second. */
export function useVaultRows(): readonly VaultRow[] {
  const views = useVaultViews();
  const nowMs = useNow();
  const staleAfterMs = useStaleAfterMs();
  const networks = useDeskStore((state) => state.networks);
  const desk = useDeskStore();
  const operations = useOperationStore((state) => state.operations);
  const { running } = desk.engine;
  return useMemo(() => {
    const around = surroundingsOf(desk, operations.values(), nowMs);
    const labels = new Map(networks.map(({ id, label }) => [id, label]));
    return views.map((view) => ({
      view,
      money: moneyOf(view.vault, networks),
      networkLabel: labels.get(view.vault.network) ?? view.vault.network,
      health: syncHealth(view.state, view.synced && running, nowMs, staleAfterMs),
      allowed: gateOf(view, 'increase', around, running).allowed,
    }));
  }, [views, nowMs, staleAfterMs, networks, desk, operations, running]);
}
