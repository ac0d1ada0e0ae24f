/** JSON-RPC 2.0: single requests and batches, dispatched to the methods. */
import { z } from 'zod';
import { ACCOUNT_METHODS } from './account-methods.ts';
import { CHAIN_METHODS } from './chain-methods.ts';
import { HISTORY_METHODS } from './history-methods.ts';
import { LostReply, RPC_CODE, RpcError } from './rpc-error.ts';
import type { RpcMethods, RpcNode } from './rpc-method.ts';
import { SEND_METHODS } from './send-methods.ts';

const METHODS: ReadonlyMap<string, RpcMethods[string]> = new Map(
  Object.entries({
    ...ACCOUNT_METHODS,
    ...CHAIN_METHODS,
    ...HISTORY_METHODS,
    ...SEND_METHODS,
  }),
);

export const requestSchema = z.object({
  jsonrpc: z.literal('2.0'),
  id: z.union([z.string(), z.number(), z.null()]).optional(),
  method: z.string(),
  params: z.array(z.unknown()).nullish(),
});
export type RpcId = string | number | null;

export function resultJson(id: RpcId, result: unknown): object {
  return { jsonrpc: '2.0', result, id };
}

export function errorJson(id: RpcId, error: RpcError): object {
  const { code, message, data } = error;
  return { jsonrpc: '2.0', error: { code, message, ...(data === undefined ? {} : { data }) }, id };
}

/**
 * The text that answers a body; null when the reply must get lost.
 * A batch's requests are answered in their order, from the same slot.
 */
export function answerBody(node: RpcNode, body: string): string | null {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body);
  } catch {
    return JSON.stringify(errorJson(null, new RpcError(RPC_CODE.parseError, 'Parse error')));
  }
  try {
    if (!Array.isArray(parsed)) return JSON.stringify(answer(node, parsed));
    if (parsed.length === 0) return JSON.stringify(invalidRequest());
    return JSON.stringify(parsed.map((request) => answer(node, request)));
  } catch (error) {
    if (error instanceof LostReply) return null;
    throw error;
  }
}

function invalidRequest(): object {
  return errorJson(null, new RpcError(RPC_CODE.invalidRequest, 'Invalid request'));
}

function answer(node: RpcNode, candidate: unknown): object {
  const request = requestSchema.safeParse(candidate);
  if (!request.success) return invalidRequest();
  const { method, params } = request.data;
  const id = request.data.id ?? null;
  node.stats.countCall(method);
  const run = METHODS.get(method);
  if (run === undefined) {
    return errorJson(id, new RpcError(RPC_CODE.methodNotFound, 'Method not found'));
  }
  try {
    return resultJson(id, run(node, params ?? []));
  } catch (error) {
    if (error instanceof RpcError) return errorJson(id, error);
    if (error instanceof LostReply) throw error;
    const message = error instanceof Error ? error.message : String(error);
    return errorJson(id, new RpcError(RPC_CODE.internal, `Internal error: ${message}`));
  }
}
