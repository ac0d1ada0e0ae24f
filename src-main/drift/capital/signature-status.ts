import { z } from 'zod';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { malformed } from '../rpc/rpc-failures.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import { readLanded } from './landed-transaction.ts';
import { chainErrorSchema } from './simulation-reply.ts';

const statusesSchema = z.object({
  context: z.object({ slot: z.number().int().nonnegative() }),
  value: z.tuple([
    z
      .object({
        slot: z.number().int().nonnegative(),
        err: chainErrorSchema,
        confirmationStatus: z.enum(['processed', 'confirmed', 'finalized']).nullable(),
      })
      .nullable(),
  ]),
});

/** What one node knows of a signature. `silent` is of one slot only; `pending` may still go either way. */
export type SignatureStatus =
  | { readonly kind: 'silent'; readonly contextSlot: bigint }
  | { readonly kind: 'pending' }
  | { readonly kind: 'landed'; readonly slot: bigint; readonly error: unknown };

/**
 * Landed only when the node also shows the transaction itself, of the signed bytes and with the same outcome: a
 * status is a word, and a node that says it of an unknown signature cannot show the bytes in a block.
 * @param others asked where the node keeps no transactions at all
 */
export async function readSignature(
  session: EndpointSession,
  others: readonly EndpointSession[],
  transaction: OperationTransaction,
): Promise<Result<SignatureStatus, KeelError>> {
  const status = await readStatusOnly(session, transaction);
  if (!status.ok || status.value.kind !== 'landed') return status;
  const landed = await readLanded(session, transaction);
  if (landed.ok && landed.value === null) return ok({ kind: 'pending' });
  if (!landed.ok) {
    if (landed.error.code !== 'RPC_REFUSED') return landed;
    return await isBorneOut(others, transaction, status.value);
  }
  const sameOutcome =
    JSON.stringify(landed.value?.error) === JSON.stringify(status.value.error) &&
    landed.value?.slot === status.value.slot;
  if (sameOutcome) return status;
  const problem = 'its status and its record of the transaction differ';
  return err(malformed(session.endpoint.label, 'getSignatureStatuses', problem));
}

async function readStatusOnly(
  { client, endpoint }: EndpointSession,
  { signature, builtAtSlot }: OperationTransaction,
): Promise<Result<SignatureStatus & { readonly isFinal?: boolean }, KeelError>> {
  const method = 'getSignatureStatuses';
  const params = [[signature], { searchTransactionHistory: true }];
  const reply = await client.call(method, params, statusesSchema);
  if (!reply.ok) return reply;
  const { context, value } = reply.value;
  const [status] = value;
  if (status === null) return ok({ kind: 'silent', contextSlot: BigInt(context.slot) });
  const { slot, err: error, confirmationStatus } = status;
  if (BigInt(slot) < builtAtSlot - BUILT_SLACK || slot > context.slot) {
    const problem = `it tells of slot ${slot}, where the transaction cannot be`;
    return err(malformed(endpoint.label, method, problem));
  }
  if (confirmationStatus !== 'confirmed' && confirmationStatus !== 'finalized') {
    return ok({ kind: 'pending' });
  }
  const isFinal = confirmationStatus === 'finalized';
  return ok({ kind: 'landed', slot: BigInt(slot), error, isFinal });
}

/** The slot at building is the newest of two answers, of nodes that may be some slots apart. */
const BUILT_SLACK = 64n;

/** The node keeps no transactions: another one must say the same, or, where there is none, its word be final. */
async function isBorneOut(
  others: readonly EndpointSession[],
  transaction: OperationTransaction,
  status: SignatureStatus & { readonly isFinal?: boolean },
): Promise<Result<SignatureStatus, KeelError>> {
  if (others.length === 0) {
    return ok(status.isFinal === true ? status : { kind: 'pending' });
  }
  for (const other of others) {
    if (!(await other.checkCluster()).ok) continue;
    const second = await readStatusOnly(other, transaction);
    if (second.ok && second.value.kind === 'landed' && sameAs(second.value, status)) {
      return ok(status);
    }
  }
  return ok({ kind: 'pending' });
}

function sameAs(one: SignatureStatus, other: SignatureStatus): boolean {
  return (
    one.kind === 'landed' &&
    other.kind === 'landed' &&
    one.slot === other.slot &&
    JSON.stringify(one.error) === JSON.stringify(other.error)
  );
}
