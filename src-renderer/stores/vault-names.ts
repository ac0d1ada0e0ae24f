import { useCallback } from 'react';
import type { VaultId } from '#domain/ids.ts';
import { useSteady } from './use-steady.ts';
import { useVaultStore, type ViewsById } from './vault-store.ts';

type Names = ReadonlyMap<VaultId, string>;

/** Names by id, for words: another function only when a name has changed, not with each figure. */
export function useStableVaultName(): (id: VaultId) => string {
  const names = useVaultStore(useSteady(namesOf, sameNames));
  return useCallback((id) => names.get(id) ?? `vault ${id.slice(0, 8)}`, [names]);
}

const namesOf = ({ views }: { readonly views: ViewsById }): Names =>
  new Map([...views.values()].map(({ vault }) => [vault.id, vault.name]));

const sameNames = (left: Names, right: Names): boolean =>
  left.size === right.size && [...left].every(([id, name]) => right.get(id) === name);
