/** Carries operations through their whole life until it is killed, and prints each transition once acknowledged. */
import { writeSync } from 'node:fs';
import { systemClock } from '#main/platform/system-clock.ts';
import { openStore } from '#main/store/index.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { lifeOf } from '#test/unit/store/operations.ts';

const [file = '', operation = '1', transitions = '0'] = process.argv.slice(2);
const opened = openStore({ file, clock: systemClock(), logger: silentLogger });
if (!opened.ok) throw new Error(opened.error.message);
const { journal } = opened.value;

let done = Number(transitions);
for (let number = Number(operation); ; number += 1) {
  for (const [index, row] of lifeOf(number).entries()) {
    if (index < done) continue;
    if (index === 0) journal.open(row, ['lock']);
    else journal.advance(row);
    writeSync(1, `${number} ${index + 1}\n`);
  }
  done = 0;
}
