import { z } from 'zod';
import { MARKET_OPERATIONS, MARKET_STATUSES, type MarketStatus } from '#domain/exchange-state.ts';
import {
  PRACTICE_NODES,
  PRACTICE_ORACLES,
  type PracticeFaults,
  type PracticeHealth,
  type PracticeMarketChange,
  type PracticeTrade,
} from '#domain/practice.ts';
import { subAccountId } from './channel-parts.ts';
import { addressSchema, integerSchema } from './wire.ts';

const rate = z.number().min(0).max(1).exactOptional();
const flag = z.boolean().exactOptional();

export const PRACTICE_FAULTS_SCHEMA = z
  .object({
    latencyMs: z.number().int().min(0).max(60_000).exactOptional(),
    rateLimitRate: rate,
    serverErrorRate: rate,
    timeoutRate: rate,
    refuseConnections: flag,
    truncateRate: rate,
    malformedRate: rate,
    wrongGenesis: flag,
    lagSlots: z.number().int().min(0).max(10_000).exactOptional(),
    freezeSlots: flag,
    silentSockets: flag,
    closeSockets: flag,
    dropSendRate: rate,
    loseReplyRate: rate,
    lateLandingSlots: z.number().int().min(0).max(1_000).exactOptional(),
    failOnChainRate: rate,
    failNext: z
      .object({
        count: z.number().int().min(1).max(10_000),
        kind: z.enum(['timeout', 'rate-limit', 'server-error', 'reset', 'truncate', 'malformed']),
      })
      .strict()
      .readonly()
      .exactOptional(),
  })
  .strict()
  .readonly() satisfies z.ZodType<PracticeFaults>;

/** Replaces all faults of the node [both]; none: everything is mended. */
export const practiceSetFaultsSchema = PRACTICE_FAULTS_SCHEMA.unwrap()
  .extend({ node: z.enum(PRACTICE_NODES).exactOptional() })
  .readonly();

export const practiceFaultsByNodeSchema = z
  .object({ a: PRACTICE_FAULTS_SCHEMA, b: PRACTICE_FAULTS_SCHEMA })
  .readonly();

const KNOWN_STATUSES = MARKET_STATUSES.filter(
  (status): status is Exclude<MarketStatus, 'unknown'> => status !== 'unknown',
);
/** None below zero, and none that does not fit the account's field. */
const units = integerSchema.refine((value) => value >= 0n && value < 2n ** 63n);
const marketIndex = z.number().int().min(0).max(65_535);

export const practiceMarketSchema = z
  .object({
    kind: z.enum(['spot', 'perp']),
    marketIndex,
    status: z.enum(KNOWN_STATUSES).exactOptional(),
    pausedOperations: z.array(z.enum(MARKET_OPERATIONS)).readonly().exactOptional(),
    price: units.optional(),
    oracle: z.enum(PRACTICE_ORACLES).exactOptional(),
    confidenceBps: z.number().int().min(0).max(65_535).exactOptional(),
    depositCap: units.optional(),
    withdrawGuard: z.enum(['usual', 'shut']).exactOptional(),
  })
  .strict()
  .readonly() satisfies z.ZodType<PracticeMarketChange>;

export const practiceExchangeSchema = z
  .object({ bits: z.number().int().min(0).max(255) })
  .strict()
  .readonly();

export const practiceHealthSchema = z
  .object({ subAccountId, marketIndex, healthBps: z.number().int().min(0).max(10_000) })
  .strict()
  .readonly() satisfies z.ZodType<PracticeHealth>;

export const practiceTradeSchema = z
  .object({ subAccountId, marketIndex, side: z.enum(['long', 'short']), base: units })
  .strict()
  .readonly() satisfies z.ZodType<PracticeTrade>;

export const practiceStatusSchema = z
  .object({
    rpcUrl: z.string(),
    authority: addressSchema,
    slot: integerSchema,
    faults: practiceFaultsByNodeSchema,
  })
  .readonly();
