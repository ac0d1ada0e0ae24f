/**
 * The contract between the window and the main side: one declaration per channel. The preload bridge, the
 * registrar and the renderer's client all derive from it; nothing is listed a second time.
 */
import { z } from 'zod';
import { CAPITAL_CHANNELS } from './capital-channels.ts';
import { capitalSettingsSchema, operationViewSchema } from './capital-wire.ts';
import { nothing, type Channel } from './channel-parts.ts';
import { DESK_CHANNELS } from './desk-channels.ts';
import { activityEntrySchema, deskSettingsSchema, exportProgressSchema } from './desk-wire.ts';
import { signerStateSchema } from './signer-wire.ts';
import { PRACTICE_CHANNELS } from './practice-channels.ts';
import { VAULT_CHANNELS } from './vault-channels.ts';
import { WATCH_CHANNELS } from './watch-channels.ts';
import {
  alertChangeSchema,
  alertViewSchema,
  exchangeViewSchema,
  haltAllSchema,
  shellSettingsSchema,
  watchSettingsSchema,
} from './watch-wire.ts';
import {
  errorSchema,
  networkIdSchema,
  networkStatusSchema,
  operationIdSchema,
  syncSettingsSchema,
  unixMsSchema,
  vaultIdSchema,
  vaultViewSchema,
} from './wire.ts';

export const themeSchema = z.enum(['system', 'light', 'dark']);

export const visibleSettingsSchema = z
  .object({
    theme: themeSchema,
    notifications: z.boolean(),
    sync: syncSettingsSchema,
    capital: capitalSettingsSchema,
    watch: watchSettingsSchema,
    shell: shellSettingsSchema,
    desk: deskSettingsSchema,
  })
  .readonly();

const runtimeSchema = z
  .object({
    appVersion: z.string(),
    electron: z.string(),
    chrome: z.string(),
    node: z.string(),
    official: z.boolean(),
  })
  .readonly();

/** A network as the window may see it: endpoint URLs can hold access tokens and stay outside. */
const networkViewSchema = z
  .object({
    id: networkIdSchema,
    label: z.string(),
    kind: z.enum(['practice', 'live']),
    quoteSymbol: z.string(),
    /** In words; null while the network may be used. */
    lockedBecause: z.string().nullable(),
  })
  .readonly();

const deskSchema = z
  .object({
    views: z.array(vaultViewSchema).readonly(),
    networks: z.array(networkViewSchema).readonly(),
    statuses: z.array(networkStatusSchema).readonly(),
    exchanges: z.array(exchangeViewSchema).readonly(),
    haltAll: haltAllSchema.nullable(),
    settings: visibleSettingsSchema,
    runtime: runtimeSchema,
    signer: signerStateSchema,
    /** Notices of the start, for instance a settings file that was set aside. */
    notices: z.array(z.string()).readonly(),
  })
  .readonly();

export const CHANNELS = {
  'desk.load': { request: nothing, response: deskSchema, answeredBy: 'main' },
  ...VAULT_CHANNELS,
  ...CAPITAL_CHANNELS,
  ...WATCH_CHANNELS,
  ...DESK_CHANNELS,
  'settings.update': {
    request: visibleSettingsSchema,
    response: visibleSettingsSchema,
    answeredBy: 'main',
  },
  ...PRACTICE_CHANNELS,
} as const satisfies Record<string, Channel>;

export type ChannelName = keyof typeof CHANNELS;
export type RequestOf<Name extends ChannelName> = z.output<(typeof CHANNELS)[Name]['request']>;
export type ResponseOf<Name extends ChannelName> = z.output<(typeof CHANNELS)[Name]['response']>;
export type Desk = z.output<typeof deskSchema>;
export type NetworkView = z.output<typeof networkViewSchema>;

/**
 * The one event channel. A message is a list of events as JSON: the window's sandbox copies one text many times faster
 * than the thousands of small objects in it. Each event is whole, and is sent after the commit that it tells of.
 */
export const DESK_EVENT = 'desk.event';

export const deskEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('VAULT_CHANGED'), view: vaultViewSchema }).readonly(),
  z.object({ type: z.literal('NETWORK_CHANGED'), status: networkStatusSchema }).readonly(),
  z
    .object({
      type: z.literal('VAULT_SYNC_ERROR'),
      vaultId: vaultIdSchema,
      vaultName: z.string(),
      error: errorSchema,
      attempts: z.number().int(),
      atMs: unixMsSchema,
    })
    .readonly(),
  z
    .object({
      type: z.literal('VAULT_SYNC_RECOVERED'),
      vaultId: vaultIdSchema,
      vaultName: z.string(),
      failingSinceMs: unixMsSchema,
      atMs: unixMsSchema,
    })
    .readonly(),
  z.object({ type: z.literal('OPERATION_CHANGED'), view: operationViewSchema }).readonly(),
  /** Of the changes only `raised` and `worse` ring. */
  z
    .object({
      type: z.literal('ALERT_CHANGED'),
      view: alertViewSchema,
      change: alertChangeSchema,
    })
    .readonly(),
  z.object({ type: z.literal('EXCHANGE_CHANGED'), view: exchangeViewSchema }).readonly(),
  z.object({ type: z.literal('HALT_ALL_CHANGED'), haltAll: haltAllSchema.nullable() }).readonly(),
  z.object({ type: z.literal('ACTIVITY_RECORDED'), entry: activityEntrySchema }).readonly(),
  z.object({ type: z.literal('EXPORT_CHANGED'), progress: exportProgressSchema }).readonly(),
  /** The trader chose the inbox outside the window. */
  z.object({ type: z.literal('OPEN_INBOX') }).readonly(),
  z.object({ type: z.literal('SIGNER_CHANGED'), state: signerStateSchema }).readonly(),
  z.object({ type: z.literal('SETTINGS_CHANGED'), settings: visibleSettingsSchema }).readonly(),
  /** The trader chose a vault outside the window: in the tray, in a notification or by a link. */
  z.object({ type: z.literal('OPEN_VAULT'), vaultId: vaultIdSchema }).readonly(),
  /** The trader followed a link to an operation. */
  z.object({ type: z.literal('OPEN_OPERATION'), operationId: operationIdSchema }).readonly(),
  /** A link from outside named nothing that Keel opens: why, in words. */
  z.object({ type: z.literal('LINK_REFUSED'), reason: z.string() }).readonly(),
  z
    .object({
      type: z.literal('ENGINE_STATUS'),
      running: z.boolean(),
      error: errorSchema.nullable(),
    })
    .readonly(),
]);

export type DeskEvent = z.output<typeof deskEventSchema>;

/** How every answer crosses: an error is a value with a code, never a thrown exception. */
export const answerSchema = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), error: errorSchema }),
]);
