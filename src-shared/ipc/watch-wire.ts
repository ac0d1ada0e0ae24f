/** Schemas of the watch: alerts, the venue's state, halts, endpoints, and the settings of both. */
import { z } from 'zod';
import {
  ALERT_KINDS,
  ALERT_SEVERITIES,
  type AlertChange,
  type AlertId,
  type AlertView,
} from '#domain/alert.ts';
import { MARKET_OPERATIONS, MARKET_STATUSES, type ExchangeView } from '#domain/exchange-state.ts';
import { EXCHANGE_OPERATIONS } from '#domain/exchange-status.ts';
import { HALT_SOURCES, type HaltAll } from '#domain/halt-all.ts';
import { LOG_LEVELS, type ShellSettings } from '#domain/shell-settings.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import {
  networkIdSchema,
  operationIdSchema,
  priceSchema,
  slotSchema,
  tokenAmountSchema,
  unixMsSchema,
  vaultIdSchema,
  type Same,
} from './wire.ts';

export const alertIdSchema = z.custom<AlertId>(
  (value) => typeof value === 'string' && /^[0-9a-f-]{36}$/.test(value),
);

const alertSchema = z
  .object({
    id: alertIdSchema,
    key: z.string().min(1).max(200),
    kind: z.enum(ALERT_KINDS),
    severity: z.enum(ALERT_SEVERITIES),
    title: z.string(),
    text: z.string(),
    advice: z.string(),
    vaultId: vaultIdSchema.nullable(),
    network: networkIdSchema.nullable(),
    operationId: operationIdSchema.nullable(),
    raisedAtMs: unixMsSchema,
    changedAtMs: unixMsSchema,
    clearedAtMs: unixMsSchema.nullable(),
    acknowledgedAtMs: unixMsSchema.nullable(),
  })
  .readonly();

export const alertViewSchema = z
  .object({ alert: alertSchema, revision: z.number().int() })
  .readonly();

export const alertChangeSchema = z.enum([
  'raised',
  'worse',
  'milder',
  'reworded',
  'acknowledged',
  'cleared',
]);

const marketBase = {
  marketIndex: z.number().int(),
  name: z.string(),
  status: z.enum(MARKET_STATUSES),
  pausedOperations: z.array(z.enum(MARKET_OPERATIONS)).readonly(),
  oracle: z
    .object({
      price: priceSchema,
      ageSlots: z.number().int().min(0),
      confidenceBps: z.number().int().min(0).nullable(),
      validity: z.enum(['valid', 'old', 'uncertain', 'volatile', 'invalid']),
    })
    .readonly(),
};

const marketSchema = z.discriminatedUnion('kind', [
  z
    .object({
      kind: z.literal('spot'),
      ...marketBase,
      decimals: z.number().int(),
      depositRoom: tokenAmountSchema.nullable(),
      guardRoom: tokenAmountSchema,
    })
    .readonly(),
  z.object({ kind: z.literal('perp'), ...marketBase }).readonly(),
]);

export const exchangeViewSchema = z
  .object({
    network: networkIdSchema,
    observation: z
      .object({
        slot: slotSchema,
        observedAtMs: unixMsSchema,
        status: z
          .object({
            bits: z.number().int().min(0).max(255),
            paused: z.array(z.enum(EXCHANGE_OPERATIONS)).readonly(),
          })
          .readonly(),
        markets: z.array(marketSchema).readonly(),
      })
      .readonly()
      .nullable(),
    pausedSinceMs: z.partialRecord(z.enum(EXCHANGE_OPERATIONS), unixMsSchema).readonly(),
    revision: z.number().int(),
  })
  .readonly();

export const haltSourceSchema = z.enum(HALT_SOURCES);
export const haltAllSchema = z
  .object({ sinceMs: unixMsSchema, source: haltSourceSchema })
  .readonly();

const bps = z.number().int().min(0).max(10_000);

export const watchSettingsSchema = z
  .object({
    warningHealthBps: bps,
    criticalHealthBps: bps,
    hysteresisBps: bps.max(2_000),
    marginUnknownAfterMs: z.number().int().min(5_000).max(3_600_000),
    maxLatencyMs: z.number().int().min(50).max(60_000),
    maxSlotLag: z.number().int().min(1).max(10_000),
    maxOracleAgeSlots: z.number().int().min(1).max(100_000),
    requestsPerSecond: z.number().int().min(1).max(1_000),
  })
  .readonly();

const minuteOfDay = z.number().int().min(0).max(1_439);

export const shellSettingsSchema = z
  .object({
    closeToTray: z.boolean(),
    startAtLogin: z.boolean(),
    quietHours: z
      .object({ enabled: z.boolean(), fromMinute: minuteOfDay, toMinute: minuteOfDay })
      .readonly(),
    logLevel: z.enum(LOG_LEVELS),
  })
  .readonly();

/** Nobody reads them: they are here to be checked. @public */
export const watchSchemasMatchTheDomain: [
  Same<z.output<typeof alertViewSchema>, AlertView>,
  Same<z.output<typeof alertChangeSchema>, AlertChange>,
  Same<z.output<typeof exchangeViewSchema>, ExchangeView>,
  Same<z.output<typeof haltAllSchema>, HaltAll>,
  Same<z.output<typeof watchSettingsSchema>, WatchSettings>,
  Same<z.output<typeof shellSettingsSchema>, ShellSettings>,
] = [true, true, true, true, true, true];
