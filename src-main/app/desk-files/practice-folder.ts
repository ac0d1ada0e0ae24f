/** The folder of the practice network's state, and how it is put away. The network itself must not run. */
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { UnixMs } from '#domain/units.ts';
import { unixMsSchema } from '#ipc/wire.ts';

const MARK = 'begun-anew.json';
const ASIDE = '.before-';
const markSchema = z.object({ atMs: unixMsSchema });

/** When the trader had this folder's network begun anew; null: it was not, or nobody can tell. */
export function practiceBegunAnewAtMs(folder: string): UnixMs | null {
  try {
    return markSchema.parse(JSON.parse(readFileSync(path.join(folder, MARK), 'utf8'))).atMs;
  } catch {
    return null;
  }
}

/**
 * Puts the folder aside under another name, as the only one of its kind, and an empty one in its place, which says since
 * when. Answers with the name that the old one has now; null: there was none. Throws the system's error; then the folder is
 * where it was.
 */
export function putPracticeAway(folder: string, atMs: UnixMs): string | null {
  const fresh = `${folder}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  writeFlushed(path.join(fresh, MARK), JSON.stringify({ atMs }));
  const aside = existsSync(folder) ? freeName(`${folder}${ASIDE}${stampOf(atMs)}`) : null;
  if (aside !== null) renameSync(folder, aside);
  try {
    renameSync(fresh, folder);
  } catch (caught) {
    if (aside !== null) renameSync(aside, folder);
    throw caught;
  }
  if (aside !== null) forgetOlder(folder, path.basename(aside));
  return aside === null ? null : path.basename(aside);
}

function forgetOlder(folder: string, kept: string): void {
  const [place, prefix] = [path.dirname(folder), `${path.basename(folder)}${ASIDE}`];
  for (const name of readdirSync(place)) {
    if (!name.startsWith(prefix) || name === kept) continue;
    rmSync(path.join(place, name), { recursive: true, force: true });
  }
}

function freeName(base: string): string {
  let name = base;
  for (let count = 2; existsSync(name); count += 1) name = `${base}-${count}`;
  return name;
}

const stampOf = (atMs: number): string => new Date(atMs).toISOString().replace(/[-:]|\.\d+/g, '');

function writeFlushed(file: string, text: string): void {
  const descriptor = openSync(file, 'w', 0o600);
  writeSync(descriptor, text);
  fsyncSync(descriptor);
  closeSync(descriptor);
}
