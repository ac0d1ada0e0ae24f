/** What the chain remembers of a transaction that entered a block. */
import { TOKEN_PROGRAM_ID } from '@solana/spl-token';
import type { PublicKey } from '@solana/web3.js';
import bs58 from 'bs58';
import { addressOf } from './account-store.ts';
import type { Execution } from './executor.ts';
import type { Account } from './program.ts';
import {
  MINT_BYTES,
  MintRecord,
  TOKEN_ACCOUNT_BYTES,
  TokenAccountRecord,
} from './programs/token-layout.ts';
import { decodeUtf8, MEMO_PROGRAM_ID } from './programs/memo.ts';
import type { TransactionError } from './transaction-error.ts';
import type { WireTransaction } from './transaction.ts';

export interface TokenBalance {
  readonly accountIndex: number;
  readonly mint: string;
  readonly owner: string;
  readonly amount: string;
  readonly decimals: number;
}

export interface InnerInstructionRecord {
  readonly programIdIndex: number;
  readonly accounts: readonly number[];
  /** Base58. */
  readonly data: string;
  readonly stackHeight: number;
}

export interface TransactionRecord {
  readonly signature: string;
  readonly slot: bigint;
  /** Chain time of its block, seconds. */
  readonly blockTime: bigint;
  readonly wire: Buffer;
  readonly accountKeys: readonly string[];
  readonly err: TransactionError | null;
  readonly fee: bigint;
  readonly logs: readonly string[];
  readonly unitsConsumed: number;
  readonly preBalances: readonly bigint[];
  readonly postBalances: readonly bigint[];
  readonly preTokenBalances: readonly TokenBalance[];
  readonly postTokenBalances: readonly TokenBalance[];
  readonly inner: readonly {
    readonly index: number;
    readonly instructions: readonly InnerInstructionRecord[];
  }[];
  /** As `getSignaturesForAddress` shows it: `[5] hello`. */
  readonly memo: string | null;
}

type Read = (address: string) => Account | null;

/** @param before state before the transaction, @param after state after it, fee and roll-back included. */
export function recordOf(
  transaction: WireTransaction,
  execution: Execution,
  block: { readonly slot: bigint; readonly unixTimestamp: bigint },
  before: Read,
  after: Read,
): TransactionRecord {
  const accountKeys = transaction.accountKeys.map(addressOf);
  return {
    signature: transaction.signature,
    slot: block.slot,
    blockTime: block.unixTimestamp,
    wire: transaction.wire,
    accountKeys,
    err: execution.err,
    fee: execution.fee,
    logs: execution.logs,
    unitsConsumed: execution.unitsConsumed,
    preBalances: accountKeys.map((key) => before(key)?.lamports ?? 0n),
    postBalances: accountKeys.map((key) => after(key)?.lamports ?? 0n),
    preTokenBalances: tokenBalances(accountKeys, before),
    postTokenBalances: tokenBalances(accountKeys, after),
    inner: innerOf(execution, accountKeys),
    memo: memoOf(transaction),
  };
}

function tokenBalances(accountKeys: readonly string[], read: Read): readonly TokenBalance[] {
  return accountKeys.flatMap((key, accountIndex) => {
    const account = read(key);
    if (account?.owner.equals(TOKEN_PROGRAM_ID) !== true) return [];
    if (account.data.length !== TOKEN_ACCOUNT_BYTES) return [];
    const record = new TokenAccountRecord(account.data);
    if (record.state === 0) return [];
    const mint = addressOf(record.mint);
    const mintData = read(mint)?.data;
    const decimals = mintData?.length === MINT_BYTES ? new MintRecord(mintData).decimals : 0;
    const owner = addressOf(record.owner);
    return [{ accountIndex, mint, owner, amount: record.amount.toString(), decimals }];
  });
}

function innerOf(execution: Execution, accountKeys: readonly string[]): TransactionRecord['inner'] {
  const indexOf = (key: PublicKey): number => accountKeys.indexOf(addressOf(key));
  return [...execution.inner].map(([index, records]) => ({
    index,
    instructions: records.map(({ stackHeight, instruction }) => ({
      programIdIndex: indexOf(instruction.programId),
      accounts: instruction.accounts.map(({ pubkey }) => indexOf(pubkey)),
      data: bs58.encode(instruction.data),
      stackHeight,
    })),
  }));
}

function memoOf(transaction: WireTransaction): string | null {
  const memos = transaction.instructions.flatMap(({ programIdIndex, data }) => {
    if (transaction.accountKeys[programIdIndex]?.equals(MEMO_PROGRAM_ID) !== true) return [];
    const text = decodeUtf8(data);
    return text === null ? [] : [`[${data.length}] ${text}`];
  });
  return memos.length === 0 ? null : memos.join('; ');
}
