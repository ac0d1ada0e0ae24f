import { z } from 'zod';
import type { NoteId } from '#domain/vault-note.ts';
import type { ReadableDb, WritableDb } from '../database.ts';
import { loadNote, saveNote } from '../desk/notes.ts';
import { parseRow } from '../rows.ts';
import { unlessDamaged } from './carry-watch.ts';

const idRow = z.object({ id: z.string().transform((id) => id as NoteId) });

/**
 * What the trader wrote down is not undone by a restore: notes of today come into the backup, as they read today. Those
 * that only the backup has stay, as the preview says: one that was removed since cannot be told from one that a database
 * begun anew never had, and a note too many is less bad than one too few.
 */
export function carryNotes(db: WritableDb, today: ReadableDb): void {
  db.transaction(() => {
    for (const row of today.all('SELECT id FROM vault_notes')) {
      const { id } = parseRow(idRow, row, 'note');
      const note = unlessDamaged(() => loadNote(today, id), null);
      if (note !== null) saveNote(db, note);
    }
  });
}
