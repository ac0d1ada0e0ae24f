/**
 * What the signer process says, parsed; and what the engine asks of it, in wire form. The other direction needs
 * no schema here: the signer parses for itself what it is told.
 */
import { z } from 'zod';
import type { FromSigner, SignerAnswer } from '#domain/signer-protocol.ts';
import type { ReviewRequest, SignRequest } from '#domain/signing.ts';
import { networkKindSchema, signerStateSchema } from '#ipc/signer-wire.ts';
import {
  addressSchema,
  errorSchema,
  integerSchema,
  networkIdSchema,
  operationIdSchema,
  quoteSchema,
  tokenAmountSchema,
  type Same,
} from '#ipc/wire.ts';

const subAccountId = z.number().int().min(0).max(65_535);

const signingIntentSchema = z
  .object({
    operationId: operationIdSchema,
    kind: z.enum(['deposit', 'withdraw', 'transfer', 'create-sub-account']),
    network: networkIdSchema,
    networkKind: networkKindSchema,
    program: addressSchema,
    stateSeed: z.string().min(1).max(32),
    authority: addressSchema,
    signerKey: addressSchema,
    subAccountId,
    toSubAccountId: subAccountId.nullable(),
    token: z
      .object({
        symbol: z.string().min(1).max(32),
        marketIndex: z.number().int().min(0).max(65_535),
        mint: addressSchema,
        decimals: z.number().int().min(0).max(18),
      })
      .readonly()
      .nullable(),
    amount: tokenAmountSchema.nullable(),
    accountName: z.string().max(128).nullable(),
  })
  .readonly();

/** A transaction is at most 1,232 bytes; its base64 is shorter than this. */
const messageSchema = z.base64().max(2_000);

const reviewSchema = z
  .object({
    intent: signingIntentSchema,
    message: messageSchema,
    value: quoteSchema.nullable(),
    simulation: z
      .array(
        z
          .object({
            label: z.string().max(200),
            before: integerSchema.nullable(),
            after: integerSchema.nullable(),
            decimals: z.number().int().min(0).max(18),
            unit: z.string().max(32),
          })
          .readonly(),
      )
      .max(64)
      .readonly(),
  })
  .readonly();

const signSchema = z
  .object({ operationId: operationIdSchema, message: messageSchema, review: reviewSchema })
  .readonly();

/** The two things that the engine may ask for; everything else is between main and signer. */
export const engineSignerRequestSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('review'), review: reviewSchema }).readonly(),
  z.object({ kind: z.literal('sign'), sign: signSchema }).readonly(),
]);

export type EngineSignerRequest = z.output<typeof engineSignerRequestSchema>;

export const signerAnswerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.string().max(100).nullable() }).readonly(),
  z.object({ ok: z.literal(false), error: errorSchema }).readonly(),
]);

export const fromSignerSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('state'), state: signerStateSchema }).readonly(),
  z
    .object({ type: z.literal('answer'), id: z.number().int(), answer: signerAnswerSchema })
    .readonly(),
  z.object({ type: z.literal('window-wanted') }).readonly(),
  z.object({ type: z.literal('window-done'), number: z.number().int() }).readonly(),
  z
    .object({
      type: z.literal('pick-file'),
      purpose: z.enum(['import', 'export']),
      /** A bare file name: it never chooses the folder. */
      suggestedName: z.string().regex(/^[\w .-]{0,120}$/),
    })
    .readonly(),
  z
    .object({ type: z.literal('device-secret'), act: z.enum(['load', 'create', 'forget']) })
    .readonly(),
  z.object({ type: z.literal('stopped') }).readonly(),
]);

/** Nobody reads them: they are here to be checked. @public */
export const signerProtocolMatchesTheDomain: [
  Same<z.output<typeof reviewSchema>, ReviewRequest>,
  Same<z.output<typeof signSchema>, SignRequest>,
  Same<z.output<typeof signerAnswerSchema>, SignerAnswer>,
  Same<z.output<typeof fromSignerSchema>, FromSigner>,
] = [true, true, true, true];
