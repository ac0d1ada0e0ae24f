import { z } from 'zod';
import type { ReadableDb, SqlRow, SqlValue, WritableDb } from '../database.ts';
import { integerColumn } from '../rows.ts';

const text = z.string();
const entryRow = z.object({
  id: integerColumn,
  at_ms: integerColumn,
  kind: text,
  tone: text,
  actor: text,
  title: text.min(1),
  text,
  vault_id: text.nullable(),
  network: text.nullable(),
  operation_id: text.nullable(),
  alert_id: text.nullable(),
  once: text.nullable(),
});
type Entry = z.output<typeof entryRow>;

/** Rows taken at a time. */
const PAGE = 1_000n;

/**
 * What happened at this desk is not undone by a restore: the entries that the backup does not have follow those that it
 * has. Where today's feed goes on from the backup's they keep their places; where it was begun anew they take new ones.
 */
export function carryActivity(db: WritableDb, today: ReadableDb): void {
  db.transaction(() => {
    const last = newestOf(db);
    const goesOn = last === null || continues(last, today);
    let after = goesOn && last !== null ? last.id : 0n;
    for (;;) {
      const rows = today.all(
        'SELECT * FROM activity WHERE id > ? ORDER BY id LIMIT ?',
        after,
        PAGE,
      );
      for (const row of rows) takeOver(db, row, goesOn);
      const end = rows.at(-1)?.['id'];
      if (typeof end !== 'bigint') return;
      after = end;
    }
  });
}

function newestOf(db: ReadableDb): Entry | null {
  const row = db.get('SELECT * FROM activity ORDER BY id DESC LIMIT 1');
  return row === undefined ? null : (entryRow.safeParse(row).data ?? null);
}

/** The same entry stands in the same place, or today's feed has left that place behind. */
function continues(last: Entry, today: ReadableDb): boolean {
  const twin = today.get('SELECT at_ms, title FROM activity WHERE id = ?', last.id);
  if (twin !== undefined) return twin['at_ms'] === last.at_ms && twin['title'] === last.title;
  const oldest = today.get('SELECT min(id) AS id FROM activity')?.['id'];
  return typeof oldest === 'bigint' && oldest > last.id;
}

/** A row that cannot be read must not stand in the way of the restore that cures it. */
function takeOver(db: WritableDb, row: SqlRow, keepsPlace: boolean): void {
  const parsed = entryRow.safeParse(row);
  if (!parsed.success) return;
  const entry = parsed.data;
  const values: SqlValue[] = [
    keepsPlace ? entry.id : null,
    ...[entry.at_ms, entry.kind, entry.tone, entry.actor, entry.title, entry.text],
    ...[entry.vault_id, entry.network, entry.operation_id, entry.alert_id, entry.once],
  ];
  db.run(
    `INSERT INTO activity (id, at_ms, kind, tone, actor, title, text, vault_id, network,
       operation_id, alert_id, once) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (once) WHERE once IS NOT NULL DO NOTHING`,
    ...values,
  );
}
