/** Alerts as rows. What must never happen is refused by the schema itself; a twin is refused in words as well. */
import { z } from 'zod';
import { ALERT_KINDS, ALERT_SEVERITIES, type Alert, type AlertId } from '#domain/alert.ts';
import type { NetworkId, OperationId, VaultId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import type { UnixMs } from '#domain/units.ts';
import type { ReadableDb, SqlRow, SqlValue, WritableDb } from './database.ts';
import type { StepResult } from './history-thinning.ts';
import {
  integerColumn,
  numberColumn,
  parseRow,
  refused,
  unixMsColumn,
  wholeNumber,
} from './rows.ts';

/** The newest ones stay whatever became of them. */
export const KEPT_ALERTS = 10_000;

const text = <Name extends string>() => z.string().transform((value) => value as Name);

/** Typed by the domain: the compiler proves that a row has every field of an alert. */
const alertRow: z.ZodType<Alert> = z
  .object({
    id: text<AlertId>(),
    key: z.string(),
    kind: z.enum(ALERT_KINDS),
    severity: z.enum(ALERT_SEVERITIES),
    title: z.string(),
    text: z.string(),
    advice: z.string(),
    vaultId: text<VaultId>().nullable(),
    network: text<NetworkId>().nullable(),
    operationId: text<OperationId>().nullable(),
    raisedAtMs: unixMsColumn,
    changedAtMs: unixMsColumn,
    clearedAtMs: unixMsColumn.nullable(),
    acknowledgedAtMs: unixMsColumn.nullable(),
  })
  .readonly();

const numberRow = z.object({ no: integerColumn });
const countRow = z.object({ count: numberColumn });
const twinRow = z.object({ id: z.string() });

const COLUMNS = `id, key, kind, severity, title, text, advice, vault_id AS vaultId, network,
  operation_id AS operationId, raised_at_ms AS raisedAtMs, changed_at_ms AS changedAtMs,
  cleared_at_ms AS clearedAtMs, acknowledged_at_ms AS acknowledgedAtMs`;

const alertOf = (row: SqlRow): Alert => parseRow(alertRow, row, `alert ${String(row['id'])}`);

/** Inserts or replaces; `DATABASE_WRITE_FAILED` for what an alert never does. */
export function saveAlert(db: WritableDb, alert: Alert): void {
  refuseTwin(db, alert);
  const values = valuesOf(alert);
  const replaced = db.run(
    `UPDATE alerts SET key = ?, kind = ?, severity = ?, title = ?, text = ?, advice = ?,
       vault_id = ?, network = ?, operation_id = ?, raised_at_ms = ?, changed_at_ms = ?,
       cleared_at_ms = ?, acknowledged_at_ms = ? WHERE id = ?`,
    ...values,
  );
  if (replaced > 0) return;
  db.run(
    `INSERT INTO alerts (key, kind, severity, title, text, advice, vault_id, network, operation_id,
       raised_at_ms, changed_at_ms, cleared_at_ms, acknowledged_at_ms, id)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...values,
  );
}

function refuseTwin(db: ReadableDb, { id, key, clearedAtMs }: Alert): void {
  if (clearedAtMs !== null) return;
  const row = db.get(
    'SELECT id FROM alerts WHERE key = ? AND cleared_at_ms IS NULL AND id <> ?',
    ...[key, id],
  );
  if (row === undefined) return;
  throw refused(
    `alert ${id}: ${key} is raised already, as alert ${parseRow(twinRow, row, key).id}`,
  );
}

/** The id last, as the statements want it. */
function valuesOf(alert: Alert): SqlValue[] {
  const { clearedAtMs, acknowledgedAtMs } = alert;
  return [
    ...[alert.key, alert.kind, alert.severity, alert.title, alert.text, alert.advice],
    ...[alert.vaultId, alert.network, alert.operationId],
    wholeNumber('raisedAtMs', alert.raisedAtMs),
    wholeNumber('changedAtMs', alert.changedAtMs),
    clearedAtMs === null ? null : wholeNumber('clearedAtMs', clearedAtMs),
    acknowledgedAtMs === null ? null : wholeNumber('acknowledgedAtMs', acknowledgedAtMs),
    alert.id,
  ];
}

export function loadAlert(db: ReadableDb, id: AlertId): Alert | null {
  const row = db.get(`SELECT ${COLUMNS} FROM alerts WHERE id = ?`, id);
  return row === undefined ? null : alertOf(row);
}

/** Not cleared, oldest first. */
export function loadRaisedAlerts(db: ReadableDb): readonly Alert[] {
  return db
    .all(`SELECT ${COLUMNS} FROM alerts WHERE cleared_at_ms IS NULL ORDER BY no`)
    .map(alertOf);
}

/** Newest first; `ALERT_NOT_FOUND` where the page's anchor is not on record. */
export function loadAlerts(
  db: ReadableDb,
  limit: number,
  before: AlertId | null,
): readonly Alert[] {
  const from = before === null ? null : alertNumber(db, before);
  return db
    .all(
      `SELECT ${COLUMNS} FROM alerts WHERE (? IS NULL OR no < ?) ORDER BY no DESC LIMIT ?`,
      ...[from, from, wholeNumber('limit', limit)],
    )
    .map(alertOf);
}

function alertNumber(db: ReadableDb, id: AlertId): bigint {
  const row = db.get('SELECT no FROM alerts WHERE id = ?', id);
  if (row !== undefined) return parseRow(numberRow, row, `alert ${id}`).no;
  throw new KeelFault(
    keelError('ALERT_NOT_FOUND', 'fix-input', `There is no alert ${id}.`, 'Open the inbox anew.'),
  );
}

export function countUnacknowledged(db: ReadableDb): number {
  const row = db.get('SELECT count(*) AS count FROM alerts WHERE acknowledged_at_ms IS NULL');
  return row === undefined ? 0 : parseRow(countRow, row, 'count of alerts').count;
}

/** Cleared ones too; answers with how many there were. */
export function acknowledgeAll(db: WritableDb, atMs: UnixMs): number {
  return db.run(
    'UPDATE alerts SET acknowledged_at_ms = ? WHERE acknowledged_at_ms IS NULL',
    wholeNumber('atMs', atMs),
  );
}

/** Removes some of those beyond the newest ones; what nobody has acknowledged, or what lasts, stays for ever. */
export function pruneAlerts(db: WritableDb, steps: number): StepResult {
  const removed = db.run(
    `DELETE FROM alerts WHERE no IN (
       SELECT no FROM alerts
       WHERE no <= (SELECT no FROM alerts ORDER BY no DESC LIMIT 1 OFFSET ?)
         AND cleared_at_ms IS NOT NULL AND acknowledged_at_ms IS NOT NULL
       ORDER BY no LIMIT ?)`,
    ...[BigInt(KEPT_ALERTS), BigInt(steps)],
  );
  return { removed, done: removed < steps };
}
