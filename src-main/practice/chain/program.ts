/**
 * What an on-chain program is to the practice chain. The chain owns accounts, transactions, slots and the RPC;
 * programs only read and write accounts through the context, and all writes of a failed transaction are undone.
 */
import type { PracticeHealth, PracticeMarketChange, PracticeTrade } from '#domain/practice.ts';
import type { PublicKey, Signer } from '@solana/web3.js';

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

/**
 * What a program sees while it runs one instruction. The runtime's rules hold for every write: only an account's
 * owner changes its data, its owner or takes its lamports, and an instruction keeps the sum of its accounts'
 * lamports; so accounts are created by invoking the System program, and tokens moved by invoking SPL Token.
 */
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
  /** Adds `Program log: <line>` to the transaction's logs; a line that starts with `Program ` stays as it is. */
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
  /**
   * Runs instructions through the programs as one atomic transaction would, with every account that is
   * marked `isSigner` taken as signed and no fee. Throws the program's ProgramError after undoing all writes.
   */
  execute(instructions: readonly InnerInstruction[]): void;
}

/** What the admin API asks of the world. Amounts are in the token's smallest unit, prices in 10^-6 quote. */
export type WorldCommand =
  | {
      readonly method: 'mintTokens';
      readonly owner: PublicKey;
      /** Symbol (`USDC`) or mint address. */
      readonly token: string;
      readonly amount: bigint;
    }
  | { readonly method: 'setExchangeStatus'; readonly bits: number }
  | { readonly method: 'setPrice'; readonly market: string; readonly price: bigint }
  | { readonly method: 'setMarket'; readonly change: PracticeMarketChange }
  | {
      readonly method: 'setHealth';
      readonly wanted: PracticeHealth;
      /** Told the price that was found. */
      readonly onPrice: (price: bigint) => void;
    }
  | { readonly method: 'tradeAsOther'; readonly trade: PracticeTrade }
  | {
      /** Somebody else's client deposits into a sub-account of the starter's authority. */
      readonly method: 'depositAsOther';
      readonly subAccountId: number;
      readonly token: string;
      readonly amount: bigint;
    };

/** A real transaction that the world wants to land; the chain adds blockhash and signatures. */
export interface WorldTransaction {
  readonly instructions: readonly InnerInstruction[];
  /** The first pays the fee. */
  readonly signers: readonly Signer[];
}

/** What a client must know to find the venue on this chain. */
export interface WorldDeployment {
  readonly program: PublicKey;
  readonly stateSeed: string;
  readonly quoteMint: PublicKey;
}

/**
 * A world on the practice chain: its programs, its first accounts, and what moves by itself at each slot.
 * All its state lives in accounts: the chain persists nothing else, and answers lagging reads from them.
 */
export interface World {
  readonly programs: readonly Program[];
  readonly deployment: WorldDeployment;
  /** The sub-account that a new chain starts with. */
  readonly starter: { readonly authority: PublicKey; readonly subAccountId: number };
  /** Writes the first accounts of a new chain. */
  genesis(ledger: Ledger): void;
  /** Called once per slot, after the slot's transactions. */
  tick(ledger: Ledger): void;
  /**
   * Called between transactions of a slot. Writes to the ledger, or returns transactions for the chain to sign
   * and land (`depositAsOther`: its caller is told the signature). Throws ProgramError on a command that it
   * cannot follow; nothing is written then.
   */
  admin(ledger: Ledger, command: WorldCommand): readonly WorldTransaction[] | void;
}
