/** Parameters of RPC calls, checked. */
import bs58 from 'bs58';
import { z } from 'zod';
import { COMMITMENTS } from '../chain/commitment.ts';
import { RPC_CODE, RpcError } from './rpc-error.ts';

const REMEMBERED_ADDRESSES = 20_000;
const knownAddresses = new Set<string>();

/** Decoding base58 is slow and the same addresses come every second. */
function isAddress(text: string): boolean {
  if (knownAddresses.has(text)) return true;
  try {
    if (bs58.decode(text).length !== 32) return false;
  } catch {
    return false;
  }
  if (knownAddresses.size >= REMEMBERED_ADDRESSES) knownAddresses.clear();
  knownAddresses.add(text);
  return true;
}

export const address = z.string().refine(isAddress, 'Invalid param: Invalid');
export const signature = z.string().refine((text) => {
  try {
    return bs58.decode(text).length === 64;
  } catch {
    return false;
  }
}, 'Invalid param: Invalid');

const commitmentFields = {
  commitment: z.enum(COMMITMENTS).nullish(),
  minContextSlot: z.number().int().min(0).nullish(),
};

export const ACCOUNT_ENCODINGS = [
  'base58',
  'base64',
  'base64+zstd',
  'jsonParsed',
  'binary',
] as const;
export type AccountEncoding = (typeof ACCOUNT_ENCODINGS)[number];

const accountFields = {
  ...commitmentFields,
  encoding: z.enum(ACCOUNT_ENCODINGS).nullish(),
  dataSlice: z
    .object({ offset: z.number().int().min(0), length: z.number().int().min(0) })
    .nullish(),
};

export const contextConfig = z.object(commitmentFields).nullish();
export type ContextConfig = z.infer<typeof contextConfig>;
export const accountConfig = z.object(accountFields).nullish();
export type AccountConfig = z.infer<typeof accountConfig>;

const filter = z.union([
  z.object({ dataSize: z.number().int().min(0) }),
  z.object({
    memcmp: z.object({
      offset: z.number().int().min(0),
      bytes: z.string(),
      encoding: z.enum(['base58', 'base64', 'binary']).nullish(),
    }),
  }),
  z.object({ tokenAccountState: z.literal(true) }),
]);
export type AccountFilter = z.infer<typeof filter>;

export const programAccountsConfig = z
  .object({
    ...accountFields,
    withContext: z.boolean().nullish(),
    filters: z.array(filter).max(4, 'Too many filters provided; max 4').nullish(),
  })
  .nullish();

export const binaryEncoding = z.enum(['base58', 'base64']).nullish();

export const sendConfig = z
  .object({
    encoding: binaryEncoding,
    skipPreflight: z.boolean().nullish(),
    preflightCommitment: z.enum(COMMITMENTS).nullish(),
    maxRetries: z.number().int().min(0).nullish(),
    minContextSlot: z.number().int().min(0).nullish(),
  })
  .nullish();

export const simulateConfig = z
  .object({
    ...commitmentFields,
    encoding: binaryEncoding,
    sigVerify: z.boolean().nullish(),
    replaceRecentBlockhash: z.boolean().nullish(),
    innerInstructions: z.boolean().nullish(),
    accounts: z
      .object({ addresses: z.array(address), encoding: z.enum(ACCOUNT_ENCODINGS).nullish() })
      .nullish(),
  })
  .nullish();

/** Throws -32602 and says which parameter is wrong. */
export function parseParams<Schema extends z.ZodType>(
  schema: Schema,
  params: unknown,
): z.output<Schema> {
  const parsed = schema.safeParse(params);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const where = issue === undefined || issue.path.length === 0 ? '' : ` (${issue.path.join('.')})`;
  const message = issue?.message ?? 'Invalid params';
  const words = /^(Invalid param|Too many)/.test(message) ? message : `Invalid params: ${message}`;
  throw new RpcError(RPC_CODE.invalidParams, `${words}${where}`);
}
