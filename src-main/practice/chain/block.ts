import { createHash } from 'node:crypto';
import bs58 from 'bs58';

export interface Block {
  readonly slot: bigint;
  /** Number of blocks before it: slots may be skipped, heights never are. */
  readonly height: bigint;
  readonly blockhash: string;
  /** Chain time, seconds. */
  readonly unixTimestamp: bigint;
}

/** A blockhash can be used until the block this many heights later. */
export const BLOCKHASH_VALIDITY = 150n;

export function hashOf(...parts: readonly string[]): string {
  return bs58.encode(createHash('sha256').update(parts.join('\n')).digest());
}

export function nextBlock(previous: Block, unixTimestamp: bigint, skippedSlots = 0n): Block {
  const slot = previous.slot + 1n + skippedSlots;
  return {
    slot,
    height: previous.height + 1n,
    blockhash: hashOf(previous.blockhash, slot.toString()),
    unixTimestamp,
  };
}

/** The newest blocks, oldest first. Never empty. */
export class BlockList {
  readonly #blocks: Block[];
  #tip: Block;
  readonly #byHash = new Map<string, Block>();

  constructor(blocks: readonly [Block, ...Block[]]) {
    this.#blocks = [...blocks];
    this.#tip = blocks.at(-1) ?? blocks[0];
    for (const block of blocks) this.#byHash.set(block.blockhash, block);
  }

  get tip(): Block {
    return this.#tip;
  }

  get oldest(): Block {
    return this.#blocks[0] ?? this.#tip;
  }

  append(block: Block, keep: number): void {
    this.#blocks.push(block);
    this.#tip = block;
    this.#byHash.set(block.blockhash, block);
    const forgotten = this.#blocks.splice(0, Math.max(0, this.#blocks.length - keep));
    for (const { blockhash } of forgotten) this.#byHash.delete(blockhash);
  }

  /** The newest block at or before the slot; the oldest kept one when the slot is older still. */
  at(slot: bigint): Block {
    return this.#blocks.findLast((block) => block.slot <= slot) ?? this.oldest;
  }

  /** Oldest first; at least the tip. */
  last(count: number): readonly [Block, ...Block[]] {
    const [first = this.#tip, ...rest] = this.#blocks.slice(-count);
    return [first, ...rest];
  }

  /** True when a transaction with the blockhash may enter the block after `tip`. */
  isUsable(blockhash: string, tip: Block): boolean {
    const block = this.#byHash.get(blockhash);
    if (block === undefined || block.slot > tip.slot) return false;
    return tip.height <= block.height + BLOCKHASH_VALIDITY;
  }
}
