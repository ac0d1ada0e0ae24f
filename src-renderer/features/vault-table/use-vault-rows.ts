import { useMemo, useState } from 'react';
import type { VaultId } from '#domain/ids.ts';
import { moneyOf } from '#domain/vault-totals.ts';
import { syncHealth, type VaultView } from '#domain/vault-state.ts';
import type { NetworkView } from '#ipc/contract.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { gateOf, type Surroundings } from '#renderer/stores/gates.ts';
import { useSurroundings, useVaultViews } from '#renderer/stores/selectors.ts';
import type { VaultRow } from './columns.ts';

/** All vaults with their state at this second. A row is a new object only where something of it has changed. */
export function useVaultRows(): readonly VaultRow[] {
  const views = useVaultViews();
  const networks = useDeskStore((state) => state.networks);
  const around = useSurroundings();
  const [keep] = useState(rowKeeper);
  return useMemo(() => keep(views, networks, around), [keep, views, networks, around]);
}

/** Remembers the rows that it gave last. */
function rowKeeper() {
  let known: KnownRows = { byId: new Map(), list: [] };
  return (...input: Tail<Parameters<typeof rowsAfter>>): readonly VaultRow[] => {
    known = rowsAfter(known, ...input);
    return known.list;
  };
}

type Tail<List extends readonly unknown[]> = List extends [unknown, ...infer Rest] ? Rest : never;

interface KnownRows {
  readonly byId: ReadonlyMap<VaultId, VaultRow>;
  readonly list: readonly VaultRow[];
}

/** Exported for the tests. */
export function rowsAfter(
  known: KnownRows,
  views: readonly VaultView[],
  networks: readonly NetworkView[],
  around: Surroundings,
): KnownRows {
  const labels = new Map(networks.map(({ id, label }) => [id, label]));
  const list = views.map((view) => {
    const next = rowOf(view, networks, labels.get(view.vault.network), around);
    const before = known.byId.get(view.vault.id);
    return before !== undefined && sameRow(before, next) ? before : next;
  });
  const same =
    list.length === known.list.length && list.every((row, index) => row === known.list[index]);
  if (same) return known;
  return { byId: new Map(list.map((row) => [row.view.vault.id, row])), list };
}

function rowOf(
  view: VaultView,
  networks: readonly NetworkView[],
  label: string | undefined,
  around: Surroundings,
): VaultRow {
  const { nowMs, staleAfterMs, running } = around;
  return {
    view,
    money: moneyOf(view.vault, networks),
    networkLabel: label ?? view.vault.network,
    health: syncHealth(view.state, view.synced && running, nowMs, staleAfterMs),
    gate: gateOf(view, 'increase', around),
  };
}

/** A gate is judged anew each second; the same answer is no change. */
function sameRow(left: VaultRow, right: VaultRow): boolean {
  return (
    left.view === right.view &&
    left.health === right.health &&
    left.money === right.money &&
    left.networkLabel === right.networkLabel &&
    left.gate.reasons.length === right.gate.reasons.length &&
    left.gate.reasons.every((reason, index) => {
      const other = right.gate.reasons[index];
      return reason.code === other?.code && reason.text === other.text;
    })
  );
}
