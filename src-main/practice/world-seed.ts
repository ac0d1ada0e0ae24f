import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const FILE = 'world.json';
const seedFile = z.object({ seed: z.string().min(1).max(64) });

/**
 * The seed that the folder's world was made from: its keys and prices follow from it, so it stays for good.
 * A new folder takes the wanted one, or a random one.
 */
export function worldSeed(folder: string, wanted: number | undefined): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, FILE);
  const text = readIfThere(path);
  if (text !== null) return seedFile.parse(JSON.parse(text)).seed;
  const seed = wanted === undefined ? randomBytes(16).toString('hex') : wanted.toString();
  writeWhole(path, JSON.stringify({ seed }));
  return seed;
}

export function writeWhole(path: string, text: string): void {
  const descriptor = openSync(`${path}.tmp`, 'w', 0o600);
  writeSync(descriptor, text);
  fsyncSync(descriptor);
  closeSync(descriptor);
  renameSync(`${path}.tmp`, path);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
