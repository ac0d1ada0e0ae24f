/**
 * Commits syncs until it is killed, and prints the number of each commit once it is acknowledged. Each number
 * stands in every figure of the vault, so that a vault of two commits would show.
 */
import { writeSync } from 'node:fs';
import { systemClock } from '#main/platform/system-clock.ts';
import { openStore } from '#main/store/index.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { numberedCommits } from './numbered-commits.ts';

const [file = '', first = '1'] = process.argv.slice(2);
const opened = openStore({ file, clock: systemClock(), logger: silentLogger });
if (!opened.ok) throw new Error(opened.error.message);
const { vaultStore, maintain } = opened.value;

for (let number = Number(first); ; number += 1) {
  vaultStore.commitSyncs(numberedCommits(number));
  writeSync(1, `${number}\n`);
  if (number % 7 === 0) maintain();
}
