import bs58 from 'bs58';
import type { TokenBalance, TransactionRecord } from '../chain/transaction-record.ts';
import { decodeTransaction, keyAt } from '../chain/transaction.ts';
import type { WireTransaction } from '../chain/transaction.ts';
import { RPC_CODE, RpcError } from './rpc-error.ts';
import { uiTokenAmount } from './token-json.ts';

type Encoding = 'json' | 'jsonParsed' | 'base58' | 'base64';

/** The reply of `getTransaction`. Throws -32015 when the caller does not take the transaction's version. */
export function transactionJson(
  record: TransactionRecord,
  encoding: Encoding,
  maxVersion: number | null,
): object {
  const transaction = decodeTransaction(record.wire);
  const { version } = transaction.message;
  if (version === 0 && maxVersion === null) {
    throw new RpcError(
      RPC_CODE.unsupportedTransactionVersion,
      'Transaction version (0) is not supported by the requesting client. Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": 0',
    );
  }
  return {
    slot: Number(record.slot),
    blockTime: Number(record.blockTime),
    meta: metaJson(record, encoding),
    transaction: bodyJson(transaction, encoding),
    ...(maxVersion === null ? {} : { version }),
  };
}

function bodyJson(transaction: WireTransaction, encoding: Encoding): unknown {
  switch (encoding) {
    case 'base64':
      return [transaction.wire.toString('base64'), 'base64'];
    case 'base58':
      return [bs58.encode(transaction.wire), 'base58'];
    case 'json':
    case 'jsonParsed':
      return {
        signatures: transaction.signatures.map((signature) => bs58.encode(signature)),
        message: encoding === 'json' ? messageJson(transaction) : parsedMessageJson(transaction),
      };
  }
}

function messageJson({ message, accountKeys, instructions }: WireTransaction): object {
  return {
    accountKeys: accountKeys.map((key) => key.toBase58()),
    header: message.header,
    recentBlockhash: message.recentBlockhash,
    instructions: instructions.map(({ programIdIndex, accountKeyIndexes, data }) => ({
      programIdIndex,
      accounts: [...accountKeyIndexes],
      data: bs58.encode(data),
      stackHeight: null,
    })),
    ...(message.version === 0 ? { addressTableLookups: [] } : {}),
  };
}

/** Instructions stay undecoded, as a node leaves those of programs that it does not know. */
function parsedMessageJson(transaction: WireTransaction): object {
  const { message, accountKeys, instructions } = transaction;
  const addressAt = (index: number): string => keyAt(transaction, index).toBase58();
  return {
    accountKeys: accountKeys.map((key, index) => ({
      pubkey: key.toBase58(),
      signer: message.isAccountSigner(index),
      writable: message.isAccountWritable(index),
      source: 'transaction',
    })),
    recentBlockhash: message.recentBlockhash,
    instructions: instructions.map(({ programIdIndex, accountKeyIndexes, data }) => ({
      programId: addressAt(programIdIndex),
      accounts: [...accountKeyIndexes].map(addressAt),
      data: bs58.encode(data),
      stackHeight: null,
    })),
    ...(message.version === 0 ? { addressTableLookups: [] } : {}),
  };
}

function metaJson(record: TransactionRecord, encoding: Encoding): object {
  return {
    err: record.err,
    status: record.err === null ? { Ok: null } : { Err: record.err },
    fee: Number(record.fee),
    preBalances: record.preBalances.map(Number),
    postBalances: record.postBalances.map(Number),
    preTokenBalances: record.preTokenBalances.map(tokenBalanceJson),
    postTokenBalances: record.postTokenBalances.map(tokenBalanceJson),
    innerInstructions: record.inner.map((each) => innerJson(record, each, encoding)),
    logMessages: record.logs,
    rewards: [],
    loadedAddresses: { readonly: [], writable: [] },
    computeUnitsConsumed: record.unitsConsumed,
  };
}

function innerJson(
  record: TransactionRecord,
  { index, instructions }: TransactionRecord['inner'][number],
  encoding: Encoding,
): object {
  if (encoding !== 'jsonParsed') return { index, instructions };
  return {
    index,
    instructions: instructions.map(({ programIdIndex, accounts, data, stackHeight }) => ({
      programId: record.accountKeys[programIdIndex],
      accounts: accounts.map((account) => record.accountKeys[account]),
      data,
      stackHeight,
    })),
  };
}

function tokenBalanceJson({ accountIndex, mint, owner, amount, decimals }: TokenBalance): object {
  return {
    accountIndex,
    mint,
    owner,
    programId: 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA',
    uiTokenAmount: uiTokenAmount(BigInt(amount), decimals),
  };
}
