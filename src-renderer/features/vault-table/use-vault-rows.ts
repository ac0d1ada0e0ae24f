import { useMemo } from 'react';
import { tradingGate } from '#domain/trading-gate.ts';
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
  const running = useDeskStore((state) => state.engine.running);
  return useMemo(() => {
    const labels = new Map(networks.map(({ id, label }) => [id, label]));
    return views.map((view) => ({
      view,
      money: moneyOf(view.vault, networks),
      networkLabel: labels.get(view.vault.network) ?? view.vault.network,
      health: syncHealth(view.state, view.synced && running, nowMs, staleAfterMs),
      allowed: running && tradingGate(view, nowMs, staleAfterMs).allowed,
    }));
  }, [views, nowMs, staleAfterMs, networks, running]);
}
