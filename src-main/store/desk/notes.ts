import { z } from 'zod';
import type { VaultId } from '#domain/ids.ts';
import type { NoteId, VaultNote } from '#domain/vault-note.ts';
import type { NoteStore } from '#main/engine/desk-ports.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { parseRow, unixMsColumn, wholeNumber } from '../rows.ts';

const text = <Name extends string>() => z.string().transform((value) => value as Name);

const noteRow = z
  .object({
    id: text<NoteId>(),
    vaultId: text<VaultId>(),
    text: z.string(),
    writtenAtMs: unixMsColumn,
    editedAtMs: unixMsColumn.nullable(),
  })
  .readonly();

const COLUMNS =
  'id, vault_id AS vaultId, text, written_at_ms AS writtenAtMs, edited_at_ms AS editedAtMs';

/** The engine's `NoteStore` over a database. Every method throws KeelFault for what cannot be done. */
export function noteStoreOn(db: WritableDb): NoteStore {
  return {
    load: (vault) =>
      db
        .all(
          `SELECT ${COLUMNS} FROM vault_notes WHERE vault_id = ?
           ORDER BY written_at_ms DESC, id DESC`,
          vault,
        )
        .map((row) => parseRow(noteRow, row, `note ${String(row['id'])}`)),
    find: (id) => loadNote(db, id),
    save: (note) => saveNote(db, note),
    remove: (id) => void db.run('DELETE FROM vault_notes WHERE id = ?', id),
  };
}

/** Null: there is none. Throws `DATABASE_CORRUPT`. */
export function loadNote(db: ReadableDb, id: NoteId): VaultNote | null {
  const row = db.get(`SELECT ${COLUMNS} FROM vault_notes WHERE id = ?`, id);
  return row === undefined ? null : parseRow(noteRow, row, `note ${id}`);
}

/** Throws `DATABASE_WRITE_FAILED` where the id is of a note of another vault or moment. */
export function saveNote(db: WritableDb, note: VaultNote): void {
  db.run(
    `INSERT INTO vault_notes (id, vault_id, text, written_at_ms, edited_at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET vault_id = excluded.vault_id, text = excluded.text,
       written_at_ms = excluded.written_at_ms, edited_at_ms = excluded.edited_at_ms`,
    ...[note.id, note.vaultId, note.text, wholeNumber('writtenAtMs', note.writtenAtMs)],
    note.editedAtMs === null ? null : wholeNumber('editedAtMs', note.editedAtMs),
  );
}
