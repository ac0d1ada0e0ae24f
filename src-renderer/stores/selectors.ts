import { useCallback, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { NetworkId, VaultId } from '#domain/ids.ts';
import { syncHealth, type SyncHealth, type VaultView } from '#domain/vault-state.ts';
import type { NetworkView } from '#ipc/contract.ts';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { MarketState } from '#domain/exchange-state.ts';
import type { GateAnswer, GateReason, TradingAct } from '#domain/gate-reason.ts';
import { deriveAlarms, type Alarm } from './alarms.ts';
import { useClockStore, useNow } from './clock-store.ts';
import { useDeskStore } from './desk-store.ts';
import { gateOf, reasonsOf, surroundingsOf, type Surroundings } from './gates.ts';
import { useOperationStore } from './operation-store.ts';
import { useVaultStore, type ViewsById } from './vault-store.ts';

/** In the trader's own order. */
export function inOrder(views: ViewsById): readonly VaultView[] {
  return [...views.values()].sort(
    (left, right) =>
      left.vault.sortIndex - right.vault.sortIndex ||
      left.vault.createdAtMs - right.vault.createdAtMs,
  );
}

export function useVaultViews(): readonly VaultView[] {
  const views = useVaultStore((state) => state.views);
  return useMemo(() => inOrder(views), [views]);
}

export function useVaultView(id: VaultId): VaultView | undefined {
  return useVaultStore((state) => state.views.get(id));
}

/** Names by id, for words; a vault that is not known yet is told by the start of its id. */
export function useVaultName(): (id: VaultId) => string {
  const views = useVaultStore((state) => state.views);
  return useCallback((id) => views.get(id)?.vault.name ?? `vault ${id.slice(0, 8)}`, [views]);
}

export function useNetworkView(id: NetworkId): NetworkView | undefined {
  return useDeskStore((state) => state.networks.find((network) => network.id === id));
}

export function useStaleAfterMs(): number {
  return useDeskStore((state) => state.settings.sync.staleAfterMs);
}

/** Health at this second. A stopped engine vouches for nothing: what it left behind is stale at best. */
export function useSyncHealth(view: VaultView): SyncHealth {
  const nowMs = useNow();
  const staleAfterMs = useStaleAfterMs();
  const running = useDeskStore((state) => state.engine.running);
  return syncHealth(view.state, view.synced && running, nowMs, staleAfterMs);
}

/** What every gate is judged by at this second. */
export function useSurroundings(): Surroundings {
  const nowMs = useNow();
  const operations = useOperationStore((state) => state.operations);
  const desk = useDeskStore(
    useShallow(({ statuses, exchanges, haltAll, settings, signer, networks, engine }) => ({
      statuses,
      exchanges,
      haltAll,
      settings,
      signer,
      networks,
      engine,
    })),
  );
  return surroundingsOf(desk, operations, nowMs);
}

/** The engine's own answer, drawn again every second; without a running engine nothing may trade. */
export function useTradingGate(
  view: VaultView,
  act: TradingAct = 'increase',
  market: MarketState | null = null,
): GateAnswer {
  return gateOf(view, act, useSurroundings(), market);
}

/** Every reason of any act, the gravest first. */
export function useGateReasons(view: VaultView): readonly GateReason[] {
  return reasonsOf(view, useSurroundings());
}

/** The acts that moving money is; the other side of a transfer is judged in its form. */
const ACT_OF_MOVE: Readonly<Record<MoveKind, TradingAct>> = {
  deposit: 'deposit',
  withdraw: 'withdraw',
  transfer: 'withdraw',
};

/** Why the vault may not move money that way now; for where no component is at hand. */
export function reasonsAgainstMove(move: MoveKind, view: VaultView): readonly GateReason[] {
  const { operations } = useOperationStore.getState();
  const { nowMs } = useClockStore.getState();
  const around = surroundingsOf(useDeskStore.getState(), operations, nowMs);
  return gateOf(view, ACT_OF_MOVE[move], around).reasons;
}

/** The same, drawn again every second. */
export function useReasonsAgainstMove(move: MoveKind, view: VaultView): readonly GateReason[] {
  return useTradingGate(view, ACT_OF_MOVE[move]).reasons;
}

export function useAlarms(): readonly Alarm[] {
  const views = useVaultStore((state) => state.views);
  const nowMs = useNow();
  const desk = useDeskStore(
    useShallow(({ statuses, engine, settings, load }) => ({
      statuses,
      engine,
      staleAfterMs: settings.sync.staleAfterMs,
      loadedAtMs: load.kind === 'ready' ? load.atMs : Number.POSITIVE_INFINITY,
    })),
  );
  return useMemo(
    () =>
      deriveAlarms({
        views: inOrder(views),
        nowMs,
        statuses: desk.statuses,
        engine: desk.engine,
        staleAfterMs: desk.staleAfterMs,
        unverifiedAlarmAtMs: desk.loadedAtMs + desk.staleAfterMs,
      }),
    [views, nowMs, desk],
  );
}
