/** Names and durable moves of backup files. Every step leaves what was there before whole. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { unixMs, type UnixMs } from '#domain/units.ts';

const NAME = /^keel-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(-[\w-]+)?\.db$/;
const PARTIAL = '.partial';

/** `20261122T083400Z`: sorts as time does. */
export function stampOf(nowMs: UnixMs): string {
  return new Date(nowMs).toISOString().replace(/[-:]|\.\d+/g, '');
}

/** A name that no file of the folder has; `note` tells backups made for a reason of their own. */
export function freeBackupName(folder: string, nowMs: UnixMs, note = ''): string {
  const base = `keel-${stampOf(nowMs)}${note}`;
  let name = `${base}.db`;
  for (let count = 2; existsSync(join(folder, name)); count += 1) name = `${base}-${count}.db`;
  return name;
}

/** When a backup was made, from its name; null: it is not the name of a backup. */
export function madeAtOf(name: string): UnixMs | null {
  const match = NAME.exec(name);
  if (match === null || basename(name) !== name) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
    .slice(1, 7)
    .map(Number);
  return unixMs(Date.UTC(year, month - 1, day, hour, minute, second));
}

/** Newest first; of one second, the later name first. A folder that does not exist has none. */
export function backupNames(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  const names = readdirSync(folder).filter((name) => madeAtOf(name) !== null);
  return names.sort((left, right) => {
    const apart = (madeAtOf(right) ?? 0) - (madeAtOf(left) ?? 0);
    return apart === 0 ? right.length - left.length || (right > left ? 1 : -1) : apart;
  });
}

/** Where a backup is written before its check; never listed. */
export function partialOf(folder: string, name: string): string {
  return join(folder, name + PARTIAL);
}

/** What killed processes left half written. */
export function removePartials(folder: string): void {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const unfinished = /^(keel-\d{8}T\d{6}Z.*\.db\.partial)(-journal|-wal|-shm)?$/.test(name);
    if (unfinished) rmSync(join(folder, name), { force: true });
  }
}

/** The file's bytes are on the disk when this returns. */
export function syncFile(file: string): void {
  const descriptor = openSync(file, 'r+');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

/** The names in the file's folder are on the disk when this returns; Windows keeps them by itself. */
export function syncFolderOf(file: string): void {
  if (process.platform === 'win32') return;
  const descriptor = openSync(dirname(file), 'r');
  try {
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

const CHUNK_BYTES = 1_048_576;

/** Copies byte by byte, over what `to` may hold, and returns when the copy is on the disk. */
export function copyDurably(from: string, to: string): void {
  const source = openSync(from, 'r');
  try {
    const target = openSync(to, 'w', 0o600);
    try {
      copyBytes(source, target);
      fsyncSync(target);
    } finally {
      closeSync(target);
    }
  } finally {
    closeSync(source);
  }
}

function copyBytes(source: number, target: number): void {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (;;) {
    const read = readSync(source, chunk, 0, chunk.length, null);
    if (read === 0) return;
    for (let written = 0; written < read;) {
      written += writeSync(target, chunk, written, read - written);
    }
  }
}
