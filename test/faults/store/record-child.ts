import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRecords, type DiskRecord } from './recorded-disk.ts';

const SOURCE = join(import.meta.dirname, 'disk-recorder.c');

/** Why a disk cannot be recorded here; null: it can. */
export const UNRECORDABLE = ((): string | null => {
  if (process.platform !== 'linux') return 'LD_PRELOAD is Linux’s';
  const missing = spawnSync('cc', ['--version']).status !== 0;
  return missing ? 'no C compiler (cc) is installed' : null;
})();

let recorder: string | null = null;

function compiled(): string {
  if (recorder !== null && existsSync(recorder)) return recorder;
  const library = join(tmpdir(), `keel-disk-recorder-${process.pid}.so`);
  const flags = ['-shared', '-fPIC', '-O1', '-Wall', '-Werror', '-o', library];
  const built = spawnSync('cc', [...flags, SOURCE, '-ldl', '-lpthread'], { encoding: 'utf8' });
  if (built.status !== 0) throw new Error(`The recorder does not compile: ${built.stderr}`);
  recorder = library;
  return library;
}

/** What a disk refuses: beyond so many bytes; below a name of the folder. */
export interface DiskLimits {
  readonly freeBytes?: number;
  readonly readOnly?: string;
}

/** Runs a script of this folder to its end, and gives back what it did to the files of the folder. */
export function recordChild(
  script: string,
  folder: string,
  log: string,
  args: readonly string[],
): readonly DiskRecord[] {
  runOnDisk(script, folder, log, args, {});
  return readRecords(log);
}

/** Runs a script on a disk with limits; returns what it prints. */
export function runOnDisk(
  script: string,
  folder: string,
  log: string,
  args: readonly string[],
  { freeBytes, readOnly }: DiskLimits,
): string {
  const child = spawnSync(process.execPath, [join(import.meta.dirname, script), ...args], {
    encoding: 'utf8',
    env: {
      ...process.env,
      NODE_NO_WARNINGS: '1',
      LD_PRELOAD: compiled(),
      KEEL_RECORD_FOLDER: folder,
      KEEL_RECORD_LOG: log,
      ...(freeBytes === undefined ? {} : { KEEL_RECORD_FREE_BYTES: String(freeBytes) }),
      ...(readOnly === undefined ? {} : { KEEL_RECORD_READ_ONLY: readOnly }),
    },
  });
  if (child.status !== 0) throw new Error(`${script} ended with ${child.status}: ${child.stderr}`);
  return child.stdout;
}
