/**
 * Proof that a transaction can never land. A time proves nothing, nor does one node's silence; all of this must
 * hold on one node, and on a second one where the network has several endpoints:
 *
 *   its genesis is that of the cluster for which the bytes were made, before and after the other questions;
 *   its finalized block height is past the last valid one by a margin, and has not gone back;
 *   its finalized slot is at least a blockhash's validity past the slot at which the message was built;
 *   at that slot or later it finds no trace of the signature, though its records reach back far enough: one node at
 *   least must show that they do, unless so little time has passed that every node still has them;
 *   at that slot or later the blockhash is not valid.
 *
 * Bytes that were never signed left nobody's hands: for them the questions about the signature are left out.
 */
import { z } from 'zod';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import { groupDigits } from '#domain/decimal.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { ok, type Result } from '#domain/result.ts';
import type { EndpointSession } from '../rpc/endpoint-session.ts';
import { readMark } from './build.ts';
import type { HighWater } from './high-water.ts';
import { readSignature, type SignatureStatus } from './signature-status.ts';
import { BLOCKHASH_VALIDITY } from './solana-programs.ts';

/** Beyond the last valid block, for nodes that count heights apart by a few. */
const MARGIN = 16n;

export type Expiry =
  | {
      readonly kind: 'proved';
      readonly height: bigint;
      readonly words: string;
      /** False: the node does not tell how far back its records reach, and may have dropped them. */
      readonly remembers: boolean;
    }
  | { readonly kind: 'not-proved'; readonly height: bigint | null }
  | { readonly kind: 'found'; readonly status: SignatureStatus };

const validSchema = z.object({
  context: z.object({ slot: z.number().int().nonnegative() }),
  value: z.boolean(),
});
const slotSchema = z.number().int().nonnegative();

export async function readExpiry(
  session: EndpointSession,
  finalized: HighWater,
  transaction: OperationTransaction,
): Promise<Result<Expiry, KeelError>> {
  const { label } = session.endpoint;
  const { lastValidBlockHeight, builtAtSlot, genesisHash, signature } = transaction;
  const before = await session.readGenesis(genesisHash);
  if (!before.ok) return before;
  const mark = await readMark(session, 'finalized');
  if (!mark.ok) return mark;
  const { slot, height } = mark.value;
  if (!finalized.reaches(label, mark.value).ok) return notProved(null);
  const isPast = height > lastValidBlockHeight + MARGIN;
  if (!isPast || slot < builtAtSlot + BLOCKHASH_VALIDITY) return notProved(height);
  let remembers = true;
  if (signature !== null) {
    const silence = await readSilence(session, transaction, slot);
    if (!silence.ok) return silence;
    if (silence.value.kind !== 'silent') return ok(silence.value);
    ({ remembers } = silence.value);
  }
  const dead = await isBlockhashDead(session, transaction.blockhash, slot);
  if (!dead.ok) return dead;
  if (!dead.value) return notProved(height);
  const after = await session.readGenesis(genesisHash);
  if (!after.ok) return after;
  const trace = signature === null ? 'it was never signed' : 'there is no trace of its signature';
  return ok({
    kind: 'proved',
    height,
    remembers,
    words: `On “${label}” block ${groupDigits(height)} is final, past the last valid block ${groupDigits(lastValidBlockHeight)}, and ${trace}.`,
  });
}

/** Rooted slots of which every node keeps all statuses in memory. */
const KEPT_BY_ALL = 300n;

type Silence =
  { readonly kind: 'silent'; readonly remembers: boolean } | Exclude<Expiry, { kind: 'proved' }>;

/** Silent at the slot or later, by records that reach back to before the message was built. */
async function readSilence(
  session: EndpointSession,
  transaction: OperationTransaction,
  slot: bigint,
): Promise<Result<Silence, KeelError>> {
  const { builtAtSlot } = transaction;
  const status = await readSignature(session, [], transaction);
  if (!status.ok) return status;
  if (status.value.kind !== 'silent') return ok({ kind: 'found', status: status.value });
  const { contextSlot } = status.value;
  if (contextSlot < slot) return ok(notProvedYet(null));
  const first = await session.client.call('getFirstAvailableBlock', [], slotSchema);
  if (!first.ok) {
    // Some providers do not offer it.
    if (first.error.code !== 'RPC_REFUSED') return first;
    return ok({ kind: 'silent', remembers: contextSlot <= builtAtSlot + KEPT_BY_ALL });
  }
  return ok(
    BigInt(first.value) <= builtAtSlot ? { kind: 'silent', remembers: true } : notProvedYet(null),
  );
}

async function isBlockhashDead(
  { client }: EndpointSession,
  blockhash: string,
  slot: bigint,
): Promise<Result<boolean, KeelError>> {
  const config = { commitment: 'finalized', minContextSlot: Number(slot) };
  const reply = await client.call('isBlockhashValid', [blockhash, config], validSchema);
  if (!reply.ok) return reply;
  return ok(!reply.value.value && BigInt(reply.value.context.slot) >= slot);
}

const notProvedYet = (height: bigint | null) => ({ kind: 'not-proved', height }) as const;
const notProved = (height: bigint | null): Result<Expiry, KeelError> => ok(notProvedYet(height));
