/** The activity feed as rows. What must never happen is refused by the schema itself: an entry never changes. */
import { z } from 'zod';
import {
  ACTIVITY_ACTORS,
  ACTIVITY_KINDS,
  ACTIVITY_TONES,
  type ActivityEntry,
  type ActivityFilter,
  type ActivityId,
  type ActivityPage,
  type ActivityQuery,
  type NewActivity,
} from '#domain/activity.ts';
import type { AlertId } from '#domain/alert.ts';
import type { NetworkId, OperationId, VaultId } from '#domain/ids.ts';
import type { ActivityLog, FeedEntry } from '#main/engine/desk-ports.ts';
import type { ReadableDb, SqlRow, SqlValue, WritableDb } from '../database.ts';
import type { StepResult } from '../history-thinning.ts';
import { integerColumn, numberColumn, parseRow, unixMsColumn, wholeNumber } from '../rows.ts';
import { allOf, anyOf, holdsText, isIn, oneOf, totalOf, within, type Clause } from './clauses.ts';

/** The newest ones; older ones leave. */
export const KEPT_ACTIVITY = 200_000;

const text = <Name extends string>() => z.string().transform((value) => value as Name);

/** Typed by the domain: the compiler proves that a row has every field of an entry. */
const entryRow: z.ZodType<ActivityEntry> = z
  .object({
    id: numberColumn.transform((id) => id as ActivityId),
    atMs: unixMsColumn,
    kind: z.enum(ACTIVITY_KINDS),
    tone: z.enum(ACTIVITY_TONES),
    actor: z.enum(ACTIVITY_ACTORS),
    title: z.string(),
    text: z.string(),
    vaultId: text<VaultId>().nullable(),
    network: text<NetworkId>().nullable(),
    operationId: text<OperationId>().nullable(),
    alertId: text<AlertId>().nullable(),
  })
  .readonly();

const idRow = z.object({ id: integerColumn });
const newestRow = z.object({ id: numberColumn.nullable() });

const COLUMNS = `id, at_ms AS atMs, kind, tone, actor, title, text, vault_id AS vaultId, network,
  operation_id AS operationId, alert_id AS alertId`;

/** The engine's `ActivityLog` over a database. Every method throws KeelFault for what cannot be done. */
export function activityLogOn(db: WritableDb): ActivityLog {
  return {
    record: (entries) => db.transaction(() => entries.flatMap((entry) => insertEntry(db, entry))),
    load: (query) => loadPage(db, query),
  };
}

/** The entry as it stands in the feed; none where the same thing was told before. */
function insertEntry(db: WritableDb, entry: FeedEntry): readonly ActivityEntry[] {
  const once = entry.once ?? null;
  if (once !== null && isTold(db, once)) return [];
  db.run(
    `INSERT INTO activity (at_ms, kind, tone, actor, title, text, vault_id, network, operation_id,
       alert_id, once) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...valuesOf(entry),
    once,
  );
  const stored = db.get('SELECT last_insert_rowid() AS id');
  return [entryOf(entry, stored ?? {})];
}

const isTold = (db: ReadableDb, once: string): boolean =>
  db.get('SELECT id FROM activity WHERE once = ?', once) !== undefined;

function valuesOf(entry: NewActivity): SqlValue[] {
  return [
    wholeNumber('atMs', entry.atMs),
    ...[entry.kind, entry.tone, entry.actor, entry.title, entry.text],
    ...[entry.vaultId, entry.network, entry.operationId, entry.alertId],
  ];
}

function entryOf(entry: NewActivity, row: SqlRow): ActivityEntry {
  const { atMs, kind, tone, actor, title, text: words } = entry;
  const { vaultId, network, operationId, alertId } = entry;
  const id = Number(parseRow(idRow, row, 'place in the feed').id) as ActivityId;
  return {
    ...{ id, atMs, kind, tone, actor, title, text: words },
    ...{ vaultId, network, operationId, alertId },
  };
}

function loadPage(db: ReadableDb, query: ActivityQuery): ActivityPage {
  const upTo = query.upTo ?? newestId(db);
  if (upTo === null) return { entries: [], total: 0, upTo: null };
  const upToPlace = { sql: 'id <= ?', values: [wholeNumber('upTo', upTo)] };
  const { sql, values } = allOf([upToPlace, ...filterClauses(query.filter)]);
  const entries = db
    .all(
      `SELECT ${COLUMNS} FROM activity WHERE ${sql} ORDER BY id DESC LIMIT ? OFFSET ?`,
      ...values,
      ...[wholeNumber('limit', query.limit), wholeNumber('offset', query.offset)],
    )
    .map((row) => parseRow(entryRow, row, `entry ${String(row['id'])} of the feed`));
  const total = totalOf(query, entries.length, () =>
    db.get(`SELECT count(*) AS count FROM activity WHERE ${sql}`, ...values),
  );
  return { entries, total, upTo };
}

function newestId(db: ReadableDb): ActivityId | null {
  const row = db.get('SELECT max(id) AS id FROM activity');
  return parseRow(newestRow, row ?? {}, 'place in the feed').id as ActivityId | null;
}

function filterClauses(filter: ActivityFilter): readonly (Clause | null)[] {
  const { fromMs, toMs } = filter;
  const words = filter.text.trim();
  return [
    oneOf('kind', filter.kinds),
    oneOf('tone', filter.tones),
    filter.vaultIds.length === 0 ? null : ofVaults(filter.vaultIds),
    ...within(
      'at_ms',
      fromMs === null ? null : wholeNumber('fromMs', fromMs),
      toMs === null ? null : wholeNumber('toMs', toMs),
    ),
    words === '' ? null : anyOf([holdsText('title', words), holdsText('text', words)]),
  ];
}

/** Theirs alone, and those gathered over many vaults that name one of them. */
const ofVaults = (ids: readonly VaultId[]): Clause =>
  anyOf([
    isIn('vault_id', ids),
    {
      sql: `vault_id IS NULL AND EXISTS (SELECT 1 FROM vaults
        WHERE vaults.id IN (SELECT value FROM json_each(?))
          AND instr(activity.text, '“' || vaults.name || '”'))`,
      values: [JSON.stringify(ids)],
    },
  ]);

/** Removes some of those beyond the newest ones, the oldest first. */
export function pruneActivity(db: WritableDb, steps: number, kept = KEPT_ACTIVITY): StepResult {
  const removed = db.run(
    `DELETE FROM activity
     WHERE id <= (SELECT id FROM activity ORDER BY id DESC LIMIT 1 OFFSET ?)
       AND id < (SELECT min(id) FROM activity) + ?`,
    ...[BigInt(kept), BigInt(steps)],
  );
  return { removed, done: removed < steps };
}
