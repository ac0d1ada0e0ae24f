/**
 * Every vault with its state, put together once for all who ask. Few vaults follow each change; of many, a change each
 * second is drawn once a second, so that a thousand of them cost what one does.
 */
import { useSyncExternalStore } from 'react';
import { moneyOf, type Money } from '#domain/vault-totals.ts';
import { syncHealth, type SyncHealth, type VaultView } from '#domain/vault-state.ts';
import type { GateAnswer } from '#domain/gate-reason.ts';
import type { UnixMs } from '#domain/units.ts';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { gateOf, surroundingsOf } from '#renderer/stores/gates.ts';
import { useOperationStore } from '#renderer/stores/operation-store.ts';
import { inOrder } from '#renderer/stores/selectors.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';

/** One vault in use at this second. */
export interface SummaryVault {
  readonly view: VaultView;
  readonly money: Money;
  readonly health: SyncHealth;
  /** Of adding risk. */
  readonly gate: GateAnswer;
}

export interface DeskSummary {
  readonly nowMs: UnixMs;
  /** Without what is archived, in the trader's order. */
  readonly vaults: readonly SummaryVault[];
}

const MANY = 100;
const PACE_MS = 1_000;

const inputs = (): readonly unknown[] => {
  const { statuses, exchanges, haltAll, settings, signer, networks, engine } =
    useDeskStore.getState();
  return [
    ...[useVaultStore.getState().views, useOperationStore.getState().operations],
    ...[statuses, exchanges, haltAll, settings, signer, networks, engine],
    useClockStore.getState().nowMs,
  ];
};

function summarise(): DeskSummary {
  const desk = useDeskStore.getState();
  const { nowMs } = useClockStore.getState();
  const around = surroundingsOf(desk, useOperationStore.getState().operations, nowMs);
  const vaults = inOrder(useVaultStore.getState().views)
    .filter(({ vault }) => vault.archivedAtMs === null)
    .map((view) => ({
      view,
      money: moneyOf(view.vault, desk.networks),
      health: syncHealth(view.state, view.synced && around.running, nowMs, around.staleAfterMs),
      gate: gateOf(view, 'increase', around),
    }));
  return { nowMs, vaults };
}

interface Known {
  readonly key: readonly unknown[];
  readonly summary: DeskSummary;
  readonly atMs: number;
}

let known: Known | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;
const listeners = new Set<() => void>();
let stops: (() => void)[] = [];

/** Between two beats all see the same; without anybody listening it is looked up anew. */
function current(): DeskSummary {
  if (known !== null && listeners.size > 0) return known.summary;
  const key = inputs();
  const same = known !== null && known.key.every((part, index) => part === key[index]);
  return known !== null && same ? known.summary : renew(key);
}

function renew(key = inputs()): DeskSummary {
  const summary = summarise();
  known = { key, summary, atMs: Date.now() };
  return summary;
}

function changed(): void {
  if (timer !== null) return;
  const pace = useVaultStore.getState().views.size > MANY ? PACE_MS : 0;
  const waitMs = Math.min(pace, (known?.atMs ?? 0) + pace - Date.now());
  if (waitMs <= 0) flush();
  else timer = setTimeout(flush, waitMs);
}

function flush(): void {
  timer = null;
  renew();
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) {
    current();
    const stores = [useVaultStore, useOperationStore, useDeskStore, useClockStore];
    stops = stores.map((store) => store.subscribe(changed));
  }
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    for (const stop of stops) stop();
    if (timer !== null) clearTimeout(timer);
    timer = null;
  };
}

export const useDeskSummary = (): DeskSummary => useSyncExternalStore(subscribe, current);
