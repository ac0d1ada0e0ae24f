/** Restores a backup while its disk is recorded from outside. */
import { dirname, join } from 'node:path';
import { restoreBackup } from '#main/store/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

const [file = '', name = ''] = process.argv.slice(2);
const folder = join(dirname(file), 'backups');
const restored = restoreBackup({ file, folder, clock: new FakeClock() }, name);
if (!restored.ok) throw new Error(restored.error.message);
