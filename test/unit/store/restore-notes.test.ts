import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { noteOf } from '#test/contract/note-store-suite.ts';
import { vaultIdOf } from '#test/support/vaults.ts';
import { place, valueOf } from './backup-place.ts';

describe('a restore', () => {
  it('keeps the notes of today as they read today, and those that only the backup has', async () => {
    const { open, restore } = place();
    const store = open();
    const { notes } = store.deskRecords;
    [1, 2].forEach((number) => notes.save(noteOf(number)));
    const { name } = valueOf(await store.backups.make());
    const edited = noteOf(1, { text: 'Edited', editedAtMs: unixMs(9) });
    notes.save(edited);
    notes.remove(noteOf(2).id);
    notes.save(noteOf(3));
    // The dialog says so before it happens.
    expect(valueOf(store.backups.previewRestore(name)).returningNotes).toBe(1);
    store.close();
    valueOf(restore(name));
    const restored = open().deskRecords.notes;
    expect(restored.load(vaultIdOf(1))).toEqual([noteOf(3), noteOf(2), edited]);
  });

  it('has the notes of the backup where today’s database cannot be read', async () => {
    const { open, restore, file } = place();
    const store = open();
    store.deskRecords.notes.save(noteOf(1));
    const { name } = valueOf(await store.backups.make());
    store.close();
    writeFileSync(file, 'ruined'.repeat(1_000));
    valueOf(restore(name));
    expect(open().deskRecords.notes.load(vaultIdOf(1))).toEqual([noteOf(1)]);
  });
});
