import type { VaultId } from '#domain/ids.ts';
import type { VaultView } from '#domain/vault-state.ts';

/**
 * The order of all vaults after one has changed places with its neighbour of the same engine; null where there
 * is no neighbour on that side. Archived vaults keep their places and are no neighbours.
 */
export function orderAfterMove(
  ordered: readonly VaultView[],
  id: VaultId,
  direction: 'up' | 'down',
): readonly VaultId[] | null {
  const moved = ordered.find(({ vault }) => vault.id === id)?.vault;
  const neighbours = ordered.filter(
    ({ vault }) => vault.engine === moved?.engine && vault.archivedAtMs === null,
  );
  const at = neighbours.findIndex(({ vault }) => vault.id === id);
  const other = neighbours[direction === 'up' ? at - 1 : at + 1]?.vault.id;
  if (at < 0 || other === undefined) return null;
  return ordered.map(({ vault }) => {
    if (vault.id === id) return other;
    return vault.id === other ? id : vault.id;
  });
}
