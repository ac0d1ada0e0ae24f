import { z } from 'zod';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { HoldBack } from '../rpc/json-rpc-client.ts';
import { malformed } from '../rpc/rpc-failures.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';

const signatureSchema = z.string().min(64).max(88);

/**
 * Sends the signed bytes once. Whatever comes back, it is evidence of nothing.
 * @param mayLeave asked last: after the endpoint was chosen, its cluster checked and its budget waited for.
 */
export async function sendWire(
  { client, endpoint }: EndpointSession,
  { wire, signature }: OperationTransaction,
  mayLeave: () => boolean = () => true,
): Promise<Result<null, KeelError>> {
  if (wire === null) return err(unsigned());
  const method = 'sendTransaction';
  const config = { encoding: 'base64', skipPreflight: true, maxRetries: 0 };
  const holdBack: HoldBack = () => (mayLeave() ? null : heldBack());
  // Before it takes a turn of the budget, and again when its turn has come: a pause may last.
  const held = holdBack();
  if (held !== null) return err(held);
  const reply = await client.call(method, [wire, config], signatureSchema, holdBack);
  if (!reply.ok) return reply;
  return reply.value === signature
    ? ok(null)
    : err(malformed(endpoint.label, method, 'it acknowledges another transaction'));
}

function heldBack(): KeelError {
  return keelError(
    'GATE_CLOSED',
    'operator',
    'Everything was halted right before the bytes were sent: nothing has left.',
    'Lift the halt when you are ready.',
    { codes: 'halted-all' },
  );
}

function unsigned(): KeelError {
  return keelError(
    'INTERNAL',
    'stop',
    'The transaction is not signed, so it cannot be sent.',
    'Report it with the log; nothing was sent.',
  );
}
