/** Schemas of capital operations as they cross a process boundary. */
import { z } from 'zod';
import { SPOT_MARKET_STATUSES, type CapitalFacts } from '#domain/capital-facts.ts';
import type { CapitalIntent } from '#domain/capital-intent.ts';
import { OPERATION_STATES, type OperationView } from '#domain/capital-operation.ts';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import { EXCHANGE_OPERATIONS } from '#domain/exchange-status.ts';
import {
  addressSchema,
  engineVaultSchema,
  errorSchema,
  integerSchema,
  lamportsSchema,
  networkIdSchema,
  operationIdSchema,
  priceSchema,
  quoteSchema,
  slotSchema,
  snapshotSchema,
  tokenAmountSchema,
  unixMsSchema,
  vaultIdSchema,
  type Same,
} from './wire.ts';

export const capitalSettingsSchema = z
  .object({
    confirmFrom: quoteSchema,
    typeAmountFrom: quoteSchema,
    dailyCap: quoteSchema.nullable(),
    minHealthAfterWithdrawal: z.number().int().min(0).max(100),
    solReserve: lamportsSchema,
    maxPriorityFee: lamportsSchema,
    autoLockMs: z.number().int().min(60_000).max(86_400_000),
    backupsKept: z.number().int().min(1).max(100),
  })
  .readonly();

const tokenRefSchema = z
  .object({
    symbol: z.string().min(1).max(32),
    marketIndex: z.number().int().min(0).max(65_535),
    mint: addressSchema,
    decimals: z.number().int().min(0).max(18),
  })
  .readonly();

const move = { vaultId: vaultIdSchema, token: tokenRefSchema, amount: tokenAmountSchema };
const onChainVaultSchema = engineVaultSchema.options[1];

export const capitalIntentSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('deposit'), ...move }).readonly(),
  z.object({ kind: z.literal('withdraw'), ...move }).readonly(),
  z.object({ kind: z.literal('transfer'), ...move, toVaultId: vaultIdSchema }).readonly(),
  z
    .object({
      kind: z.literal('create-sub-account'),
      vault: onChainVaultSchema,
      accountName: z.string(),
    })
    .readonly(),
]);

export const capitalFactsSchema = z
  .object({
    slot: slotSchema,
    observedAtMs: unixMsSchema,
    signerRole: z.enum(['owner', 'delegate', 'none']),
    signerKey: addressSchema.nullable(),
    walletLamports: lamportsSchema.nullable(),
    exchangePaused: z.array(z.enum(EXCHANGE_OPERATIONS)).readonly(),
    accountFlags: z.array(z.enum(['beingLiquidated', 'bankrupt', 'reduceOnly'])).readonly(),
    accountExists: z.boolean(),
    nextSubAccountId: z.number().int().min(0).max(65_536),
    createCost: lamportsSchema,
    networkFee: lamportsSchema,
    tokens: z
      .array(
        z
          .object({
            token: tokenRefSchema,
            walletAmount: tokenAmountSchema,
            vaultAmount: tokenAmountSchema,
            oraclePrice: priceSchema.nullable(),
            status: z.enum(SPOT_MARKET_STATUSES),
            pausedOperations: z.array(z.enum(['deposit', 'withdraw'])).readonly(),
            depositRoom: tokenAmountSchema.nullable(),
            withdrawable: tokenAmountSchema,
            guardRoom: tokenAmountSchema,
            withdrawableAtHealth: tokenAmountSchema,
            tokenAccountRent: lamportsSchema,
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();

const operationSchema = z
  .object({
    id: operationIdSchema,
    network: networkIdSchema,
    vaultType: z.enum(['virtual', 'onChain']),
    intent: capitalIntentSchema,
    state: z.enum(OPERATION_STATES),
    signerKey: addressSchema.nullable(),
    value: quoteSchema.nullable(),
    expectation: z
      .object({
        slotBefore: slotSchema,
        changes: z
          .array(
            z
              .object({
                vaultId: vaultIdSchema,
                symbol: z.string(),
                marketIndex: z.number().int(),
                decimals: z.number().int(),
                change: tokenAmountSchema,
                scaledBefore: integerSchema,
              })
              .readonly(),
          )
          .readonly(),
        opensSubAccount: z.number().int().nullable(),
      })
      .readonly()
      .nullable(),
    simulation: z
      .object({
        slot: slotSchema,
        after: z
          .array(z.object({ vaultId: vaultIdSchema, snapshot: snapshotSchema }).readonly())
          .readonly(),
        walletLamportsChange: lamportsSchema.nullable(),
        walletTokenChange: tokenAmountSchema.nullable(),
        computeUnits: z.number().int().min(0),
      })
      .readonly()
      .nullable(),
    approval: z.enum(['below-threshold', 'confirmed', 'typed']).nullable(),
    transaction: z
      .object({
        message: z.string(),
        blockhash: z.string(),
        lastValidBlockHeight: integerSchema,
        builtAtSlot: slotSchema,
        genesisHash: z.string().nullable(),
        signature: z.string().nullable(),
        wire: z.string().nullable(),
      })
      .readonly()
      .nullable(),
    landedAtSlot: slotSchema.nullable(),
    error: errorSchema.nullable(),
    transitions: z
      .array(
        z
          .object({ state: z.enum(OPERATION_STATES), atMs: unixMsSchema, cause: z.string() })
          .readonly(),
      )
      .readonly(),
    createdAtMs: unixMsSchema,
    endedAtMs: unixMsSchema.nullable(),
  })
  .readonly();

export const operationViewSchema = z
  .object({
    operation: operationSchema,
    wait: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('unlock') }).readonly(),
        z.object({ kind: z.literal('confirmation') }).readonly(),
        z
          .object({
            kind: z.literal('node'),
            error: errorSchema,
            nextAttemptAtMs: unixMsSchema,
          })
          .readonly(),
        z.object({ kind: z.literal('sync') }).readonly(),
      ])
      .nullable(),
    finalizedBlockHeight: integerSchema.nullable(),
    revision: z.number().int(),
  })
  .readonly();

/** Nobody reads them: they are here to be checked. @public */
export const capitalSchemasMatchTheDomain: [
  Same<z.output<typeof operationViewSchema>, OperationView>,
  Same<z.output<typeof capitalFactsSchema>, CapitalFacts>,
  Same<z.output<typeof capitalIntentSchema>, CapitalIntent>,
  Same<z.output<typeof capitalSettingsSchema>, CapitalSettings>,
] = [true, true, true, true];
