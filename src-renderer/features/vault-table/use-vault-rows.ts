import { useMemo } from 'react';
import { moneyOf } from '#domain/vault-totals.ts';
import { syncHealth } from '#domain/vault-state.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { gateOf } from '#renderer/stores/gates.ts';
import { useSurroundings, useVaultViews } from '#renderer/stores/selectors.ts';
import type { VaultRow } from './columns.ts';

/** All vaults with their state at this second. */
export function useVaultRows(): readonly VaultRow[] {
  const views = useVaultViews();
  const networks = useDeskStore((state) => state.networks);
  const around = useSurroundings();
  return useMemo(() => {
    const { nowMs, staleAfterMs, running } = around;
    const labels = new Map(networks.map(({ id, label }) => [id, label]));
    return views.map((view) => ({
      view,
      money: moneyOf(view.vault, networks),
      networkLabel: labels.get(view.vault.network) ?? view.vault.network,
      health: syncHealth(view.state, view.synced && running, nowMs, staleAfterMs),
      gate: gateOf(view, 'increase', around),
    }));
  }, [views, networks, around]);
}
