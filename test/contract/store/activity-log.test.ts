import { join } from 'node:path';
import { memoryActivityLog } from '#test/support/memory-activity-log.ts';
import { openTestStore, testFolder } from '#test/unit/store/open-test-store.ts';
import { describeActivityLog } from '../activity-log-suite.ts';

describeActivityLog(
  'the database',
  () => openTestStore(join(testFolder(), 'keel.db')).deskRecords.activity,
);
describeActivityLog('the memory', () => memoryActivityLog());
