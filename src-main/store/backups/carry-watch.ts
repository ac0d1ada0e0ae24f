import type { Alert } from '#domain/alert.ts';
import type { NetworkId } from '#domain/ids.ts';
import type { UnixMs } from '#domain/units.ts';
import { z } from 'zod';
import { loadAlert, loadAlerts, loadRaisedAlerts, saveAlert } from '../alerts.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { loadPauses, recordPauses } from '../exchange-pauses.ts';
import { loadHaltAll, recordHaltAll } from '../halt-all.ts';
import { parseRow } from '../rows.ts';

const networkRow = z.object({ network: z.string().transform((id) => id as NetworkId) });

/**
 * What the trader was told, and what the trader has stopped, is not undone by a restore: the inbox and the pauses are
 * today's, and everything stays stopped where it is stopped today or was when the backup was made.
 */
export function carryWatch(db: WritableDb, today: ReadableDb, nowMs: UnixMs): void {
  db.transaction(() => {
    const haltAll = loadHaltAll(today);
    if (haltAll !== null) recordHaltAll(db, haltAll, nowMs);
    const inbox = loadAlerts(today, Number.MAX_SAFE_INTEGER, null);
    for (const alert of inbox.toReversed()) takeOver(db, alert, nowMs);
    for (const network of networksOf(db, today)) {
      recordPauses(db, network, loadPauses(today, network), nowMs);
    }
  });
}

function takeOver(db: WritableDb, alert: Alert, nowMs: UnixMs): void {
  const stored = loadAlert(db, alert.id);
  if (stored === null && alert.clearedAtMs === null) clearTwin(db, alert.key, nowMs);
  const acknowledgedAtMs = stored?.acknowledgedAtMs ?? null;
  if (stored !== null && acknowledgedAtMs !== null && differs(acknowledgedAtMs, alert)) {
    // It grew worse since and was acknowledged anew: the row goes the same way.
    saveAlert(db, { ...stored, severity: 'info' });
    saveAlert(db, { ...stored, severity: 'critical', acknowledgedAtMs: null });
  }
  saveAlert(db, alert);
}

const differs = (atMs: UnixMs, alert: Alert): boolean => atMs !== alert.acknowledgedAtMs;

/** Where today's database was begun anew, the backup may know an alert of the same key by another id. */
function clearTwin(db: WritableDb, key: string, nowMs: UnixMs): void {
  const twin = loadRaisedAlerts(db).find((alert) => alert.key === key);
  if (twin === undefined) return;
  const clearedAtMs = Math.max(nowMs, twin.raisedAtMs) as UnixMs;
  saveAlert(db, { ...twin, clearedAtMs });
}

function networksOf(...databases: readonly ReadableDb[]): ReadonlySet<NetworkId> {
  const rows = databases.flatMap((db) => db.all('SELECT network FROM exchange_pauses'));
  return new Set(rows.map((row) => parseRow(networkRow, row, 'pause').network));
}
