import { join } from 'node:path';
import { memoryDeskRecords } from '#test/support/memory-desk-records.ts';
import { openTestStore, testFolder } from '#test/unit/store/open-test-store.ts';
import { describeNoteStore } from '../note-store-suite.ts';

describeNoteStore(
  'the database',
  () => openTestStore(join(testFolder(), 'keel.db')).deskRecords.notes,
);
describeNoteStore('the memory', () => memoryDeskRecords().notes);
