import { create } from 'zustand';
import type { VaultId } from '#domain/ids.ts';
import type { VaultView } from '#domain/vault-state.ts';

export type ViewsById = ReadonlyMap<VaultId, VaultView>;

interface VaultStore {
  readonly views: ViewsById;
}

export const useVaultStore = create<VaultStore>()(() => ({ views: new Map() }));

/** Replaces each vault as a whole, unless what is there has the same or a higher revision. */
export function mergeByRevision(views: ViewsById, incoming: readonly VaultView[]): ViewsById {
  const newer = incoming.filter((view) => {
    const known = views.get(view.vault.id);
    return known === undefined || view.revision > known.revision;
  });
  if (newer.length === 0) return views;
  const merged = new Map(views);
  for (const view of newer) {
    const known = merged.get(view.vault.id);
    if (known === undefined || view.revision > known.revision) merged.set(view.vault.id, view);
  }
  return merged;
}

export function receiveViews(incoming: readonly VaultView[]): void {
  useVaultStore.setState(({ views }) => ({ views: mergeByRevision(views, incoming) }));
}

/**
 * A restarted engine counts revisions anew. The figures stay on screen, and whatever it publishes first
 * replaces them.
 */
export function acceptAnyRevision(): void {
  useVaultStore.setState(({ views }) => ({
    views: new Map([...views].map(([id, view]) => [id, { ...view, revision: -1 }])),
  }));
}
