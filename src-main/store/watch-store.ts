import type { WatchStore } from '#main/engine/ports.ts';

export function watchStoreOn(): WatchStore {
  return {
    saveAlert: () => undefined,
    loadAlert: () => null,
    loadRaisedAlerts: () => [],
    loadAlerts: () => [],
    countUnacknowledged: () => 0,
    acknowledgeAll: () => 0,
    loadHaltAll: () => null,
    saveHaltAll: () => undefined,
    loadPauses: () => ({}),
    savePauses: () => undefined,
  };
}
