import type { Alert, AlertId } from '#domain/alert.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import type { NetworkId } from '#domain/ids.ts';
import { faultOf } from '#domain/keel-fault.ts';
import type { UnixMs } from '#domain/units.ts';
import { z } from 'zod';
import { loadAlert, loadRaisedAlerts, saveAlert } from '../alerts.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { loadPauses, recordPauses } from '../exchange-pauses.ts';
import { loadHaltAll, recordHaltAll } from '../halt-all.ts';
import { parseRow } from '../rows.ts';

const idRow = z.object({ id: z.string().transform((id) => id as AlertId) });
const networkRow = z.object({ network: z.string().transform((id) => id as NetworkId) });

/**
 * What the trader was told, and what the trader has stopped, is not undone by a restore: the inbox and the pauses are
 * today's, and everything stays stopped where it is stopped today or was when the backup was made.
 */
export function carryWatch(db: WritableDb, today: ReadableDb, nowMs: UnixMs): void {
  db.transaction(() => {
    const haltAll = unlessDamaged(() => loadHaltAll(today), haltOf(nowMs));
    if (haltAll !== null) recordHaltAll(db, haltAll, nowMs);
    for (const id of inboxOf(today)) {
      const alert = unlessDamaged(() => loadAlert(today, id), null);
      if (alert !== null) takeOver(db, alert, nowMs);
    }
    for (const network of networksOf(db, today)) {
      const pauses = unlessDamaged(() => loadPauses(today, network), null);
      if (pauses !== null) recordPauses(db, network, pauses, nowMs);
    }
  });
}

/** Whether the trader has stopped everything since the backup was made is not known: it counts as stopped. */
export function haltForUnknown(db: WritableDb, nowMs: UnixMs): void {
  db.transaction(() => recordHaltAll(db, haltOf(nowMs), nowMs));
}

const haltOf = (nowMs: UnixMs): HaltAll => ({ sinceMs: nowMs, source: 'window' });

/** A row that cannot be read must not stand in the way of the restore that cures it. */
export function unlessDamaged<Value>(load: () => Value, otherwise: Value): Value {
  try {
    return load();
  } catch (caught) {
    if (faultOf(caught)?.code !== 'DATABASE_CORRUPT') throw caught;
    return otherwise;
  }
}

/** Oldest first. */
const inboxOf = (today: ReadableDb): readonly AlertId[] =>
  today.all('SELECT id FROM alerts ORDER BY no').map((row) => parseRow(idRow, row, 'alert').id);

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
