import { z } from 'zod';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { malformed } from '../rpc/rpc-failures.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';

export type Commitment = 'processed' | 'confirmed' | 'finalized';

/** An account as the node gave it. The bytes stay base64: equal text means that nothing has to be decoded again. */
export interface RawAccount {
  readonly owner: string;
  readonly base64: string;
  readonly lamports: bigint;
}

/** Accounts that one reply holds, all of one slot. A key that does not exist has the value null. */
export interface AccountFrame {
  readonly slot: bigint;
  readonly accounts: ReadonlyMap<string, RawAccount | null>;
}

/** One account as every method gives it in base64; null: it does not exist. */
export const accountSchema = z
  .object({
    owner: z.string().min(32).max(44),
    // Not `int()`: the largest wallets exceed what a float holds exactly, and are no error for it.
    lamports: z.number().nonnegative(),
    data: z.tuple([z.string(), z.literal('base64')]),
  })
  .nullable();

const replySchema = z.object({
  context: z.object({ slot: z.number().int().nonnegative() }),
  value: z.array(accountSchema),
});

/**
 * One `getMultipleAccounts` of at most a hundred keys.
 * @param minSlot the node is asked to refuse with “behind” below it; 0 asks for nothing.
 */
export async function readFrame(
  { client, endpoint }: EndpointSession,
  keys: readonly string[],
  commitment: Commitment,
  minSlot: bigint,
): Promise<Result<AccountFrame, KeelError>> {
  const method = 'getMultipleAccounts';
  const config = {
    encoding: 'base64',
    commitment,
    ...(minSlot > 0n ? { minContextSlot: Number(minSlot) } : {}),
  };
  const reply = await client.call(method, [keys, config], replySchema);
  if (!reply.ok) return reply;
  const { context, value } = reply.value;
  if (value.length !== keys.length) {
    const problem = `it holds ${value.length} accounts where ${keys.length} were asked for`;
    return err(malformed(endpoint.label, method, problem));
  }
  const accounts = new Map<string, RawAccount | null>();
  keys.forEach((key, index) => {
    accounts.set(key, rawAccountOf(value[index] ?? null));
  });
  return ok({ slot: BigInt(context.slot), accounts });
}

export function rawAccountOf(account: z.output<typeof accountSchema>): RawAccount | null {
  if (account === null) return null;
  const { owner, data, lamports } = account;
  return { owner, base64: data[0], lamports: BigInt(Math.trunc(lamports)) };
}
