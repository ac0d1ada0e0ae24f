import type { Clock, WatchStore } from '#main/engine/ports.ts';
import {
  acknowledgeAll,
  countUnacknowledged,
  loadAlert,
  loadAlerts,
  loadRaisedAlerts,
  saveAlert,
} from './alerts.ts';
import type { WritableDb } from './database.ts';
import { loadPauses, recordPauses } from './exchange-pauses.ts';
import { loadHaltAll, recordHaltAll } from './halt-all.ts';

/** The engine's `WatchStore` over a database. Every method throws KeelFault for what cannot be done. */
export function watchStoreOn(db: WritableDb, clock: Pick<Clock, 'nowMs'>): WatchStore {
  return {
    saveAlert: (alert) => db.transaction(() => saveAlert(db, alert)),
    saveAlerts: (alerts) => db.transaction(() => alerts.forEach((alert) => saveAlert(db, alert))),
    loadAlert: (id) => loadAlert(db, id),
    loadRaisedAlerts: () => loadRaisedAlerts(db),
    loadAlerts: (limit, before) => loadAlerts(db, limit, before),
    countUnacknowledged: () => countUnacknowledged(db),
    acknowledgeAll: (atMs) => db.transaction(() => acknowledgeAll(db, atMs)),
    loadHaltAll: () => loadHaltAll(db),
    saveHaltAll: (haltAll, atMs) => db.transaction(() => recordHaltAll(db, haltAll, atMs)),
    loadPauses: (network) => loadPauses(db, network),
    savePauses: (network, pauses) =>
      db.transaction(() => recordPauses(db, network, pauses, clock.nowMs())),
  };
}
