/**
 * Schemas of what crosses a process boundary. Amounts are bigint inside and decimal strings on the wire:
 * `encode` before sending, `decode` after receiving.
 */
import { z } from 'zod';
import type { EngineVault } from '#domain/engine-vault.ts';
import { EXCHANGE_OPERATIONS } from '#domain/exchange-status.ts';
import type { Address, NetworkId, OperationId, SyncRunId, VaultId } from '#domain/ids.ts';
import { ERROR_CODES, REMEDIES } from '#domain/keel-error.ts';
import { SYNC_CAUSES } from '#domain/sync-run.ts';
import type {
  BaseAmount,
  Lamports,
  LeverageE4,
  Price,
  QuoteAmount,
  Slot,
  TokenAmount,
  UnixMs,
} from '#domain/units.ts';

function integerOnWire<Unit extends bigint>() {
  return z.codec(
    z.string().regex(/^-?\d{1,40}$/),
    z.custom<Unit>((value) => typeof value === 'bigint'),
    {
      decode: (text) => BigInt(text) as Unit,
      encode: (units) => units.toString(),
    },
  );
}

export const quoteSchema = integerOnWire<QuoteAmount>();
export const baseSchema = integerOnWire<BaseAmount>();
export const tokenAmountSchema = integerOnWire<TokenAmount>();
export const priceSchema = integerOnWire<Price>();
export const leverageSchema = integerOnWire<LeverageE4>();
export const lamportsSchema = integerOnWire<Lamports>();
export const slotSchema = integerOnWire<Slot>();
export const integerSchema = integerOnWire<bigint>();

const branded = <Name extends string>(schema: z.ZodString) =>
  z.custom<Name>((value) => schema.safeParse(value).success);

export const unixMsSchema = z.custom<UnixMs>(
  (value) => typeof value === 'number' && Number.isFinite(value),
);
export const vaultIdSchema = branded<VaultId>(z.string().regex(/^[0-9a-f-]{36}$/));
export const operationIdSchema = branded<OperationId>(z.string().regex(/^[0-9a-f-]{36}$/));
export const syncRunIdSchema = branded<SyncRunId>(z.string().min(1).max(64));
export const networkIdSchema = branded<NetworkId>(z.string().regex(/^[a-z0-9-]{1,32}$/));
export const addressSchema = branded<Address>(z.string().regex(/^[1-9A-HJ-NP-Za-km-z]{32,44}$/));

export const errorSchema = z
  .object({
    code: z.enum(ERROR_CODES),
    message: z.string(),
    remedy: z.enum(REMEDIES),
    advice: z.string(),
    details: z.record(z.string(), z.string()).exactOptional(),
  })
  .readonly();

const vaultBase = {
  id: vaultIdSchema,
  engine: z.string(),
  name: z.string(),
  network: networkIdSchema,
  active: z.boolean(),
  createdAtMs: unixMsSchema,
  archivedAtMs: unixMsSchema.nullable(),
  sortIndex: z.number().int(),
};

export const engineVaultSchema = z.discriminatedUnion('vaultType', [
  z.object({ ...vaultBase, vaultType: z.literal('virtual'), allocation: quoteSchema }).readonly(),
  z
    .object({
      ...vaultBase,
      vaultType: z.literal('onChain'),
      program: addressSchema,
      authority: addressSchema,
      subAccountId: z.number().int().min(0).max(65_535),
    })
    .readonly(),
]);

const perpPositionSchema = z
  .object({
    market: z.string(),
    marketIndex: z.number().int(),
    baseSize: baseSchema,
    quoteAssetAmount: quoteSchema,
    quoteEntryAmount: quoteSchema,
    quoteBreakEvenAmount: quoteSchema,
    openOrders: z.number().int(),
    entryPrice: priceSchema,
    markPrice: priceSchema,
    oraclePrice: priceSchema,
    notional: quoteSchema,
    unrealizedPnl: quoteSchema,
    unsettledPnl: quoteSchema,
    unrealizedFunding: quoteSchema,
    liquidationPrice: priceSchema.nullable(),
  })
  .readonly();

const spotPositionSchema = z
  .object({
    token: z.string(),
    marketIndex: z.number().int(),
    decimals: z.number().int(),
    scaledBalance: integerSchema,
    amount: tokenAmountSchema,
    oraclePrice: priceSchema,
    value: quoteSchema,
    withdrawable: tokenAmountSchema,
  })
  .readonly();

export const snapshotSchema = z
  .object({
    slot: slotSchema,
    observedAtMs: unixMsSchema,
    figures: z
      .object({
        totalCollateral: quoteSchema,
        freeCollateral: quoteSchema,
        initialMargin: quoteSchema,
        maintenanceMargin: quoteSchema,
        health: z.number().int().min(0).max(100),
        healthBps: z.number().int().min(0).max(10_000),
        leverage: leverageSchema,
        unrealizedPnl: quoteSchema,
        unsettledPnl: quoteSchema,
        unsettledFunding: quoteSchema,
        cumulativeFunding: quoteSchema,
      })
      .readonly(),
    perpPositions: z.array(perpPositionSchema).readonly(),
    spotPositions: z.array(spotPositionSchema).readonly(),
    exchangeStatus: z
      .object({
        bits: z.number().int().min(0).max(255),
        paused: z.array(z.enum(EXCHANGE_OPERATIONS)).readonly(),
      })
      .readonly(),
    accountFlags: z.array(z.enum(['beingLiquidated', 'bankrupt', 'reduceOnly'])).readonly(),
    delegate: z.string().nullable(),
  })
  .readonly();

const balancesSchema = z
  .object({ USDC: quoteSchema, DRIFT_POS: quoteSchema, SOL: quoteSchema })
  .readonly();

const causeSchema = z.enum(SYNC_CAUSES);

export const syncStateSchema = z
  .object({
    observation: z
      .object({ snapshot: snapshotSchema, balances: balancesSchema })
      .readonly()
      .nullable(),
    verification: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('unverified') }).readonly(),
      z.object({ kind: z.literal('verified'), slot: slotSchema, atMs: unixMsSchema }).readonly(),
      z
        .object({ kind: z.literal('discrepant'), error: errorSchema, atMs: unixMsSchema })
        .readonly(),
    ]),
    failure: z
      .object({
        error: errorSchema,
        attempts: z.number().int(),
        cause: causeSchema,
        atMs: unixMsSchema,
      })
      .readonly()
      .nullable(),
    halt: z
      .object({ error: errorSchema, attempts: z.number().int(), sinceMs: unixMsSchema })
      .readonly()
      .nullable(),
  })
  .readonly();

const phaseSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('idle') }).readonly(),
  z
    .object({ kind: z.literal('reading'), cause: causeSchema, attempt: z.number().int() })
    .readonly(),
  z
    .object({
      kind: z.literal('waiting'),
      cause: causeSchema,
      failedAttempt: z.number().int(),
      delayMs: z.number(),
      nextAttemptAtMs: unixMsSchema,
      error: errorSchema,
    })
    .readonly(),
  z.object({ kind: z.literal('reconnecting'), nextAttemptAtMs: unixMsSchema }).readonly(),
]);

export const vaultViewSchema = z
  .object({
    vault: engineVaultSchema,
    state: syncStateSchema,
    phase: phaseSchema,
    synced: z.boolean(),
    revision: z.number().int(),
  })
  .readonly();

const endpointHealthSchema = z
  .object({
    label: z.string(),
    index: z.number().int(),
    inUse: z.boolean(),
    condition: z.enum(['unknown', 'ok', 'behind', 'slow', 'limited', 'down', 'wrong-cluster']),
    reason: z.string().nullable(),
    slot: integerSchema.nullable(),
    slotLag: z.number().int().min(0).nullable(),
    latencyP50Ms: z.number().nullable(),
    latencyP95Ms: z.number().nullable(),
    latencyP99Ms: z.number().nullable(),
    calls: z.number().int(),
    errors: z.number().int(),
    rateLimited: z.number().int(),
    budgetPerSecond: z.number(),
    pausedUntilMs: z.number().nullable(),
    askedAtMs: z.number().nullable(),
  })
  .readonly();

export const networkStatusSchema = z
  .object({
    network: networkIdSchema,
    endpointLabel: z.string(),
    endpointIndex: z.number().int(),
    endpointCount: z.number().int(),
    socket: z.enum(['connecting', 'live', 'silent', 'down']),
    connection: z.enum(['connecting', 'connected', 'reconnecting', 'wrong-cluster']),
    slot: integerSchema.nullable(),
    latencyMs: z.number().nullable(),
    nextAttemptAtMs: z.number().nullable(),
    endpoints: z.array(endpointHealthSchema).readonly(),
  })
  .readonly();

export const syncRunSchema = z
  .object({
    id: syncRunIdSchema,
    vaultId: vaultIdSchema,
    cause: causeSchema,
    startedAtMs: unixMsSchema,
    endedAtMs: unixMsSchema,
    outcome: z.enum(['verified', 'failed', 'discrepant']),
    attempts: z
      .array(
        z
          .object({
            number: z.number().int(),
            startedAtMs: unixMsSchema,
            durationMs: z.number(),
            outcome: z.enum(['verified', 'moved-on', 'failed']),
            error: errorSchema.nullable(),
            nextDelayMs: z.number().nullable(),
            slot: slotSchema.nullable(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();

export const syncSettingsSchema = z
  .object({
    heartbeatMs: z.number().int().min(1_000).max(60_000),
    maxRetries: z.number().int().min(0).max(10),
    firstRetryDelayMs: z.number().int().min(100).max(60_000),
    reconnectEveryMs: z.number().int().min(1_000).max(300_000),
    staleAfterMs: z.number().int().min(2_000).max(600_000),
    rpcTimeoutMs: z.number().int().min(500).max(60_000),
  })
  .readonly();

/** `true` where both types say the same: the compiler proves by it that a schema matches the domain. */
export type Same<Left, Right> = [Left] extends [Right]
  ? [Right] extends [Left]
    ? true
    : never
  : never;
/** Nobody reads it: it is here to be checked. @public */
export const schemasMatchTheDomain: Same<z.output<typeof engineVaultSchema>, EngineVault> = true;
