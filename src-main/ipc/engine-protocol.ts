/** What the main process and the engine process say to each other, parsed on both sides, in wire form. */
import { z } from 'zod';
import type { Network } from '#domain/network.ts';
import { LOG_LEVELS } from '#domain/shell-settings.ts';
import { capitalSettingsSchema } from '#ipc/capital-wire.ts';
import { CHANNELS, deskEventSchema, type ChannelName } from '#ipc/contract.ts';
import { endpointTestSchema, newActivitySchema } from '#ipc/desk-wire.ts';
import { signerStateSchema } from '#ipc/signer-wire.ts';
import { exchangeViewSchema, haltAllSchema, watchSettingsSchema } from '#ipc/watch-wire.ts';
import {
  addressSchema,
  errorSchema,
  networkIdSchema,
  networkStatusSchema,
  operationIdSchema,
  syncSettingsSchema,
  unixMsSchema,
  vaultViewSchema,
} from '#ipc/wire.ts';
import { engineSignerRequestSchema, signerAnswerSchema } from './signer-protocol.ts';

const endpointSchema = z
  .object({
    label: z.string(),
    httpUrl: z.string().min(1),
    webSocketUrl: z.string().min(1),
  })
  .readonly();

export const networkSchema = z
  .object({
    id: networkIdSchema,
    label: z.string().min(1),
    kind: z.enum(['practice', 'live']),
    deployment: z
      .object({
        program: addressSchema,
        stateSeed: z.string().min(1),
        quoteMint: addressSchema,
        quoteSymbol: z.string().min(1),
      })
      .readonly(),
    endpoints: z.array(endpointSchema).min(1).readonly(),
    genesisHash: z.string().nullable(),
  })
  .readonly() satisfies z.ZodType<Network>;

/** The sub-account that the first profile's vault stands on. */
const starterSchema = z
  .object({ authority: addressSchema, subAccountId: z.number().int().min(0) })
  .readonly();

const engineChannels = Object.keys(CHANNELS).filter(
  (name) => CHANNELS[name as ChannelName].answeredBy === 'engine',
);
const engineChannelSchema = z.custom<ChannelName>(
  (name) => typeof name === 'string' && engineChannels.includes(name),
);

const logLevelSchema = z.enum(LOG_LEVELS);

const startSchema = z
  .object({
    type: z.literal('start'),
    dataDirectory: z.string().min(1),
    logDirectory: z.string().min(1),
    /** Path of the database's native part where the packaged one does not load; null: the packaged one. */
    nativeBinding: z.string().nullable(),
    liveNetworks: z.array(networkSchema).readonly(),
    /** In words, why live networks may not be used; null: they may. */
    liveLockedBecause: z.string().nullable(),
    sync: syncSettingsSchema,
    capital: capitalSettingsSchema,
    watch: watchSettingsSchema,
    logLevel: logLevelSchema,
    /** Pressed, and not acknowledged by an engine yet: it holds before anything is taken up. Null: none. */
    haltAll: haltAllSchema.nullable(),
    /** Engine processes that ended unasked since one has opened its database: when the first did, and how many. */
    lost: z
      .object({ atMs: unixMsSchema, times: z.number().int().min(1) })
      .readonly()
      .optional(),
    /** Name of the backup that takes the database's place before it is opened; null: none. */
    restore: z.string().nullable(),
    /** Only for the fault runner: the file that names the point at which the process kills itself. */
    crashFile: z.string().nullable(),
    /** Added to all revisions, so that those of a restarted engine are above those of the one before. */
    revisionBase: z.number().int().min(0),
    loopReportEveryMs: z.number().int().min(1_000),
  })
  .readonly();

/** The practice network runs (again), perhaps on another port. */
const practiceSchema = z
  .object({
    type: z.literal('practice'),
    network: networkSchema,
    starter: starterSchema,
    /** When the trader had it begun anew: vaults of the chain before are put away. */
    begunAnewAtMs: unixMsSchema.optional(),
  })
  .readonly();

export const toEngineSchema = z.discriminatedUnion('type', [
  startSchema,
  practiceSchema,
  z
    .object({
      type: z.literal('request'),
      id: z.number().int(),
      channel: engineChannelSchema,
      request: z.unknown(),
    })
    .readonly(),
  z
    .object({
      type: z.literal('settings'),
      sync: syncSettingsSchema,
      capital: capitalSettingsSchema,
      watch: watchSettingsSchema,
      logLevel: logLevelSchema,
    })
    .readonly(),
  /** Whole; the engine counts on none before the first one. */
  z.object({ type: z.literal('signer-state'), state: signerStateSchema }).readonly(),
  z
    .object({ type: z.literal('signer-answer'), id: z.number().int(), answer: signerAnswerSchema })
    .readonly(),
  /** What the main process has done: for the feed. */
  z.object({ type: z.literal('activity'), entry: newActivitySchema }).readonly(),
  /** All live networks, after the trader has changed their endpoints. */
  z.object({ type: z.literal('networks'), networks: z.array(networkSchema).readonly() }).readonly(),
  z
    .object({
      type: z.literal('test-endpoint'),
      id: z.number().int(),
      network: networkSchema,
      endpoint: endpointSchema,
    })
    .readonly(),
  z.object({ type: z.literal('resume'), cause: z.enum(['wake', 'online']) }).readonly(),
  z.object({ type: z.literal('stop') }).readonly(),
]);

export const fromEngineSchema = z.discriminatedUnion('type', [
  /** The database is open: all vaults, before the first read of the chain. */
  z
    .object({
      type: z.literal('opened'),
      views: z.array(vaultViewSchema).readonly(),
      statuses: z.array(networkStatusSchema).readonly(),
      exchanges: z.array(exchangeViewSchema).readonly(),
      haltAll: haltAllSchema.nullable(),
      notices: z.array(z.string()).readonly(),
    })
    .readonly(),
  z
    .object({
      type: z.literal('answer'),
      id: z.number().int(),
      answer: z.discriminatedUnion('ok', [
        z.object({ ok: z.literal(true), value: z.unknown() }).readonly(),
        z.object({ ok: z.literal(false), error: errorSchema }).readonly(),
      ]),
    })
    .readonly(),
  z.object({ type: z.literal('event'), event: deskEventSchema }).readonly(),
  z
    .object({ type: z.literal('endpoint-tested'), id: z.number().int(), test: endpointTestSchema })
    .readonly(),
  /** To be handed on to the signer; without a time-out, because a review waits for the trader. */
  z
    .object({
      type: z.literal('signer-request'),
      id: z.number().int(),
      request: engineSignerRequestSchema,
    })
    .readonly(),
  z.object({ type: z.literal('withdraw-review'), operationId: operationIdSchema }).readonly(),
  /** How the restore of the start message went; on an error the database is as it was. */
  z
    .object({
      type: z.literal('restored'),
      outcome: z.discriminatedUnion('ok', [
        z.object({ ok: z.literal(true), value: z.object({ setAside: z.string() }) }).readonly(),
        z.object({ ok: z.literal(false), error: errorSchema }).readonly(),
      ]),
    })
    .readonly(),
  /** The longest time that the engine's event loop was held since the last report. */
  z.object({ type: z.literal('loop'), maxMs: z.number(), spanMs: z.number() }).readonly(),
  /** The engine cannot start and a restart would not help: a person has to look. */
  z.object({ type: z.literal('refused'), error: errorSchema }).readonly(),
  z.object({ type: z.literal('stopped') }).readonly(),
]);

export type ToEngine = z.output<typeof toEngineSchema>;
export type FromEngine = z.output<typeof fromEngineSchema>;
export type EngineStart = z.output<typeof startSchema>;
export type PracticeHandover = z.output<typeof practiceSchema>;
/** Wire form: what is handed to `postMessage`. */
export type ToEngineOnWire = z.input<typeof toEngineSchema>;
export type FromEngineOnWire = z.input<typeof fromEngineSchema>;
