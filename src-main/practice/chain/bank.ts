/**
 * The chain: blocks, accounts, transactions. Entry points: `submit` queues a transaction, `advance` makes the
 * next block of what is queued. Invariant: a finished slot never changes; whatever is written belongs to the
 * slot in progress and shows when that ends.
 */
import { PublicKey, SystemProgram } from '@solana/web3.js';
import { AccountStore, addressOf } from './account-store.ts';
import type { Block } from './block.ts';
import { BlockList, nextBlock } from './block.ts';
import { executeTransaction } from './executor.ts';
import type { ChainState, Execution } from './executor.ts';
import { COMMON_PROGRAMS, firstBlocks, writeClock, writeCommonAccounts } from './genesis.ts';
import { OpenLedger } from './open-ledger.ts';
import type { Account, Program, World, WorldCommand, WorldTransaction } from './program.ts';
import { TransactionHistory } from './transaction-history.ts';
import { recordOf } from './transaction-record.ts';
import type { TransactionRecord } from './transaction-record.ts';
import type { TransactionError } from './transaction-error.ts';
import type { WireTransaction } from './transaction.ts';

/** Slots whose accounts and blocks are remembered: how far a lagging node can lag. */
export const KEPT_SLOTS = 1_000;

/** Enough for every blockhash that can still be used. */
const SAVED_BLOCKS = 301;

/** Everything of a chain that outlives the process. */
export interface SavedChain {
  readonly genesisHash: string;
  readonly blocks: readonly [Block, ...Block[]];
  readonly accounts: Iterable<readonly [string, Account]>;
  readonly transactions: Iterable<TransactionRecord>;
}

/** What one slot changed. */
export interface SlotChange {
  readonly block: Block;
  readonly accounts: readonly (readonly [string, Account | null])[];
  readonly transactions: readonly TransactionRecord[];
}

interface PendingTransaction {
  readonly transaction: WireTransaction;
  readonly notBefore: bigint;
  readonly forceFailure: boolean;
}

export interface SubmitOptions {
  /** Lands so many slots later than it could. */
  readonly delaySlots?: number;
  /** Lands, pays, and fails. */
  readonly forceFailure?: boolean;
}

export class Bank {
  readonly genesisHash: string;
  readonly accounts = new AccountStore();
  readonly history = new TransactionHistory();
  readonly blocks: BlockList;
  readonly programs: ReadonlyMap<string, Program>;
  readonly #world: World;
  #pending: PendingTransaction[] = [];
  /** Time of the slot in progress. */
  #openTime: bigint;

  private constructor(genesisHash: string, world: World, blocks: readonly [Block, ...Block[]]) {
    this.genesisHash = genesisHash;
    this.#world = world;
    this.blocks = new BlockList(blocks);
    this.#openTime = this.blocks.tip.unixTimestamp;
    const programs = [...COMMON_PROGRAMS, ...world.programs];
    this.programs = new Map(programs.map((program) => [addressOf(program.id), program]));
  }

  static create(genesisHash: string, world: World, unixTimestamp: bigint): Bank {
    const blocks = firstBlocks(genesisHash, unixTimestamp);
    const bank = new Bank(genesisHash, world, blocks);
    const [{ slot }] = blocks;
    const ledger = new OpenLedger(bank.accounts, bank.programs, slot, unixTimestamp);
    writeCommonAccounts(ledger, world.programs);
    world.genesis(ledger);
    return bank;
  }

  /** @param skippedSlots slots to leave out, so that blocks lost in a power failure are never made anew. */
  static restore(saved: SavedChain, world: World, skippedSlots: bigint): Bank {
    const [first, ...rest] = saved.blocks;
    const tip = rest.at(-1) ?? first;
    const next = nextBlock(tip, tip.unixTimestamp, skippedSlots);
    const bank = new Bank(saved.genesisHash, world, [first, ...rest, next]);
    for (const [address, account] of saved.accounts) bank.accounts.put(address, account, 0n);
    for (const record of saved.transactions) bank.history.add(record);
    return bank;
  }

  get slot(): bigint {
    return this.blocks.tip.slot;
  }

  /** What is on disk after this is this chain. */
  saved(): SavedChain {
    return {
      genesisHash: this.genesisHash,
      blocks: this.blocks.last(SAVED_BLOCKS),
      accounts: this.accounts.heads(),
      transactions: this.history.all(),
    };
  }

  /** Queues for the next slot. A transaction that is queued or has landed already is not queued again. */
  submit(transaction: WireTransaction, options: SubmitOptions = {}): void {
    const { signature } = transaction;
    if (this.history.find(signature) !== null) return;
    if (this.#pending.some((each) => each.transaction.signature === signature)) return;
    this.#pending.push({
      transaction,
      notBefore: this.slot + 1n + BigInt(options.delaySlots ?? 0),
      forceFailure: options.forceFailure ?? false,
    });
  }

  /** Runs without consequences on the state at the end of a slot. Blockhash and signatures are the caller's to check. */
  simulate(transaction: WireTransaction, slot: bigint): Execution {
    return executeTransaction(this.#stateAt(slot), transaction);
  }

  /** Why the transaction cannot enter the block after the given slot's; null when it can. */
  refusalAt(transaction: WireTransaction, slot: bigint): TransactionError | null {
    const landed = this.history.find(transaction.signature);
    if (landed !== null && landed.slot <= slot) return 'AlreadyProcessed';
    const usable = this.blocks.isUsable(transaction.message.recentBlockhash, this.blocks.at(slot));
    return usable ? null : 'BlockhashNotFound';
  }

  /** Lets the world write to the slot in progress; returns what it wants to land. Throws the world's ProgramError. */
  command(command: WorldCommand): readonly WorldTransaction[] {
    return this.#world.admin(this.#openLedger(), command) ?? [];
  }

  /** Gives lamports out of nothing, in the slot in progress. */
  credit(address: string, lamports: bigint): void {
    const account = this.accounts.head(address) ?? {
      lamports: 0n,
      owner: SystemProgram.programId,
      data: Buffer.alloc(0),
      executable: false,
    };
    const credited = { ...account, lamports: account.lamports + lamports };
    this.#openLedger().setAccount(new PublicKey(address), credited);
  }

  /** Ends the slot in progress. */
  advance(nowSeconds: bigint): SlotChange {
    const tip = this.blocks.tip;
    this.#openTime = nowSeconds > tip.unixTimestamp ? nowSeconds : tip.unixTimestamp;
    const block = nextBlock(tip, this.#openTime);
    const transactions = this.#runPending(block);
    const ledger = this.#openLedger();
    writeClock(ledger);
    this.#world.tick(ledger);
    this.blocks.append(block, KEPT_SLOTS);
    const accounts = [...this.accounts.changedAt(block.slot)].map(
      (address) => [address, this.accounts.head(address)] as const,
    );
    this.accounts.prune(this.blocks.oldest.slot);
    return { block, accounts, transactions };
  }

  #runPending(block: Block): readonly TransactionRecord[] {
    const due = this.#pending.filter((each) => each.notBefore <= block.slot);
    this.#pending = this.#pending.filter((each) => each.notBefore > block.slot);
    return due.flatMap((each) => this.#land(each, block) ?? []);
  }

  #land({ transaction, forceFailure }: PendingTransaction, block: Block): TransactionRecord | null {
    if (this.refusalAt(transaction, this.slot) !== null) return null;
    const execution = executeTransaction(this.#headState(block), transaction, forceFailure);
    if (!execution.landed) return null;
    const head = (address: string): Account | null => this.accounts.head(address);
    const after = (address: string): Account | null => {
      const written = execution.writes.get(address);
      return written === undefined ? head(address) : written;
    };
    const record = recordOf(transaction, execution, block, head, after);
    for (const [address, account] of execution.writes) {
      this.accounts.put(address, account, block.slot);
    }
    this.history.add(record);
    return record;
  }

  #openLedger(): OpenLedger {
    return new OpenLedger(this.accounts, this.programs, this.slot + 1n, this.#openTime);
  }

  #headState(block: Block): ChainState {
    const { slot, unixTimestamp } = block;
    const { accounts, programs } = this;
    return { read: (address) => accounts.head(address), programs, slot, unixTimestamp };
  }

  #stateAt(slot: bigint): ChainState {
    const { accounts, programs } = this;
    const { unixTimestamp } = this.blocks.at(slot);
    const read = (address: string): Account | null =>
      accounts.versionAt(address, slot)?.account ?? null;
    return { read, programs, slot: slot + 1n, unixTimestamp };
  }
}
