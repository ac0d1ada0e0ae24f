/** What `disk-recorder.c` wrote down, played back up to any moment: the disk as a kill or a power cut leaves it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

export interface DiskRecord {
  readonly kind: string;
  readonly serial: string;
  readonly offset: number;
  readonly data: Buffer;
  readonly name: string;
}

export function readRecords(log: string): readonly DiskRecord[] {
  const bytes = readFileSync(log);
  const records: DiskRecord[] = [];
  for (let at = 0; at < bytes.length;) {
    const end = bytes.indexOf(0x0a, at);
    const header = bytes.toString('utf8', at, end);
    const [kind = '', serial = '', offset = '', length = '', ...name] = header.split(' ');
    const from = end + 1;
    at = from + Number(length);
    const data = bytes.subarray(from, at);
    records.push({ kind, serial, offset: Number(offset), data, name: name.join(' ') });
  }
  return records;
}

type Change =
  | { readonly kind: 'write'; readonly offset: number; readonly data: Buffer }
  | { readonly kind: 'truncate'; readonly length: number };

interface DiskFile {
  durable: Buffer;
  pending: Change[];
}

type Naming = (names: Map<string, DiskFile>) => void;

/**
 * What reached the disk: `killed` all of it, since the system lives on; `cut` only what was synced, files and names
 * alike; `torn` beside that a part of the rest, by sectors and in any order.
 */
export type Loss = 'killed' | 'cut' | 'torn';

const SECTOR = 512;

export class RecordedDisk {
  readonly #files = new Map<string, DiskFile>();
  readonly #names = new Map<string, DiskFile>();
  #namings: Naming[] = [];

  /** As the folder is now: all of it is on the disk. */
  constructor(folder: string) {
    for (const name of namesIn(folder)) {
      const path = join(folder, name);
      const file = { durable: readFileSync(path), pending: [] };
      this.#files.set(String(statSync(path).ino), file);
      this.#names.set(name, file);
    }
  }

  apply(record: DiskRecord): void {
    const { kind, serial, offset, data, name } = record;
    const file = this.#files.get(serial);
    switch (kind) {
      case 'create': {
        const fresh = { durable: Buffer.alloc(0), pending: [] };
        this.#files.set(serial, fresh);
        this.#namings.push((names) => names.set(name, fresh));
        break;
      }
      case 'write':
        known(file, record).pending.push({ kind, offset, data });
        break;
      case 'truncate':
        known(file, record).pending.push({ kind, length: offset });
        break;
      case 'sync':
        settle(known(file, record));
        break;
      case 'sync-folder':
        for (const naming of this.#namings) naming(this.#names);
        this.#namings = [];
        break;
      case 'unlink':
        this.#namings.push((names) => names.delete(name));
        break;
      case 'rename':
        this.#namings.push((names) => {
          const moved = names.get(name);
          names.delete(name);
          if (moved !== undefined) names.set(data.toString(), moved);
        });
        break;
      case 'print':
        break;
      default:
        throw new Error(`The record holds an unknown ${kind}`);
    }
  }

  /** Files of the folder that are not as the record says: none, unless the recorder missed a change. */
  missedIn(folder: string): readonly string[] {
    const names = new Map(this.#names);
    for (const naming of this.#namings) naming(names);
    const everywhere = new Set([...names.keys(), ...namesIn(folder)]);
    return [...everywhere].filter((name) => {
      const file = names.get(name);
      const path = join(folder, name);
      if (file === undefined || !existsSync(path)) return true;
      return !contentOf(file, 'killed', Math.random).equals(readFileSync(path));
    });
  }

  /** Writes the disk of this moment into a folder. */
  save(folder: string, loss: Loss, random: () => number): void {
    const names = new Map(this.#names);
    const kept = { killed: 1, cut: 0, torn: random() }[loss];
    const last = Math.round(this.#namings.length * kept);
    for (const naming of this.#namings.slice(0, last)) naming(names);
    for (const [name, file] of names) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), contentOf(file, loss, random));
    }
  }
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)));
}

function known(file: DiskFile | undefined, { kind, serial }: DiskRecord): DiskFile {
  if (file === undefined) throw new Error(`A ${kind} to a file that was never opened: ${serial}`);
  return file;
}

function settle(file: DiskFile): void {
  file.durable = file.pending.reduce(changed, file.durable);
  file.pending = [];
}

function contentOf({ durable, pending }: DiskFile, loss: Loss, random: () => number): Buffer {
  if (loss === 'cut') return durable;
  if (loss === 'killed') return pending.reduce(changed, durable);
  const sectors = pending.flatMap((change) => sectorsOf(change));
  return sectors.filter(() => random() < 0.5).reduce(changed, durable);
}

/** A disk writes whole sectors: a change falls apart where they meet. */
function sectorsOf(change: Change): readonly Change[] {
  if (change.kind === 'truncate') return [change];
  const { offset, data } = change;
  const parts: Change[] = [];
  for (let at = 0; at < data.length;) {
    const end = Math.min(data.length, at + SECTOR - ((offset + at) % SECTOR));
    parts.push({ kind: 'write', offset: offset + at, data: data.subarray(at, end) });
    at = end;
  }
  return parts;
}

function changed(content: Buffer, change: Change): Buffer {
  const size =
    change.kind === 'truncate'
      ? change.length
      : Math.max(content.length, change.offset + change.data.length);
  const next = Buffer.alloc(size);
  content.copy(next);
  if (change.kind === 'write') change.data.copy(next, change.offset);
  return next;
}

/** Mulberry32: the same numbers, 0 … 1, for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
