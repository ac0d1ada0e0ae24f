import { z } from 'zod';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { malformed } from '../rpc/rpc-failures.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import { accountSchema, rawAccountOf, type RawAccount } from '../read/account-frame.ts';
import { nodeBehind } from '../failures.ts';
import { MAX_COMPUTE_UNITS } from './solana-programs.ts';

/** Only shape and size: what an error means is told elsewhere. */
export const chainErrorSchema = z.union([
  z.null(),
  z.string().max(200),
  z.record(z.string().max(100), z.unknown()),
]);

const simulationSchema = z.object({
  context: z.object({ slot: z.number().int().nonnegative() }),
  value: z.object({
    err: chainErrorSchema,
    accounts: z.array(accountSchema).nullish(),
    unitsConsumed: z.number().int().nonnegative().max(MAX_COMPUTE_UNITS).nullish(),
  }),
});

export interface SimulationReply {
  readonly slot: bigint;
  /** Null: it went through. */
  readonly error: unknown;
  /** By address; null: it would not exist. Empty where the simulation failed. */
  readonly accounts: ReadonlyMap<string, RawAccount | null>;
  readonly unitsConsumed: number;
}

/** `simulateTransaction` with the given accounts as they would be. @param wire base64, its signature all zero. */
export async function simulateWire(
  { client, endpoint }: EndpointSession,
  wire: string,
  addresses: readonly string[],
  commitment: string,
  minSlot: bigint,
): Promise<Result<SimulationReply, KeelError>> {
  const method = 'simulateTransaction';
  const config = {
    encoding: 'base64',
    commitment,
    sigVerify: false,
    replaceRecentBlockhash: true,
    minContextSlot: Number(minSlot),
    accounts: { encoding: 'base64', addresses },
  };
  const reply = await client.call(method, [wire, config], simulationSchema);
  if (!reply.ok) return reply;
  const { context, value } = reply.value;
  const slot = BigInt(context.slot);
  if (slot < minSlot) return err(nodeBehind(endpoint.label, slot, minSlot));
  const accounts = new Map<string, RawAccount | null>();
  if (value.err === null) {
    if (value.accounts?.length !== addresses.length) {
      return err(malformed(endpoint.label, method, 'the simulated accounts are missing'));
    }
    for (const [index, key] of addresses.entries()) {
      accounts.set(key, rawAccountOf(value.accounts[index] ?? null));
    }
    if (value.unitsConsumed === null || value.unitsConsumed === undefined) {
      return err(malformed(endpoint.label, method, 'the compute units are missing'));
    }
  }
  return ok({ slot, error: value.err, accounts, unitsConsumed: value.unitsConsumed ?? 0 });
}
