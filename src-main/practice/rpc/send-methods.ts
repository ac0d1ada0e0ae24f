/** RPC methods that take transactions. */
import { z } from 'zod';
import type { Execution } from '../chain/executor.ts';
import { describeTransactionError } from '../chain/transaction-error.ts';
import type { TransactionError } from '../chain/transaction-error.ts';
import {
  decodeTransaction,
  MAX_TRANSACTION_BYTES,
  signaturesHold,
  UndecodableTransaction,
} from '../chain/transaction.ts';
import type { WireTransaction } from '../chain/transaction.ts';
import bs58 from 'bs58';
import { faucetTransfer } from './faucet.ts';
import { requireHealthy } from './chain-methods.ts';
import { LostReply, RPC_CODE, RpcError } from './rpc-error.ts';
import { withContext } from './rpc-method.ts';
import type { RpcMethods, RpcNode } from './rpc-method.ts';
import { address, contextConfig, parseParams, sendConfig, simulateConfig } from './rpc-params.ts';
import { simulationJson } from './simulation-json.ts';

const send = z.tuple([z.string(), sendConfig.optional()]);
const simulate = z.tuple([z.string(), simulateConfig.optional()]);
const airdrop = z.tuple([address, z.number().int().min(1).max(1e15), contextConfig.optional()]);

export const SEND_METHODS: RpcMethods = {
  sendTransaction(node, params) {
    const [encoded, config] = parseParams(send, params);
    const transaction = decode(encoded, config?.encoding ?? 'base58');
    if (config?.skipPreflight !== true) {
      requireHealthy(node);
      const commitment = config?.preflightCommitment ?? 'finalized';
      preflight(node, transaction, node.view.contextSlot({ ...config, commitment }));
    }
    const fault = node.plan.nextSendFault();
    // A node forwards what it has not checked, and the leader drops it without a word.
    if (fault !== 'drop' && signaturesHold(transaction)) submit(node, transaction);
    if (fault === 'lose-reply') throw new LostReply();
    return transaction.signature;
  },
  simulateTransaction(node, params) {
    const [encoded, config] = parseParams(simulate, params);
    if (config?.sigVerify === true && config.replaceRecentBlockhash === true) {
      throw new RpcError(
        RPC_CODE.invalidParams,
        'sigVerify may not be used with replaceRecentBlockhash',
      );
    }
    const transaction = decode(encoded, config?.encoding ?? 'base58');
    const slot = node.view.contextSlot(config);
    if (config?.sigVerify === true) requireSignatures(transaction);
    const skipsHash = config?.replaceRecentBlockhash === true;
    const refusal = skipsHash ? null : node.bank.refusalAt(transaction, slot);
    const execution = refusal === null ? node.bank.simulate(transaction, slot) : null;
    return withContext(
      slot,
      simulationJson(node.bank, slot, transaction, refusal, execution, config),
    );
  },
  requestAirdrop(node, params) {
    const [to, lamports] = parseParams(airdrop, params);
    const transaction = faucetTransfer(node.bank, to, BigInt(lamports));
    node.bank.submit(transaction);
    return transaction.signature;
  },
};

function submit(node: RpcNode, transaction: WireTransaction): void {
  node.bank.submit(transaction, {
    delaySlots: node.plan.faults.lateLandingSlots ?? 0,
    forceFailure: node.plan.nextFailsOnChain(),
  });
}

/** Base64 or base58 text to a transaction; throws -32602 in a node's words. */
function decode(encoded: string, encoding: 'base58' | 'base64'): WireTransaction {
  const wire = bytesOf(encoded, encoding);
  if (wire.length > MAX_TRANSACTION_BYTES) {
    throw new RpcError(
      RPC_CODE.invalidParams,
      `decoded solana_transaction::versioned::VersionedTransaction too large: ${wire.length} bytes (max: ${MAX_TRANSACTION_BYTES} bytes)`,
    );
  }
  try {
    return decodeTransaction(wire);
  } catch (error) {
    if (!(error instanceof UndecodableTransaction)) throw error;
    throw new RpcError(
      RPC_CODE.invalidParams,
      `failed to deserialize solana_transaction::versioned::VersionedTransaction: ${error.message}`,
    );
  }
}

function bytesOf(encoded: string, encoding: 'base58' | 'base64'): Buffer {
  if (encoding === 'base64') {
    if (/^[A-Za-z0-9+/]*={0,2}$/.test(encoded)) return Buffer.from(encoded, 'base64');
  } else {
    try {
      return Buffer.from(bs58.decode(encoded));
    } catch {
      // Falls through to the refusal below.
    }
  }
  throw new RpcError(RPC_CODE.invalidParams, `invalid ${encoding} encoding`);
}

function requireSignatures(transaction: WireTransaction): void {
  if (signaturesHold(transaction)) return;
  throw new RpcError(
    RPC_CODE.signatureVerificationFailure,
    'Transaction signature verification failure',
  );
}

function preflight(node: RpcNode, transaction: WireTransaction, slot: bigint): void {
  requireSignatures(transaction);
  const refusal = node.bank.refusalAt(transaction, slot);
  if (refusal !== null) throw preflightFailure(refusal, null);
  const execution = node.bank.simulate(transaction, slot);
  if (execution.err !== null) throw preflightFailure(execution.err, execution);
}

function preflightFailure(err: TransactionError, execution: Execution | null): RpcError {
  return new RpcError(
    RPC_CODE.preflightFailure,
    `Transaction simulation failed: ${describeTransactionError(err)}`,
    {
      accounts: null,
      err,
      innerInstructions: null,
      loadedAccountsDataSize: 0,
      logs: execution?.logs ?? [],
      replacementBlockhash: null,
      returnData: null,
      unitsConsumed: execution?.unitsConsumed ?? 0,
    },
  );
}
