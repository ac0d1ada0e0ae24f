import type { GateSurroundings } from '#domain/gate-inputs.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import type { Settings } from '#domain/settings.ts';
import type { UnixMs } from '#domain/units.ts';
import type { NetworkView } from '#ipc/contract.ts';
import type { DeskMirror } from './desk-mirror.ts';

/**
 * What the main process judges the gates of all vaults by.
 * @param haltAll of the engine, or one that the engine does not know of yet
 */
export function deskSurroundings(
  { statuses, exchanges, operations, signer }: DeskMirror,
  { sync, watch }: Settings,
  networks: readonly NetworkView[],
  haltAll: HaltAll | null,
  nowMs: UnixMs,
): GateSurroundings {
  return {
    nowMs,
    staleAfterMs: sync.staleAfterMs,
    watch,
    haltAll,
    statuses,
    exchanges,
    signer,
    operations,
    networkKindOf: (id) => networks.find((network) => network.id === id)?.kind ?? 'live',
  };
}
