/** `npm run check`: every static check, each with its verdict; fails when one fails. */
import { resolve } from 'node:path';
import { printCheck, runChecks } from './checks.ts';

const results = await runChecks(resolve(import.meta.dirname, '../..'), printCheck);
const failed = results.filter((result) => !result.passed).length;
process.stdout.write(`${results.length - failed} passed, ${failed} failed\n`);
if (failed > 0) process.exitCode = 1;
