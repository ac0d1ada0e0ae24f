/** RPC methods about the chain itself: slots, blocks, the node. */
import { VersionedMessage } from '@solana/web3.js';
import { z } from 'zod';
import { BLOCKHASH_VALIDITY } from '../chain/block.ts';
import { feeOf } from '../chain/fees.ts';
import { SLOTS_PER_EPOCH } from '../chain/genesis.ts';
import { RPC_CODE, RpcError } from './rpc-error.ts';
import { NODE_VERSION, withContext } from './rpc-method.ts';
import type { RpcMethods, RpcNode } from './rpc-method.ts';
import { address, contextConfig, parseParams } from './rpc-params.ts';

/** Devnet's: what a client sees that was pointed at the wrong cluster. */
const ANOTHER_GENESIS = 'EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG';
/** A real node calls itself unhealthy from here on. */
const HEALTHY_LAG = 128n;
const SHOWN_FEES = 150;

const contextOnly = z.tuple([contextConfig.optional()]);
const hashAndContext = z.tuple([z.string(), contextConfig.optional()]);
const addresses = z.tuple([z.array(address).max(128).nullish().optional()]);
const slotOnly = z.tuple([z.number().int().min(0)]);

export const CHAIN_METHODS: RpcMethods = {
  getHealth(node) {
    requireHealthy(node);
    return 'ok';
  },
  getVersion: () => ({ 'solana-core': NODE_VERSION, 'feature-set': 3_271_415_109 }),
  getGenesisHash: ({ bank, plan }) =>
    plan.faults.wrongGenesis === true ? ANOTHER_GENESIS : bank.genesisHash,
  getIdentity: ({ bank }) => ({ identity: bank.genesisHash }),
  getSlot: ({ view }, params) => Number(view.contextSlot(parseParams(contextOnly, params)[0])),
  getBlockHeight(node, params) {
    const slot = node.view.contextSlot(parseParams(contextOnly, params)[0]);
    return Number(node.bank.blocks.at(slot).height);
  },
  /** Transactions outlive the blocks: the history reaches back to the first one. */
  getFirstAvailableBlock: () => 0,
  getBlockTime(node, params) {
    const [slot] = parseParams(slotOnly, params);
    return Number(node.bank.blocks.at(BigInt(slot)).unixTimestamp);
  },
  getLatestBlockhash(node, params) {
    const slot = node.view.contextSlot(parseParams(contextOnly, params)[0]);
    const { blockhash, height } = node.bank.blocks.at(slot);
    const lastValidBlockHeight = Number(height + BLOCKHASH_VALIDITY);
    return withContext(slot, { blockhash, lastValidBlockHeight });
  },
  isBlockhashValid(node, params) {
    const [blockhash, config] = parseParams(hashAndContext, params);
    const slot = node.view.contextSlot(config);
    return withContext(slot, node.bank.blocks.isUsable(blockhash, node.bank.blocks.at(slot)));
  },
  getFeeForMessage(node, params) {
    const [encoded, config] = parseParams(hashAndContext, params);
    const slot = node.view.contextSlot(config);
    const message = messageOf(encoded);
    const { blocks } = node.bank;
    const known = blocks.isUsable(message.recentBlockhash, blocks.at(slot));
    return withContext(slot, known ? Number(feeOf(message)) : null);
  },
  getRecentPrioritizationFees(node, params) {
    parseParams(addresses, params);
    const newest = node.view.slotAt('processed');
    const recent = node.bank.blocks.last(SHOWN_FEES).filter(({ slot }) => slot <= newest);
    return recent.map(({ slot }) => ({ slot: Number(slot), prioritizationFee: 0 }));
  },
  getEpochInfo(node, params) {
    const slot = node.view.contextSlot(parseParams(contextOnly, params)[0]);
    return {
      absoluteSlot: Number(slot),
      blockHeight: Number(node.bank.blocks.at(slot).height),
      epoch: Number(slot / SLOTS_PER_EPOCH),
      slotIndex: Number(slot % SLOTS_PER_EPOCH),
      slotsInEpoch: Number(SLOTS_PER_EPOCH),
      transactionCount: node.bank.history.size,
    };
  },
};

/** Throws -32005 when the node is too far behind to be asked. */
export function requireHealthy(node: RpcNode): void {
  const { lag } = node.view;
  if (lag <= HEALTHY_LAG) return;
  throw new RpcError(RPC_CODE.nodeUnhealthy, `Node is behind by ${lag} slots`, {
    numSlotsBehind: Number(lag),
  });
}

function messageOf(encoded: string): VersionedMessage {
  try {
    return VersionedMessage.deserialize(Buffer.from(encoded, 'base64'));
  } catch {
    throw new RpcError(
      RPC_CODE.invalidParams,
      'failed to deserialize solana_message::versions::VersionedMessage',
    );
  }
}
