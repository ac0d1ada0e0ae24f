/** The lines of a chain file: JSON with amounts as text, parsed by schema when read back. */
import { PublicKey } from '@solana/web3.js';
import { z } from 'zod';
import { addressOf } from '../chain/account-store.ts';
import type { Block } from '../chain/block.ts';
import type { Account } from '../chain/program.ts';
import type { TransactionRecord } from '../chain/transaction-record.ts';

const integer = z.string().regex(/^\d{1,20}$/);
const amount = integer.transform((text) => BigInt(text));
const bytes = z.string().transform((text) => Buffer.from(text, 'base64'));
const address = z.string().min(32).max(44);

const blockLine = z.object({
  slot: amount,
  height: amount,
  blockhash: z.string(),
  unixTimestamp: amount,
});

const accountLine = z.tuple([
  address,
  z
    .object({ lamports: amount, owner: address, data: bytes, executable: z.boolean() })
    .transform((account) => ({ ...account, owner: keyOf(account.owner) }))
    .nullable(),
]);

const transactionError = z.union([
  z.string(),
  z.object({
    InstructionError: z.tuple([
      z.number(),
      z.union([z.string(), z.object({ Custom: z.number() })]),
    ]),
  }),
  z.object({ InsufficientFundsForRent: z.object({ account_index: z.number() }) }),
]);

const tokenBalance = z.object({
  accountIndex: z.number(),
  mint: address,
  owner: address,
  amount: z.string(),
  decimals: z.number(),
});

const transactionLine = z.object({
  signature: z.string(),
  slot: amount,
  blockTime: amount,
  wire: bytes,
  accountKeys: z.array(address),
  err: transactionError.nullable(),
  fee: amount,
  logs: z.array(z.string()),
  unitsConsumed: z.number(),
  preBalances: z.array(amount),
  postBalances: z.array(amount),
  preTokenBalances: z.array(tokenBalance),
  postTokenBalances: z.array(tokenBalance),
  inner: z.array(
    z.object({
      index: z.number(),
      instructions: z.array(
        z.object({
          programIdIndex: z.number(),
          accounts: z.array(z.number()),
          data: z.string(),
          stackHeight: z.number(),
        }),
      ),
    }),
  ),
  memo: z.string().nullable(),
});

export const CHAIN_FORMAT = 1;

export const LINE_SCHEMA = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('chain'), format: z.literal(CHAIN_FORMAT), genesisHash: z.string() }),
  z.object({
    kind: z.literal('base'),
    blocks: z.array(blockLine),
    accounts: z.array(accountLine),
    transactions: z.array(transactionLine),
  }),
  z.object({ kind: z.literal('base-end') }),
  z.object({
    kind: z.literal('slot'),
    block: blockLine,
    accounts: z.array(accountLine),
    transactions: z.array(transactionLine),
  }),
]);

export type Line = z.output<typeof LINE_SCHEMA>;

const keys = new Map<string, PublicKey>();

/** One key object per owner: thousands of accounts share a handful of owners. */
function keyOf(text: string): PublicKey {
  let key = keys.get(text);
  if (key === undefined) keys.set(text, (key = new PublicKey(text)));
  return key;
}

export function blockJson(block: Block): object {
  return {
    slot: `${block.slot}`,
    height: `${block.height}`,
    blockhash: block.blockhash,
    unixTimestamp: `${block.unixTimestamp}`,
  };
}

export function accountJson([key, account]: readonly [string, Account | null]): object {
  if (account === null) return [key, null];
  const { lamports, owner, data, executable } = account;
  const fields = { lamports: `${lamports}`, owner: addressOf(owner), executable };
  return [key, { ...fields, data: data.toString('base64') }];
}

export function transactionJson(record: TransactionRecord): object {
  return {
    ...record,
    slot: `${record.slot}`,
    blockTime: `${record.blockTime}`,
    wire: record.wire.toString('base64'),
    fee: `${record.fee}`,
    preBalances: record.preBalances.map(String),
    postBalances: record.postBalances.map(String),
  };
}
