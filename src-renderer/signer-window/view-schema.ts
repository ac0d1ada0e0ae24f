/** Schema of what the signer sends to its window. A structured clone: amounts arrive as bigints. */
import { z } from 'zod';
import type { Address, OperationId } from '#domain/ids.ts';
import { ERROR_CODES, REMEDIES } from '#domain/keel-error.ts';
import type { SignerView } from '#domain/signer-window.ts';
import type { UnixMs } from '#domain/units.ts';

// The window's policy forbids code made from strings; the choice is made when a schema is built.
z.config({ jitless: true });

const address = z.custom<Address>(
  (value) => typeof value === 'string' && /^[1-9A-HJ-NP-Za-km-z]{32,44}$/.test(value),
);
const operationId = z.custom<OperationId>(
  (value) => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value),
);
const unixMs = z.custom<UnixMs>((value) => typeof value === 'number' && Number.isFinite(value));
const networkKind = z.enum(['practice', 'live']);
const place = z.number().int().min(1).max(24);
const decimals = z.number().int().min(0).max(24);

const keyInfo = z.strictObject({
  publicKey: address,
  name: z.string(),
  kind: z.enum(['keypair', 'watch-only']),
  networkKind,
  createdAtMs: unixMs,
  derivationPath: z.string().nullable(),
});

const confirmation = z.strictObject({
  operationId,
  title: z.string().min(1),
  lines: z.array(
    z.strictObject({
      label: z.string(),
      value: z.string(),
      kind: z.enum(['plain', 'key', 'amount']),
    }),
  ),
  warnings: z.array(z.string()),
  simulation: z.array(
    z.strictObject({
      label: z.string(),
      before: z.bigint().nullable(),
      after: z.bigint().nullable(),
      decimals,
      unit: z.string(),
    }),
  ),
  demand: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('press') }),
    z.strictObject({
      kind: z.literal('type'),
      amount: z.string().regex(/^\d+(?:\.\d+)?$/),
      symbol: z.string(),
    }),
  ]),
});

const screen = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unlock'),
    reason: z.string(),
    nextAttemptAtMs: unixMs.nullable(),
  }),
  z.strictObject({
    kind: z.literal('choose-passphrase'),
    minLength: z.number().int().min(1),
    secondWrap: z.discriminatedUnion('available', [
      z.strictObject({ available: z.literal(true) }),
      z.strictObject({ available: z.literal(false), why: z.string() }),
    ]),
  }),
  z.strictObject({
    kind: z.literal('new-phrase'),
    words: z
      .array(z.string().regex(/^[a-z]+$/))
      .min(12)
      .max(24),
    publicKey: address,
    derivationPath: z.string(),
  }),
  z.strictObject({ kind: z.literal('check-phrase'), positions: z.array(place).min(1) }),
  z.strictObject({ kind: z.literal('import'), networkKind }),
  z.strictObject({
    kind: z.literal('choose-address'),
    candidates: z.array(
      z.strictObject({
        id: z.string(),
        publicKey: address,
        derivationPath: z.string().nullable(),
        label: z.string(),
        alreadyThere: z.boolean(),
      }),
    ),
  }),
  z.strictObject({ kind: z.literal('name-key'), publicKey: address, suggested: z.string() }),
  z.strictObject({ kind: z.literal('export'), key: keyInfo }),
  z.strictObject({ kind: z.literal('remove'), key: keyInfo }),
  z.strictObject({ kind: z.literal('change-passphrase'), minLength: z.number().int().min(1) }),
  z.strictObject({ kind: z.literal('second-wrap'), enable: z.boolean() }),
  z.strictObject({ kind: z.literal('confirm'), confirmation }),
  z.strictObject({ kind: z.literal('working'), text: z.string() }),
  z.strictObject({ kind: z.literal('done'), title: z.string(), text: z.string() }),
]);

const errorOf = z.strictObject({
  code: z.enum(ERROR_CODES),
  message: z.string(),
  remedy: z.enum(REMEDIES),
  advice: z.string(),
  details: z.record(z.string(), z.string()).exactOptional(),
});

const viewSchema = z.strictObject({ screen, error: errorOf.nullable() });

/** The view, or null where it is not one: then nothing of it is shown. */
export function readView(raw: unknown): SignerView | null {
  const parsed = viewSchema.safeParse(raw);
  return parsed.success ? (parsed.data satisfies SignerView) : null;
}
