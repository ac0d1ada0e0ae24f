/** The admin API on the wire: what both its server and its client parse. Amounts are decimal strings. */
import { z } from 'zod';
import {
  PRACTICE_FAULTS_SCHEMA,
  practiceExchangeSchema,
  practiceFaultsByNodeSchema,
  practiceHealthSchema,
  practiceMarketSchema,
  practiceSetFaultsSchema,
  practiceTradeSchema,
} from '#ipc/practice-wire.ts';

const amount = z.codec(z.string().regex(/^\d{1,20}$/), z.bigint(), {
  decode: (text) => BigInt(text),
  encode: (units) => units.toString(),
});
const address = z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/);
const token = z.string().min(1).max(44);

export const ADMIN_PATH = '/practice';

export const statusSchema = z.object({
  slot: amount,
  genesisHash: z.string(),
  /** Of the first node. */
  faults: PRACTICE_FAULTS_SCHEMA,
  faultsByNode: practiceFaultsByNodeSchema,
  starter: z.object({ authority: address, subAccountId: z.number().int().min(0) }),
  program: address,
  stateSeed: z.string(),
  quoteMint: address,
});

export const statsSchema = z.object({
  /** JSON-RPC calls by method, those of WebSockets included. */
  perMethod: z.record(z.string(), z.number()),
  httpRequests: z.number(),
  /** Accounts asked for by getAccountInfo and getMultipleAccounts. */
  keysRead: z.number(),
  openSockets: z.number(),
  subscriptions: z.number(),
});

const nothing = z.object({});
/** Signatures of the transactions that a command landed; none when it wrote to the ledger itself. */
const landed = z.object({ signatures: z.array(z.string()) });

const ADMIN_METHODS = {
  status: { params: nothing, result: statusSchema },
  setFaults: { params: practiceSetFaultsSchema, result: nothing },
  stats: {
    params: z.object({
      reset: z.boolean().exactOptional(),
      node: z.enum(['a', 'b']).exactOptional(),
    }),
    result: statsSchema,
  },
  airdrop: { params: z.object({ address, lamports: amount }), result: nothing },
  mintTokens: { params: z.object({ owner: address, token, amount }), result: landed },
  setExchangeStatus: { params: practiceExchangeSchema, result: landed },
  setPrice: { params: z.object({ market: token, price: amount }), result: landed },
  setMarket: { params: practiceMarketSchema, result: nothing },
  setHealth: { params: practiceHealthSchema, result: z.object({ price: amount }) },
  tradeAsOther: { params: practiceTradeSchema, result: landed },
  depositAsOther: {
    params: z.object({ subAccountId: z.number().int().min(0).max(65_535), token, amount }),
    result: landed,
  },
} as const;

export type AdminMethod = keyof typeof ADMIN_METHODS;
export type AdminParams<Method extends AdminMethod> = z.output<
  (typeof ADMIN_METHODS)[Method]['params']
>;
export type AdminResult<Method extends AdminMethod> = z.output<
  (typeof ADMIN_METHODS)[Method]['result']
>;

interface MethodSchemas<Method extends AdminMethod> {
  readonly params: z.ZodType<AdminParams<Method>>;
  readonly result: z.ZodType<AdminResult<Method>>;
}

/** The schemas of one method, typed by it: the compiler cannot follow the table through a type parameter. */
export function schemasOf<Method extends AdminMethod>(method: Method): MethodSchemas<Method> {
  return ADMIN_METHODS[method] as unknown as MethodSchemas<Method>;
}

/** Every admin call as a function: in process by the network's handle, from elsewhere by the client. */
export interface PracticeAdmin {
  status(): Promise<AdminResult<'status'>>;
  /** Replaces all faults of the node [both]; `{}` mends everything. */
  setFaults(faults: AdminParams<'setFaults'>): Promise<void>;
  /** Of the node [a]. */
  stats(options?: AdminParams<'stats'>): Promise<AdminResult<'stats'>>;
  airdrop(params: AdminParams<'airdrop'>): Promise<void>;
  /** `token` is a symbol or a mint, `amount` in the token's smallest unit. */
  mintTokens(params: AdminParams<'mintTokens'>): Promise<AdminResult<'mintTokens'>>;
  setExchangeStatus(
    params: AdminParams<'setExchangeStatus'>,
  ): Promise<AdminResult<'setExchangeStatus'>>;
  /** `price` in 10^-6 quote. */
  setPrice(params: AdminParams<'setPrice'>): Promise<AdminResult<'setPrice'>>;
  setMarket(change: AdminParams<'setMarket'>): Promise<void>;
  /** Answers with the price that was found, 10^-6 quote; it is held until the oracle is told to walk. */
  setHealth(wanted: AdminParams<'setHealth'>): Promise<AdminResult<'setHealth'>>;
  tradeAsOther(trade: AdminParams<'tradeAsOther'>): Promise<AdminResult<'tradeAsOther'>>;
  depositAsOther(params: AdminParams<'depositAsOther'>): Promise<AdminResult<'depositAsOther'>>;
}

export const adminRequestSchema = z.object({
  method: z.enum(Object.keys(ADMIN_METHODS) as [AdminMethod, ...AdminMethod[]]),
  params: z.unknown().optional(),
});

export const adminErrorSchema = z.object({ error: z.object({ message: z.string() }) });
