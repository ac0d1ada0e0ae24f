import { z } from 'zod';
import type { PracticeFaults } from '#domain/practice.ts';
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

export const practiceStatusSchema = z
  .object({
    rpcUrl: z.string(),
    authority: addressSchema,
    slot: integerSchema,
    faults: PRACTICE_FAULTS_SCHEMA,
  })
  .readonly();
