/** Channels of the vaults: adding and arranging them, paper money, syncing, history. Part of the contract in `contract.ts`. */
import { z } from 'zod';
import {
  engineName,
  nothing,
  ofVault,
  vaultName,
  subAccountId,
  type Channel,
} from './channel-parts.ts';
import {
  addressSchema,
  integerSchema,
  networkIdSchema,
  operationIdSchema,
  quoteSchema,
  slotSchema,
  syncRunIdSchema,
  syncRunSchema,
  unixMsSchema,
  vaultIdSchema,
} from './wire.ts';

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

export const VAULT_CHANNELS = {
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
} as const satisfies Record<string, Channel>;
