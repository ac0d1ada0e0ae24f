import type { Bank } from '../chain/bank.ts';
import type { FaultPlan } from '../faults/fault-plan.ts';
import type { RpcStats } from './rpc-stats.ts';
import type { NodeView } from './node-view.ts';

/** What every RPC method works on. */
export interface RpcNode {
  readonly bank: Bank;
  readonly view: NodeView;
  readonly plan: FaultPlan;
  readonly stats: RpcStats;
}

/** Answers with the `result`. Throws RpcError, or LostReply. */
export type RpcMethod = (node: RpcNode, params: readonly unknown[]) => unknown;

export type RpcMethods = Readonly<Record<string, RpcMethod>>;

export function withContext(slot: bigint, value: unknown): object {
  return { context: { apiVersion: NODE_VERSION, slot: Number(slot) }, value };
}

export const NODE_VERSION = '2.2.14';
