/** What every record of notes must do, whether it lies on the disk or in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { LONGEST_NOTE, noteId, type VaultNote } from '#domain/vault-note.ts';
import type { NoteStore } from '#main/engine/desk-ports.ts';
import { vaultIdOf } from '#test/support/vaults.ts';
import { codeOf } from '#test/unit/store/code-of.ts';

const START_MS = Date.UTC(2026, 0, 1);

export function noteOf(number: number, changes: Partial<VaultNote> = {}): VaultNote {
  return {
    id: noteId(`00000000-0000-4000-8000-${(0xb00 + number).toString(16).padStart(12, '0')}`),
    vaultId: vaultIdOf(1),
    text: `Note ${number}`,
    writtenAtMs: unixMs(START_MS + number),
    editedAtMs: null,
    ...changes,
  };
}

export function describeNoteStore(name: string, open: () => NoteStore): void {
  describe(`${name} as a record of notes`, () => {
    let store: NoteStore;
    beforeEach(() => {
      store = open();
    });
    const save = (...notes: readonly VaultNote[]) => notes.forEach((each) => store.save(each));

    it('is empty at first', () => {
      expect(store.load(vaultIdOf(1))).toEqual([]);
      expect(store.find(noteOf(1).id)).toBeNull();
      store.remove(noteOf(1).id);
    });

    it('gives back what it was given, the newest first, of one vault only', () => {
      const odd = noteOf(2, {
        text: `it's "20 %"\n\u0000\u2028 ✓ ${'𝄞'.repeat(LONGEST_NOTE / 2 - 20)}`,
      });
      save(noteOf(3), noteOf(1), odd, noteOf(4, { vaultId: vaultIdOf(2) }));
      expect(store.load(vaultIdOf(1))).toEqual([noteOf(3), odd, noteOf(1)]);
      expect(store.load(vaultIdOf(2))).toEqual([noteOf(4, { vaultId: vaultIdOf(2) })]);
      expect(store.find(odd.id)).toEqual(odd);
    });

    it('keeps the place of a note that is edited', () => {
      save(noteOf(1), noteOf(2));
      const edited = noteOf(1, { text: 'Other', editedAtMs: unixMs(START_MS + 99) });
      save(edited);
      expect(store.load(vaultIdOf(1))).toEqual([noteOf(2), edited]);
    });

    it('gives a removed note its place and its times back, among notes of one moment too', () => {
      const writtenAtMs = unixMs(START_MS);
      const notes = [1, 2, 3].map((number) => noteOf(number, { writtenAtMs }));
      save(...notes);
      const before = store.load(vaultIdOf(1));
      expect(before).toHaveLength(3);
      const gone = { ...notes[1]!, editedAtMs: unixMs(START_MS + 5) };
      save(gone);
      store.remove(gone.id);
      expect(store.load(vaultIdOf(1)).map(({ id }) => id)).not.toContain(gone.id);
      expect(store.find(gone.id)).toBeNull();
      save(gone);
      expect(store.load(vaultIdOf(1))).toEqual(
        before.map((note) => (note.id === gone.id ? gone : note)),
      );
    });

    it('refuses to move a note to another vault or moment', () => {
      save(noteOf(1));
      for (const changes of [{ vaultId: vaultIdOf(2) }, { writtenAtMs: unixMs(5) }]) {
        expect(codeOf(() => store.save(noteOf(1, changes)))).toBe('DATABASE_WRITE_FAILED');
      }
      expect(store.find(noteOf(1).id)).toEqual(noteOf(1));
    });
  });
}
