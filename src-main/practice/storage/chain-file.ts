/**
 * The chain on disk. One file a generation: a whole chain first, then a line per slot, each with its checksum.
 * A slot is written before anybody can see it, so a killed process loses nothing that it had shown; a line cut
 * short is ignored. A new generation is complete and flushed before it gets its name.
 */
import {
  closeSync,
  existsSync,
  fdatasync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import type { Block } from '../chain/block.ts';
import type { SavedChain, SlotChange } from '../chain/bank.ts';
import type { Account } from '../chain/program.ts';
import type { TransactionRecord } from '../chain/transaction-record.ts';
import {
  accountJson,
  blockJson,
  CHAIN_FORMAT,
  LINE_SCHEMA,
  transactionJson,
} from './chain-lines.ts';
import type { Line } from './chain-lines.ts';

const COMPACT_AT_BYTES = 32 * 1024 * 1024;
const FILE_NAME = /^chain-(\d{1,12})\.log$/;
const RECORDS_PER_LINE = 100;
const KEPT_BLOCKS = 301;

export class ChainFile {
  readonly #folder: string;
  #generation: number;
  #descriptor = -1;
  #written = 0;
  #baseBytes = 0;
  #flushing = false;

  private constructor(folder: string, generation: number) {
    this.#folder = folder;
    this.#generation = generation;
  }

  /**
   * Reads the newest complete generation of the folder, which is made where it is missing. Files that hold no whole
   * chain are set aside, never overwritten.
   */
  static open(folder: string): { readonly file: ChainFile; readonly saved: SavedChain | null } {
    mkdirSync(folder, { recursive: true });
    const generations = generationsIn(folder);
    const newest = generations[0] ?? 0;
    for (const generation of generations) {
      const saved = readChain(pathOf(folder, generation));
      if (saved !== null) return { file: new ChainFile(folder, newest), saved };
      const path = pathOf(folder, generation);
      renameSync(path, path.replace(/log$/, 'damaged'));
    }
    return { file: new ChainFile(folder, newest), saved: null };
  }

  /** Starts a new generation with the whole chain, then forgets older ones. */
  writeBase(chain: SavedChain): void {
    const generation = this.#generation + 1;
    const path = pathOf(this.#folder, generation);
    const descriptor = openSync(`${path}.tmp`, 'w');
    let bytes = 0;
    for (const line of baseLines(chain)) bytes += writeLine(descriptor, line);
    fsyncSync(descriptor);
    renameSync(`${path}.tmp`, path);
    flushFolder(this.#folder);
    if (this.#descriptor !== -1) closeSync(this.#descriptor);
    this.#descriptor = descriptor;
    this.#generation = generation;
    this.#written = bytes;
    this.#baseBytes = bytes;
    this.#removeOlder();
  }

  /** In the operating system's hands when this returns, on the disk within the second. */
  append(change: SlotChange): void {
    this.#written += writeLine(this.#descriptor, {
      kind: 'slot',
      block: blockJson(change.block),
      accounts: change.accounts.map(accountJson),
      transactions: change.transactions.map(transactionJson),
    });
    this.#flushSoon();
  }

  /** True when slots outweigh the chain so much that a new generation saves space. */
  get isBulky(): boolean {
    return this.#written - this.#baseBytes > COMPACT_AT_BYTES;
  }

  close(): void {
    if (this.#descriptor === -1) return;
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
    this.#descriptor = -1;
  }

  #flushSoon(): void {
    if (this.#flushing) return;
    this.#flushing = true;
    fdatasync(this.#descriptor, () => {
      this.#flushing = false;
    });
  }

  #removeOlder(): void {
    for (const generation of generationsIn(this.#folder)) {
      if (generation < this.#generation) rmSync(pathOf(this.#folder, generation), { force: true });
    }
  }
}

function pathOf(folder: string, generation: number): string {
  return join(folder, `chain-${generation}.log`);
}

/** Newest first. */
function generationsIn(folder: string): readonly number[] {
  return readdirSync(folder)
    .flatMap((name) => FILE_NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((left, right) => right - left);
}

function flushFolder(folder: string): void {
  if (process.platform === 'win32' || !existsSync(folder)) return;
  const descriptor = openSync(folder, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}

function checksum(json: string): string {
  return crc32(json).toString(16).padStart(8, '0');
}

function writeLine(descriptor: number, line: object): number {
  const json = JSON.stringify(line);
  const bytes = Buffer.from(`${checksum(json)} ${json}\n`);
  let written = 0;
  while (written < bytes.length) written += writeSync(descriptor, bytes, written);
  return bytes.length;
}

function* baseLines(chain: SavedChain): Generator<object> {
  yield { kind: 'chain', format: CHAIN_FORMAT, genesisHash: chain.genesisHash };
  const empty = { kind: 'base', blocks: [], accounts: [], transactions: [] };
  yield { ...empty, blocks: chain.blocks.map(blockJson) };
  for (const accounts of chunks(chain.accounts)) {
    yield { ...empty, accounts: accounts.map(accountJson) };
  }
  for (const transactions of chunks(chain.transactions)) {
    yield { ...empty, transactions: transactions.map(transactionJson) };
  }
  yield { kind: 'base-end' };
}

function* chunks<Item>(items: Iterable<Item>): Generator<readonly Item[]> {
  let chunk: Item[] = [];
  for (const item of items) {
    chunk.push(item);
    if (chunk.length === RECORDS_PER_LINE) {
      yield chunk;
      chunk = [];
    }
  }
  if (chunk.length > 0) yield chunk;
}

/** All lines up to the first that is cut short, damaged or unknown. */
function* linesOf(path: string): Generator<Line> {
  for (const text of readFileSync(path, 'utf8').split('\n')) {
    const json = text.slice(9);
    if (text.length < 10 || text.slice(0, 8) !== checksum(json)) return;
    const line = LINE_SCHEMA.safeParse(JSON.parse(json));
    if (!line.success) return;
    yield line.data;
  }
}

/** Null when the file does not hold a whole chain. */
function readChain(path: string): SavedChain | null {
  let genesisHash: string | null = null;
  let complete = false;
  let blocks: Block[] = [];
  const accounts = new Map<string, Account>();
  const transactions: TransactionRecord[] = [];
  for (const line of linesOf(path)) {
    if (line.kind === 'chain') {
      genesisHash = line.genesisHash;
      continue;
    }
    if (line.kind === 'base-end') {
      complete = true;
      continue;
    }
    blocks.push(...(line.kind === 'base' ? line.blocks : [line.block]));
    if (blocks.length > 2 * KEPT_BLOCKS) blocks = blocks.slice(-KEPT_BLOCKS);
    for (const [address, account] of line.accounts) {
      if (account === null) accounts.delete(address);
      else accounts.set(address, account);
    }
    transactions.push(...line.transactions);
  }
  const [first, ...rest] = blocks;
  if (!complete || genesisHash === null || first === undefined) return null;
  return { genesisHash, blocks: [first, ...rest], accounts, transactions };
}
