/**
 * `npm run package`: the unpacked application in release/, from the Electron that the set-up decided
 * on. Other targets by argument: `npm run package -- --linux tar.gz`.
 */
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runProgram } from './run-program.ts';

type Runtime = { executable: string; electronVersion: string };

const root = resolve(import.meta.dirname, '../..');

/** The folder that holds the whole Electron; on macOS the executable lies deep inside its bundle. */
function electronFolder(executable: string): string {
  const bundle = executable.indexOf('Electron.app');
  return bundle > 0 ? executable.slice(0, bundle) : dirname(executable);
}

const runtime = JSON.parse(readFileSync(join(root, '.tools/runtime.json'), 'utf8')) as Runtime;
const chosen = process.argv.slice(2);
const result = await runProgram(
  process.execPath,
  [
    join(root, 'node_modules/electron-builder/cli.js'),
    ...(chosen.length > 0 ? chosen : ['--dir']),
    '--publish=never',
    `-c.electronDist=${electronFolder(runtime.executable)}`,
    `-c.electronVersion=${runtime.electronVersion}`,
  ],
  { cwd: root, echo: true },
);
process.exitCode = result.status;
