/** Schemas of what may be known of the signer outside of it. Nothing here ever holds a secret. */
import { z } from 'zod';
import type { SignerState, SignerTask } from '#domain/signer-state.ts';
import { addressSchema, errorSchema, unixMsSchema, type Same } from './wire.ts';

export const networkKindSchema = z.enum(['practice', 'live']);

const keyInfoSchema = z
  .object({
    publicKey: addressSchema,
    name: z.string(),
    kind: z.enum(['keypair', 'watch-only']),
    networkKind: networkKindSchema,
    createdAtMs: unixMsSchema,
    derivationPath: z.string().nullable(),
  })
  .readonly();

export const signerStateSchema = z
  .object({
    status: z.enum(['unavailable', 'empty', 'locked', 'unlocked']),
    keys: z.array(keyInfoSchema).readonly(),
    lockCause: z
      .enum(['start', 'idle', 'suspend', 'screen-lock', 'request', 'too-many-attempts'])
      .nullable(),
    locksAtMs: unixMsSchema.nullable(),
    nextAttemptAtMs: unixMsSchema.nullable(),
    secondWrap: z.boolean(),
    error: errorSchema.nullable(),
  })
  .readonly();

export const signerTaskSchema = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('create'), networkKind: networkKindSchema })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('import'), networkKind: networkKindSchema })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('import-practice-key') })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('unlock') })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('export'), publicKey: addressSchema })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('remove'), publicKey: addressSchema })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('change-passphrase') })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('second-wrap'), enable: z.boolean() })
    .strict()
    .readonly(),
]);

/** Nobody reads them: they are here to be checked. @public */
export const signerSchemasMatchTheDomain: [
  Same<z.output<typeof signerStateSchema>, SignerState>,
  Same<z.output<typeof signerTaskSchema>, SignerTask>,
] = [true, true];
