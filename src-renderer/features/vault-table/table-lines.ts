import { isStopped } from '#renderer/ui/gate-standing.ts';
import type { VaultRow } from './columns.ts';

/** What the virtual list draws: a heading per engine, then that engine's vaults. */
export type TableLine =
  | {
      readonly kind: 'engine';
      readonly engine: string;
      readonly vaults: number;
      readonly activeName: string | null;
    }
  | { readonly kind: 'vault'; readonly row: VaultRow };

/** Groups rows by engine, engines in order of their first vault as given; rows keep their order. */
export function linesByEngine(rows: readonly VaultRow[]): readonly TableLine[] {
  const engines = new Map<string, VaultRow[]>();
  for (const row of rows) {
    const { engine } = row.view.vault;
    const group = engines.get(engine);
    if (group === undefined) engines.set(engine, [row]);
    else group.push(row);
  }
  return [...engines]
    .sort(([left], [right]) => left.localeCompare(right))
    .flatMap(([engine, group]) => [
      {
        kind: 'engine' as const,
        engine,
        vaults: group.length,
        activeName: group.find(({ view }) => view.vault.active)?.view.vault.name ?? null,
      },
      ...group.map((row) => ({ kind: 'vault' as const, row })),
    ]);
}

export type VaultScope = 'all' | 'paper' | 'onChain' | 'attention' | 'archived';

/** Whether the filter bar lets the row through. Archived vaults are seen only when asked for. */
export function passesFilter(row: VaultRow, scope: VaultScope, query: string): boolean {
  const { vault } = row.view;
  if ((vault.archivedAtMs !== null) !== (scope === 'archived')) return false;
  if (scope === 'paper' && vault.vaultType !== 'virtual') return false;
  if (scope === 'onChain' && vault.vaultType !== 'onChain') return false;
  if (scope === 'attention' && row.health === 'fresh' && !isStopped(row.gate)) return false;
  const needle = query.trim().toLowerCase();
  if (needle === '') return true;
  const haystack = [
    vault.name,
    vault.engine,
    row.networkLabel,
    vault.vaultType === 'onChain' ? `${vault.authority} ${vault.subAccountId}` : 'paper',
  ];
  return haystack.some((word) => word.toLowerCase().includes(needle));
}
