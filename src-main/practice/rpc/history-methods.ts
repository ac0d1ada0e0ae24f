/** RPC methods about transactions that have landed. */
import { z } from 'zod';
import type { TransactionRecord } from '../chain/transaction-record.ts';
import { withContext } from './rpc-method.ts';
import type { RpcMethods, RpcNode } from './rpc-method.ts';
import { address, parseParams, signature } from './rpc-params.ts';
import { COMMITMENTS } from '../chain/commitment.ts';
import { transactionJson } from './transaction-json.ts';

/** Without a search of the history a node only knows the statuses of about the last 300 slots. */
const RECENT_SLOTS = 300n;
const MAX_SIGNATURES = 256;
const MAX_LISTED = 1_000;

const statuses = z.tuple([
  z.array(signature).max(MAX_SIGNATURES, `Too many inputs provided; max ${MAX_SIGNATURES}`),
  z.object({ searchTransactionHistory: z.boolean().nullish() }).nullish().optional(),
]);
const listing = z.tuple([
  address,
  z
    .object({
      commitment: z.enum(COMMITMENTS).nullish(),
      minContextSlot: z.number().int().min(0).nullish(),
      limit: z.number().int().min(1).max(MAX_LISTED).nullish(),
      before: signature.nullish(),
      until: signature.nullish(),
    })
    .nullish()
    .optional(),
]);
const oneTransaction = z.tuple([
  signature,
  z
    .union([
      z.object({
        encoding: z.enum(['json', 'jsonParsed', 'base58', 'base64']).nullish(),
        commitment: z.enum(COMMITMENTS).nullish(),
        maxSupportedTransactionVersion: z.number().int().min(0).nullish(),
      }),
      z.enum(['json', 'jsonParsed', 'base58', 'base64']).transform((encoding) => ({ encoding })),
    ])
    .nullish()
    .optional(),
]);

export const HISTORY_METHODS: RpcMethods = {
  getSignatureStatuses(node, params) {
    const [signatures, config] = parseParams(statuses, params);
    const slot = node.view.slotAt('processed');
    const oldest = config?.searchTransactionHistory === true ? 0n : slot - RECENT_SLOTS;
    const value = signatures.map((each) => {
      const record = node.bank.history.find(each);
      const known = record !== null && record.slot <= slot && record.slot >= oldest;
      return known ? statusJson(node, record, slot) : null;
    });
    return withContext(slot, value);
  },
  getSignaturesForAddress(node, params) {
    const [key, config] = parseParams(listing, params);
    const slot = node.view.contextSlot(config);
    const newestFirst = node.bank.history
      .ofAddress(key)
      .filter((record) => record.slot <= slot)
      .reverse();
    const from = positionAfter(newestFirst, config?.before ?? null);
    const to = newestFirst.findIndex((record) => record.signature === config?.until);
    const page = newestFirst.slice(from, to === -1 ? undefined : to);
    return page.slice(0, config?.limit ?? MAX_LISTED).map((record) => listedJson(node, record));
  },
  getTransaction(node, params) {
    const [each, config] = parseParams(oneTransaction, params);
    const commitment = config && 'commitment' in config ? config.commitment : null;
    const slot = node.view.slotAt(commitment ?? 'finalized');
    const record = node.bank.history.find(each);
    if (record === null || record.slot > slot) return null;
    const version =
      config && 'maxSupportedTransactionVersion' in config
        ? config.maxSupportedTransactionVersion
        : null;
    return transactionJson(record, config?.encoding ?? 'json', version ?? null);
  },
};

function positionAfter(records: readonly TransactionRecord[], before: string | null): number {
  if (before === null) return 0;
  const index = records.findIndex((record) => record.signature === before);
  return index === -1 ? records.length : index + 1;
}

function statusJson(node: RpcNode, record: TransactionRecord, slot: bigint): object {
  const confirmationStatus = node.view.commitmentOf(record.slot);
  return {
    slot: Number(record.slot),
    confirmations: confirmationStatus === 'finalized' ? null : Number(slot - record.slot),
    err: record.err,
    status: record.err === null ? { Ok: null } : { Err: record.err },
    confirmationStatus,
  };
}

function listedJson(node: RpcNode, record: TransactionRecord): object {
  return {
    signature: record.signature,
    slot: Number(record.slot),
    err: record.err,
    memo: record.memo,
    blockTime: Number(record.blockTime),
    confirmationStatus: node.view.commitmentOf(record.slot),
  };
}
