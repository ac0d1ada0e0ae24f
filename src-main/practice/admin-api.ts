/** The admin API's server side: a JSON text in, a JSON text out. Never subject to faults. */
import { z } from 'zod';
import { adminRequestSchema, schemasOf } from './admin-wire.ts';
import type { AdminMethod, AdminParams, AdminResult, PracticeAdmin } from './admin-wire.ts';

type Answer = (body: string) => Promise<string>;

/** Answers `{result}`, or `{error: {message}}` saying which parameter is wrong. Never rejects. */
export function createAdminApi(admin: PracticeAdmin): Answer {
  return async (body) => {
    try {
      const request = adminRequestSchema.parse(JSON.parse(body));
      const result = await run(admin, request.method, request.params ?? {});
      return JSON.stringify({ result });
    } catch (error) {
      return JSON.stringify({ error: { message: messageOf(error) } });
    }
  };
}

type Runs = {
  readonly [Method in AdminMethod]: (
    admin: PracticeAdmin,
    params: AdminParams<Method>,
  ) => Promise<AdminResult<Method> | void>;
};

const RUNS: Runs = {
  status: (admin) => admin.status(),
  setFaults: (admin, params) => admin.setFaults(params),
  stats: (admin, params) => admin.stats(params),
  airdrop: (admin, params) => admin.airdrop(params),
  mintTokens: (admin, params) => admin.mintTokens(params),
  setExchangeStatus: (admin, params) => admin.setExchangeStatus(params),
  setPrice: (admin, params) => admin.setPrice(params),
  setMarket: (admin, params) => admin.setMarket(params),
  setHealth: (admin, params) => admin.setHealth(params),
  tradeAsOther: (admin, params) => admin.tradeAsOther(params),
  depositAsOther: (admin, params) => admin.depositAsOther(params),
};

async function run<Method extends AdminMethod>(
  admin: PracticeAdmin,
  method: Method,
  params: unknown,
): Promise<unknown> {
  const schema = schemasOf(method);
  const parsed = schema.params.parse(params);
  const result = await RUNS[method](admin, parsed);
  return result === undefined ? {} : z.encode(schema.result, result);
}

function messageOf(error: unknown): string {
  if (error instanceof z.ZodError) return z.prettifyError(error);
  return error instanceof Error ? error.message : String(error);
}
