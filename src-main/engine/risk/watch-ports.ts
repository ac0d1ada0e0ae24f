import type { VaultId } from '#domain/ids.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import type { EngineDeps } from '../engine.ts';

/** What the watches see of the engine. */
export interface WatchPorts {
  readonly deps: EngineDeps;
  readonly settings: () => WatchSettings;
  /** All vaults, also archived ones. */
  readonly views: () => readonly VaultView[];
  readonly viewOf: (id: VaultId) => VaultView | undefined;
}

export function isInUse({ vault }: VaultView): boolean {
  return vault.archivedAtMs === null;
}
