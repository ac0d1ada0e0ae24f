import { z } from 'zod';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { slot } from '#domain/units.ts';
import { nodeBehind } from '../failures.ts';
import { malformed } from '../rpc/rpc-failures.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import type { CapitalContext } from './capital-context.ts';
import type { ChainMark, HighWater } from './high-water.ts';
import { compileMessage } from './message.ts';
import type { DriftPlan } from './plan.ts';
import { BLOCKHASH_VALIDITY } from './solana-programs.ts';

/** Two answers of one provider may come from nodes that are some blocks apart. */
const NODES_APART = 64n;

const height = z.number().int().nonnegative();
const blockhashSchema = z.object({
  context: z.object({ slot: height }),
  value: z.object({
    blockhash: z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/),
    lastValidBlockHeight: height,
  }),
});
const epochSchema = z.object({ absoluteSlot: height, blockHeight: height });

/** Slot and block height at a commitment, of one moment of one node. */
export async function readMark(
  { client }: EndpointSession,
  commitment: 'confirmed' | 'finalized',
): Promise<Result<ChainMark, KeelError>> {
  const reply = await client.call('getEpochInfo', [{ commitment }], epochSchema);
  if (!reply.ok) return reply;
  const { absoluteSlot, blockHeight } = reply.value;
  return ok({ slot: BigInt(absoluteSlot), height: BigInt(blockHeight) });
}

/**
 * The message with a fresh blockhash. How long it can be used is the worse of what the node says and of a whole
 * validity from the present height: never too short, or an expiry would be told of bytes that can still land.
 */
export async function buildTransaction(
  { venue, access }: CapitalContext,
  session: EndpointSession,
  highWater: HighWater,
  plan: DriftPlan,
  unitsUsed: number | null,
): Promise<Result<OperationTransaction, KeelError>> {
  const { label } = session.endpoint;
  const genesis = await session.readGenesis(access.network.genesisHash);
  if (!genesis.ok) return genesis;
  const config = { commitment: 'confirmed', minContextSlot: Number(plan.reading.slot) };
  const latest = await session.client.call('getLatestBlockhash', [config], blockhashSchema);
  if (!latest.ok) return latest;
  const mark = await readMark(session, 'confirmed');
  if (!mark.ok) return mark;
  const builtAtSlot = BigInt(latest.value.context.slot);
  const newest = builtAtSlot > mark.value.slot ? builtAtSlot : mark.value.slot;
  const reaches = highWater.reaches(label, { slot: newest, height: mark.value.height });
  if (!reaches.ok) return reaches;
  if (newest < plan.reading.slot) return err(nodeBehind(label, newest, plan.reading.slot));
  const { blockhash, lastValidBlockHeight } = latest.value.value;
  const reported = BigInt(lastValidBlockHeight);
  const usual = mark.value.height + BLOCKHASH_VALIDITY;
  if (reported > usual + NODES_APART || reported + NODES_APART < usual) {
    const problem = `it says that a new blockhash ends at block ${reported}, at block height ${mark.value.height}`;
    return err(malformed(label, 'getLatestBlockhash', problem));
  }
  const message = compileMessage(venue.vendor, {
    signerKey: plan.signerKey,
    instructions: plan.instructions,
    priorityFee: plan.priorityFee,
    unitsUsed,
    blockhash,
  });
  if (!message.ok) return message;
  return ok({
    message: message.value.toString('base64'),
    blockhash,
    lastValidBlockHeight: reported > usual ? reported : usual,
    builtAtSlot: slot(newest),
    genesisHash: genesis.value,
    signature: null,
    wire: null,
  });
}
