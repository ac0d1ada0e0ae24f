/**
 * What an on-chain program is to the practice chain. The chain owns accounts, transactions, slots and the RPC;
 * programs only read and write accounts through the context, and all writes of a failed transaction are undone.
 */
import type { PublicKey } from '@solana/web3.js';

export interface Account {
  lamports: bigint;
  owner: PublicKey;
  data: Buffer;
  executable: boolean;
}

export interface InstructionAccount {
  readonly pubkey: PublicKey;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
}

/** What a program sees while it runs one instruction. */
export interface InstructionContext {
  readonly programId: PublicKey;
  readonly accounts: readonly InstructionAccount[];
  readonly data: Buffer;
  readonly slot: bigint;
  /** Chain time, seconds since the Unix epoch. */
  readonly unixTimestamp: bigint;
  /** Writes in this transaction are visible; a missing account is null. */
  getAccount(key: PublicKey): Account | null;
  /** Creates or replaces. Refuses an account that the instruction did not mark writable. */
  setAccount(key: PublicKey, account: Account): void;
  deleteAccount(key: PublicKey): void;
  /** Adds a line to the transaction's logs. */
  log(line: string): void;
  /**
   * Calls another program; `signers` are program addresses that the caller signs for.
   * Logs nest as on a real validator.
   */
  invoke(instruction: InnerInstruction, signers?: readonly PublicKey[]): void;
}

export interface InnerInstruction {
  readonly programId: PublicKey;
  readonly accounts: readonly InstructionAccount[];
  readonly data: Buffer;
}

/** Thrown by a program: the transaction fails with `{InstructionError: [index, {Custom: code}]}` or the named error. */
export class ProgramError extends Error {
  readonly reason: number | string;
  constructor(reason: number | string, message: string) {
    super(message);
    this.name = 'ProgramError';
    this.reason = reason;
  }
}

export interface Program {
  readonly id: PublicKey;
  execute(context: InstructionContext): void;
}

/** The chain as the world's own machinery (prices, funding, interest, faucet) sees it: outside transactions. */
export interface Ledger {
  readonly slot: bigint;
  readonly unixTimestamp: bigint;
  getAccount(key: PublicKey): Account | null;
  setAccount(key: PublicKey, account: Account): void;
  deleteAccount(key: PublicKey): void;
  /** All accounts owned by a program. */
  accountsOf(program: PublicKey): Iterable<[PublicKey, Account]>;
}

/** A world on the practice chain: its programs, its first accounts, and what moves by itself at each slot. */
export interface World {
  readonly programs: readonly Program[];
  /** Writes the first accounts of a new chain. */
  genesis(ledger: Ledger): void;
  /** Called once per slot, after the slot's transactions. */
  tick(ledger: Ledger): void;
}
