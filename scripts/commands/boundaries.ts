/** Prints what crosses a boundary; fails also when the tool saw nothing or overlooked a file. */
import { resolve } from 'node:path';
import { checkBoundaries } from './boundary-check.ts';

const root = resolve(import.meta.dirname, '../..');
const report = await checkBoundaries(root, root);
const overlooked = report.unseen.map((file) => `not looked at: ${file}`);
const lines = [...report.violations, ...overlooked];
if (report.seen === 0) lines.push('no module was seen');
for (const line of lines) process.stdout.write(`${line}\n`);
process.stdout.write(`${report.seen} modules seen\n`);
if (lines.length > 0) process.exitCode = 1;
