/**
 * The stored form of a snapshot: JSON with decimal strings, so that integers of any size survive. It is the
 * store's own, apart from the wire's: changing it takes a migration.
 */
import { z } from 'zod';
import { EXCHANGE_OPERATIONS } from '#domain/exchange-status.ts';
import type {
  BaseAmount,
  LeverageE4,
  Price,
  QuoteAmount,
  Slot,
  TokenAmount,
  UnixMs,
} from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import { integerText } from './rows.ts';

const quote = integerText<QuoteAmount>();
const price = integerText<Price>();
const whole = z.number().int();

const perpPosition = z
  .object({
    market: z.string(),
    marketIndex: whole,
    baseSize: integerText<BaseAmount>(),
    quoteAssetAmount: quote,
    quoteEntryAmount: quote,
    quoteBreakEvenAmount: quote,
    openOrders: whole,
    entryPrice: price,
    markPrice: price,
    oraclePrice: price,
    notional: quote,
    unrealizedPnl: quote,
    unsettledPnl: quote,
    unrealizedFunding: quote,
    liquidationPrice: price.nullable(),
  })
  .strict()
  .readonly();

const spotPosition = z
  .object({
    token: z.string(),
    marketIndex: whole,
    decimals: whole,
    scaledBalance: integerText<bigint>(),
    amount: integerText<TokenAmount>(),
    oraclePrice: price,
    value: quote,
    withdrawable: integerText<TokenAmount>(),
  })
  .strict()
  .readonly();

const figures = z
  .object({
    totalCollateral: quote,
    freeCollateral: quote,
    initialMargin: quote,
    maintenanceMargin: quote,
    health: whole.min(0).max(100),
    healthBps: whole.min(0).max(10_000),
    leverage: integerText<LeverageE4>(),
    unrealizedPnl: quote,
    unsettledPnl: quote,
    unsettledFunding: quote,
    cumulativeFunding: quote,
  })
  .strict()
  .readonly();

/** Typed by the domain: the compiler proves that a stored snapshot has every field of a snapshot. */
export const storedSnapshotSchema: z.ZodType<VaultSnapshot> = z
  .object({
    slot: integerText<Slot>(),
    observedAtMs: whole.transform((value) => value as UnixMs),
    figures,
    perpPositions: z.array(perpPosition).readonly(),
    spotPositions: z.array(spotPosition).readonly(),
    exchangeStatus: z
      .object({
        bits: whole.min(0).max(255),
        paused: z.array(z.enum(EXCHANGE_OPERATIONS)).readonly(),
      })
      .strict()
      .readonly(),
    accountFlags: z.array(z.enum(['beingLiquidated', 'bankrupt', 'reduceOnly'])).readonly(),
    delegate: z.string().nullable(),
  })
  .strict()
  .readonly();
