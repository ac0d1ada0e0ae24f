import { z } from 'zod';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { malformed } from '../rpc/rpc-failures.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import { chainErrorSchema } from './simulation-reply.ts';

const balanceSchema = z.object({
  accountIndex: z.number().int().nonnegative(),
  mint: z.string(),
  uiTokenAmount: z.object({ amount: z.string().regex(/^\d{1,20}$/) }),
});
const balancesSchema = z.array(balanceSchema).nullish();

const transactionSchema = z
  .object({
    slot: z.number().int().nonnegative(),
    transaction: z.tuple([z.string(), z.literal('base64')]),
    meta: z
      .object({
        err: chainErrorSchema,
        preTokenBalances: balancesSchema,
        postTokenBalances: balancesSchema,
      })
      .nullable(),
  })
  .nullable();

/** What the chain recorded of the operation's own transaction. */
export interface LandedTransaction {
  readonly slot: bigint;
  /** Null: it succeeded. */
  readonly error: unknown;
  /** Change of the token amount by index of the account in the message, smallest units. */
  readonly tokenChanges: ReadonlyMap<number, bigint>;
}

/**
 * The transaction as the node recorded it; null where it has no record (any more). A record that holds other bytes
 * than the signed ones is no record of it.
 */
export async function readLanded(
  { client, endpoint }: EndpointSession,
  { signature, wire }: OperationTransaction,
): Promise<Result<LandedTransaction | null, KeelError>> {
  if (signature === null || wire === null) return ok(null);
  const method = 'getTransaction';
  const config = { encoding: 'base64', commitment: 'confirmed', maxSupportedTransactionVersion: 0 };
  const reply = await client.call(method, [signature, config], transactionSchema);
  if (!reply.ok) return reply;
  if (reply.value === null || reply.value.meta === null) return ok(null);
  const { slot, transaction, meta } = reply.value;
  if (transaction[0] !== wire) {
    return err(malformed(endpoint.label, method, 'it holds another transaction'));
  }
  const changes = new Map<number, bigint>();
  const add = (balances: z.output<typeof balancesSchema>, sign: bigint): void => {
    for (const { accountIndex, uiTokenAmount } of balances ?? []) {
      const sum = changes.get(accountIndex) ?? 0n;
      changes.set(accountIndex, sum + sign * BigInt(uiTokenAmount.amount));
    }
  };
  add(meta.preTokenBalances, -1n);
  add(meta.postTokenBalances, 1n);
  return ok({ slot: BigInt(slot), error: meta.err, tokenChanges: changes });
}
