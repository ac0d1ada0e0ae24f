/**
 * The contract between the window and the main side: one declaration per channel. The preload bridge, the
 * registrar and the renderer's client all derive from it; nothing is listed a second time.
 */
import { z } from 'zod';
import { CAPITAL_CHANNELS } from './capital-channels.ts';
import { capitalSettingsSchema, operationViewSchema } from './capital-wire.ts';
import { engineName, nothing, ofVault, vaultName, type Channel } from './channel-parts.ts';
import {
  practiceExchangeSchema,
  practiceHealthSchema,
  practiceMarketSchema,
  practiceSetFaultsSchema,
  practiceStatusSchema,
  practiceTradeSchema,
} from './practice-wire.ts';
import { signerStateSchema } from './signer-wire.ts';
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
  addressSchema,
  errorSchema,
  integerSchema,
  networkIdSchema,
  networkStatusSchema,
  operationIdSchema,
  quoteSchema,
  slotSchema,
  syncRunIdSchema,
  syncRunSchema,
  syncSettingsSchema,
  unixMsSchema,
  vaultIdSchema,
  vaultViewSchema,
} from './wire.ts';

const subAccountId = z.number().int().min(0).max(65_535);

export const themeSchema = z.enum(['system', 'light', 'dark']);

export const visibleSettingsSchema = z
  .object({
    theme: themeSchema,
    notifications: z.boolean(),
    sync: syncSettingsSchema,
    capital: capitalSettingsSchema,
    watch: watchSettingsSchema,
    shell: shellSettingsSchema,
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

const paperChangeSchema = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('credit'), amount: quoteSchema })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('debit'), amount: quoteSchema })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('reset') })
    .strict()
    .readonly(),
  z
    .object({ kind: z.literal('seed'), from: vaultIdSchema })
    .strict()
    .readonly(),
]);

const historyPointSchema = z
  .object({
    fromMs: unixMsSchema,
    untilMs: unixMsSchema,
    slot: slotSchema,
    totalCollateral: integerSchema,
    usdc: integerSchema,
    driftPos: integerSchema,
    freeCollateral: integerSchema,
    unrealizedPnl: integerSchema,
    health: z.number(),
    holdingsChanged: z.boolean(),
  })
  .readonly();

const paperEntrySchema = z
  .object({
    kind: z.enum(['allocate', 'credit', 'debit', 'reset', 'seed']),
    change: quoteSchema,
    cashAfter: quoteSchema,
    revision: z.number().int(),
    atMs: unixMsSchema,
    note: z.string(),
    operationId: operationIdSchema.exactOptional(),
  })
  .readonly();

export const CHANNELS = {
  'desk.load': { request: nothing, response: deskSchema, answeredBy: 'main' },
  'vault.createVirtual': {
    request: z
      .object({
        name: vaultName,
        engine: engineName,
        network: networkIdSchema,
        allocation: quoteSchema,
      })
      .strict()
      .readonly(),
    response: ofVault,
    answeredBy: 'engine',
  },
  'vault.addOnChain': {
    request: z
      .object({
        name: vaultName,
        engine: engineName,
        network: networkIdSchema,
        authority: addressSchema,
        subAccountId,
      })
      .strict()
      .readonly(),
    response: ofVault,
    answeredBy: 'engine',
  },
  'vault.scanAuthority': {
    request: z.object({ network: networkIdSchema, authority: addressSchema }).strict().readonly(),
    response: z
      .object({
        subAccounts: z
          .array(
            z
              .object({
                subAccountId,
                name: z.string(),
                totalCollateral: quoteSchema.nullable(),
                alreadyAdded: z.boolean(),
              })
              .readonly(),
          )
          .readonly(),
      })
      .readonly(),
    answeredBy: 'engine',
  },
  'vault.rename': {
    request: z.object({ vaultId: vaultIdSchema, name: vaultName }).strict().readonly(),
    response: nothing,
    answeredBy: 'engine',
  },
  'vault.setArchived': {
    request: z.object({ vaultId: vaultIdSchema, archived: z.boolean() }).strict().readonly(),
    response: nothing,
    answeredBy: 'engine',
  },
  'vault.reorder': {
    request: z
      .object({ order: z.array(vaultIdSchema).max(2_000).readonly() })
      .strict()
      .readonly(),
    response: nothing,
    answeredBy: 'engine',
  },
  'vault.activate': { request: ofVault, response: nothing, answeredBy: 'engine' },
  'vault.changePaper': {
    request: z.object({ vaultId: vaultIdSchema, change: paperChangeSchema }).strict().readonly(),
    response: nothing,
    answeredBy: 'engine',
  },
  'vault.loadPaperEntries': {
    request: z
      .object({ vaultId: vaultIdSchema, limit: z.number().int().min(1).max(500) })
      .strict()
      .readonly(),
    response: z.object({ entries: z.array(paperEntrySchema).readonly() }).readonly(),
    answeredBy: 'engine',
  },
  'vault.syncNow': {
    /** Null: all vaults. Answers when the runs have ended; progress comes as events. */
    request: z.object({ vaultId: vaultIdSchema.nullable() }).strict().readonly(),
    response: z.object({ verified: z.number().int(), failed: z.number().int() }).readonly(),
    answeredBy: 'engine',
  },
  'vault.enableTrading': { request: ofVault, response: nothing, answeredBy: 'engine' },
  'vault.haltTrading': { request: ofVault, response: nothing, answeredBy: 'engine' },
  'vault.loadSyncRuns': {
    request: z
      .object({
        vaultId: vaultIdSchema,
        limit: z.number().int().min(1).max(500),
        before: syncRunIdSchema.nullable(),
      })
      .strict()
      .readonly(),
    response: z.object({ runs: z.array(syncRunSchema).readonly() }).readonly(),
    answeredBy: 'engine',
  },
  'vault.loadHistory': {
    request: z
      .object({ vaultId: vaultIdSchema, fromMs: unixMsSchema, toMs: unixMsSchema })
      .strict()
      .readonly(),
    response: z.object({ points: z.array(historyPointSchema).readonly() }).readonly(),
    answeredBy: 'engine',
  },
  ...CAPITAL_CHANNELS,
  ...WATCH_CHANNELS,
  'settings.update': {
    request: visibleSettingsSchema,
    response: visibleSettingsSchema,
    answeredBy: 'main',
  },
  'practice.load': { request: nothing, response: practiceStatusSchema, answeredBy: 'main' },
  'practice.setFaults': { request: practiceSetFaultsSchema, response: nothing, answeredBy: 'main' },
  'practice.setExchangeStatus': {
    request: practiceExchangeSchema,
    response: nothing,
    answeredBy: 'main',
  },
  'practice.setMarket': { request: practiceMarketSchema, response: nothing, answeredBy: 'main' },
  /** Answers with the price at which the sub-account has the health, 10^-6 quote. */
  'practice.setHealth': {
    request: practiceHealthSchema,
    response: z.object({ price: integerSchema }).readonly(),
    answeredBy: 'main',
  },
  /** An order by another client, as the deposit below. */
  'practice.tradeAsOther': {
    request: practiceTradeSchema,
    response: z.object({ signature: z.string() }).readonly(),
    answeredBy: 'main',
  },
  /** A deposit by another client: signed by the practice trader's own key, outside Keel. */
  'practice.depositAsOther': {
    request: z
      .object({ subAccountId, token: z.enum(['USDC', 'SOL']), amount: integerSchema })
      .strict()
      .readonly(),
    response: z.object({ signature: z.string() }).readonly(),
    answeredBy: 'main',
  },
} as const satisfies Record<string, Channel>;

export type ChannelName = keyof typeof CHANNELS;
export type RequestOf<Name extends ChannelName> = z.output<(typeof CHANNELS)[Name]['request']>;
export type ResponseOf<Name extends ChannelName> = z.output<(typeof CHANNELS)[Name]['response']>;
export type Desk = z.output<typeof deskSchema>;
export type NetworkView = z.output<typeof networkViewSchema>;

/** The one event channel: every event is whole, and is sent after the commit that it tells of. */
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
  /** The trader chose the inbox outside the window. */
  z.object({ type: z.literal('OPEN_INBOX') }).readonly(),
  z.object({ type: z.literal('SIGNER_CHANGED'), state: signerStateSchema }).readonly(),
  z.object({ type: z.literal('SETTINGS_CHANGED'), settings: visibleSettingsSchema }).readonly(),
  /** The trader chose a vault outside the window: in the tray or in a notification. */
  z.object({ type: z.literal('OPEN_VAULT'), vaultId: vaultIdSchema }).readonly(),
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
