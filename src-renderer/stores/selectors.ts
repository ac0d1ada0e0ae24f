import { useCallback, useMemo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { NetworkId, VaultId } from '#domain/ids.ts';
import type { UnixMs } from '#domain/units.ts';
import { syncHealth, type SyncHealth, type VaultView } from '#domain/vault-state.ts';
import type { NetworkView } from '#ipc/contract.ts';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { MarketState } from '#domain/exchange-state.ts';
import type { GateAnswer, GateReason, TradingAct } from '#domain/gate-reason.ts';
import { alarmsAt, type Alarm } from './alarms.ts';
import { useAtNow, useClockStore, useNow } from './clock-store.ts';
import { useDeskStore } from './desk-store.ts';
import { gateOf, reasonsOf, surroundingsOf, type GateDesk, type Surroundings } from './gates.ts';
import { useOperationStore } from './operation-store.ts';
import { sameLists, useSteady } from './use-steady.ts';
import { useVaultStore, type ViewsById } from './vault-store.ts';

let ordered: { readonly of: ViewsById; readonly views: readonly VaultView[] } | null = null;

/** In the trader's own order; worked out once for each state of the store, whoever asks. */
export function inOrder(views: ViewsById): readonly VaultView[] {
  if (ordered?.of !== views) {
    ordered = {
      of: views,
      views: [...views.values()].sort(
        (left, right) =>
          left.vault.sortIndex - right.vault.sortIndex ||
          left.vault.createdAtMs - right.vault.createdAtMs,
      ),
    };
  }
  return ordered.views;
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

/**
 * Health at this moment, drawn again only when it changes. A stopped engine vouches for nothing: what it left behind
 * is stale at best.
 */
export function useSyncHealth(view: VaultView): SyncHealth {
  const staleAfterMs = useStaleAfterMs();
  const running = useDeskStore((state) => state.engine.running);
  return useAtNow((nowMs) => syncHealth(view.state, view.synced && running, nowMs, staleAfterMs));
}

function useGateDesk(): GateDesk {
  return useDeskStore(
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
}

/** What every gate is judged by at this second. */
export function useSurroundings(): Surroundings {
  const nowMs = useNow();
  const operations = useOperationStore((state) => state.operations);
  return surroundingsOf(useGateDesk(), operations, nowMs);
}

function sameReason(left: GateReason, right: GateReason): boolean {
  return (
    left.code === right.code &&
    left.text === right.text &&
    left.advice === right.advice &&
    left.sinceMs === right.sinceMs &&
    sameLists(left.blocks, right.blocks)
  );
}

const sameReasons = (left: readonly GateReason[], right: readonly GateReason[]): boolean =>
  sameLists(left, right, sameReason);

/** What `pick` makes of the surroundings: judged each second, drawn again only when the reasons differ. */
function useJudged(pick: (around: Surroundings) => readonly GateReason[]): readonly GateReason[] {
  const desk = useGateDesk();
  const operations = useOperationStore((state) => state.operations);
  return useClockStore(
    useSteady(
      ({ nowMs }: { readonly nowMs: UnixMs }) => pick(surroundingsOf(desk, operations, nowMs)),
      sameReasons,
    ),
  );
}

/** The engine's own answer at this second; without a running engine nothing may trade. */
export function useTradingGate(
  view: VaultView,
  act: TradingAct = 'increase',
  market: MarketState | null = null,
): GateAnswer {
  const reasons = useJudged((around) => gateOf(view, act, around, market).reasons);
  return useMemo(() => ({ allowed: reasons.length === 0, reasons }), [reasons]);
}

/** Every reason of any act, the gravest first. */
export function useGateReasons(view: VaultView): readonly GateReason[] {
  return useJudged((around) => reasonsOf(view, around));
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

/** The same, at this second. */
export function useReasonsAgainstMove(move: MoveKind, view: VaultView): readonly GateReason[] {
  return useTradingGate(view, ACT_OF_MOVE[move]).reasons;
}

const sameAlarm = (left: Alarm, right: Alarm): boolean =>
  left.kind === right.kind &&
  left.status === right.status &&
  left.error === right.error &&
  sameLists(left.views, right.views);

/** What is wrong at this second, the gravest first; drawn again only when that changes. */
export function useAlarms(): readonly Alarm[] {
  const ordered = useVaultViews();
  const desk = useDeskStore(
    useShallow(({ statuses, engine, settings, load }) => ({
      statuses,
      engine,
      staleAfterMs: settings.sync.staleAfterMs,
      loadedAtMs: load.kind === 'ready' ? load.atMs : Number.POSITIVE_INFINITY,
    })),
  );
  return useClockStore(
    useSteady(
      ({ nowMs }: { readonly nowMs: UnixMs }) =>
        alarmsAt({
          views: ordered,
          nowMs,
          statuses: desk.statuses,
          engine: desk.engine,
          staleAfterMs: desk.staleAfterMs,
          unverifiedAlarmAtMs: desk.loadedAtMs + desk.staleAfterMs,
        }),
      (left, right) => sameLists(left, right, sameAlarm),
    ),
  );
}
