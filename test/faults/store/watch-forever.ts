/**
 * Stops everything, tells of it by an alert, lifts the stop and clears the alert, on and on until it is killed. Prints the
 * number of each step once it is acknowledged.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '#main/platform/system-clock.ts';
import { openStore } from '#main/store/index.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { takeWatchStep } from './watch-steps.ts';

const [file = '', from = '1'] = process.argv.slice(2);
const opened = openStore({ file, clock: systemClock(), logger: silentLogger });
if (!opened.ok) throw new Error(opened.error.message);
for (let step = Number(from); ; step += 1) {
  takeWatchStep(opened.value.watchStore, step);
  writeSync(1, `${step}\n`);
}
