/** A client of the practice network's admin API, for the app, the tests and the smoke run. */
import { z } from 'zod';
import { ADMIN_PATH, adminErrorSchema, schemasOf } from './admin-wire.ts';
import type { AdminMethod, AdminParams, AdminResult, PracticeAdmin } from './admin-wire.ts';

const TIMEOUT_MS = 15_000;

export class PracticeAdminError extends Error {}

/**
 * @param rpcUrl the network's HTTP URL; the admin API is beside the RPC.
 * Every call rejects with PracticeAdminError when the network refuses it, says nonsense or cannot be reached.
 */
export function createAdminClient(rpcUrl: string): PracticeAdmin {
  const url = new URL(ADMIN_PATH, rpcUrl);
  const call = <Method extends AdminMethod>(
    method: Method,
    params: AdminParams<Method>,
  ): Promise<AdminResult<Method>> => callAdmin(url, method, params);
  return {
    status: () => call('status', {}),
    setFaults: async (faults) => void (await call('setFaults', faults)),
    stats: (options = {}) => call('stats', options),
    airdrop: async (params) => void (await call('airdrop', params)),
    mintTokens: (params) => call('mintTokens', params),
    setExchangeStatus: (params) => call('setExchangeStatus', params),
    setPrice: (params) => call('setPrice', params),
    setMarket: async (change) => void (await call('setMarket', change)),
    setHealth: (wanted) => call('setHealth', wanted),
    tradeAsOther: (trade) => call('tradeAsOther', trade),
    depositAsOther: (params) => call('depositAsOther', params),
  };
}

async function callAdmin<Method extends AdminMethod>(
  url: URL,
  method: Method,
  params: AdminParams<Method>,
): Promise<AdminResult<Method>> {
  const schema = schemasOf(method);
  const encoded = z.encode(schema.params, params);
  const reply = await post(url, JSON.stringify({ method, params: encoded }));
  const refused = adminErrorSchema.safeParse(reply);
  if (refused.success) throw new PracticeAdminError(`${method}: ${refused.data.error.message}`);
  const parsed = z.object({ result: schema.result }).safeParse(reply);
  if (!parsed.success) throw new PracticeAdminError(`${method}: ${parsed.error.message}`);
  return parsed.data.result;
}

async function post(url: URL, body: string): Promise<unknown> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return await response.json();
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new PracticeAdminError(`The practice network cannot be reached: ${detail}`, { cause });
  }
}
