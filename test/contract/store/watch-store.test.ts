import { join } from 'node:path';
import { MemoryWatchStore } from '#test/support/memory-watch-store.ts';
import { openTestStore, testFolder } from '#test/unit/store/open-test-store.ts';
import { describeWatchStore } from '../watch-store-suite.ts';

describeWatchStore('the database', () => openTestStore(join(testFolder(), 'keel.db')).watchStore);
describeWatchStore('the memory', () => new MemoryWatchStore());
