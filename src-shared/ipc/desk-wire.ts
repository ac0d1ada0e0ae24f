/** Schemas of the desk: charts, lists, the activity feed, notes, exports, endpoints, and how it looks. */
import { z } from 'zod';
import {
  ACTIVITY_ACTORS,
  ACTIVITY_KINDS,
  ACTIVITY_TONES,
  type ActivityEntry,
  type ActivityId,
  type ActivityPage,
  type ActivityQuery,
  type NewActivity,
} from '#domain/activity.ts';
import { OPERATION_STATES } from '#domain/capital-operation.ts';
import {
  EXPORT_FORMATS,
  EXPORT_SUBJECTS,
  type ExportId,
  type ExportProgress,
  type ExportRequest,
} from '#domain/data-export.ts';
import { DENSITIES, TOUR_STATES, type DeskSettings } from '#domain/desk-settings.ts';
import {
  ENDPOINT_TEST_STEPS,
  type EndpointEdit,
  type EndpointTest,
  type EndpointView,
} from '#domain/endpoint-view.ts';
import type { Licence } from '#domain/licence.ts';
import {
  OPERATION_KINDS,
  OPERATION_OUTCOMES,
  OPERATION_SORTS,
  type OperationPage,
  type OperationQuery,
} from '#domain/operation-query.ts';
import type { SettingsImportPreview } from '#domain/settings-import.ts';
import { LONGEST_NOTE, type NoteId, type VaultNote } from '#domain/vault-note.ts';
import type { TotalsChart, ValueChart } from '#domain/value-chart.ts';
import { alertIdSchema } from './watch-wire.ts';
import {
  errorSchema,
  networkIdSchema,
  operationIdSchema,
  quoteSchema,
  tokenAmountSchema,
  unixMsSchema,
  vaultIdSchema,
  type Same,
} from './wire.ts';

const uuid = /^[0-9a-f-]{36}$/;
export const noteIdSchema = z.custom<NoteId>(
  (value) => z.string().regex(uuid).safeParse(value).success,
);
export const exportIdSchema = z.custom<ExportId>(
  (value) => z.string().regex(uuid).safeParse(value).success,
);
const activityIdSchema = z.custom<ActivityId>(
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
);

const chartPointSchema = z
  .object({
    fromMs: unixMsSchema,
    untilMs: unixMsSchema,
    equity: quoteSchema,
    lowestEquity: quoteSchema,
    highestEquity: quoteSchema,
    freeCollateral: quoteSchema,
    deployed: quoteSchema,
    unrealizedPnl: quoteSchema,
    healthBps: z.number().int(),
    lowestHealthBps: z.number().int(),
    cumulativeFunding: quoteSchema.nullable(),
    unsettledFunding: quoteSchema.nullable(),
    holdingsChanged: z.boolean(),
    afterGap: z.boolean(),
  })
  .readonly();

const chartSpan = {
  fromMs: unixMsSchema,
  toMs: unixMsSchema,
  stepMs: z.number().int().min(1),
};

export const valueChartSchema = z
  .object({
    vaultId: vaultIdSchema,
    ...chartSpan,
    points: z.array(chartPointSchema).readonly(),
    firstMs: unixMsSchema.nullable(),
  })
  .readonly();

export const totalsChartSchema = z
  .object({
    ...chartSpan,
    lines: z
      .array(
        z
          .object({
            money: z.enum(['paper', 'practice', 'live']),
            network: networkIdSchema,
            points: z
              .array(
                z
                  .object({
                    atMs: unixMsSchema,
                    equity: quoteSchema.nullable(),
                    funding: quoteSchema.nullable(),
                    vaults: z.number().int().min(0),
                  })
                  .readonly(),
              )
              .readonly(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();

const searchText = z.string().max(200);
const someVaults = z.array(vaultIdSchema).max(2_000).readonly();
const page = {
  offset: z.number().int().min(0).max(10_000_000),
  limit: z.number().int().min(1).max(500),
};

export const operationQuerySchema = z
  .object({
    filter: z
      .object({
        vaultIds: someVaults,
        kinds: z.array(z.enum(OPERATION_KINDS)).readonly(),
        outcomes: z.array(z.enum(OPERATION_OUTCOMES)).readonly(),
        text: searchText,
        fromMs: unixMsSchema.nullable(),
        toMs: unixMsSchema.nullable(),
      })
      .strict()
      .readonly(),
    sort: z
      .object({ by: z.enum(OPERATION_SORTS), descending: z.boolean() })
      .strict()
      .readonly(),
    ...page,
  })
  .strict()
  .readonly();

export const operationPageSchema = z
  .object({
    rows: z
      .array(
        z
          .object({
            id: operationIdSchema,
            network: networkIdSchema,
            vaultType: z.enum(['virtual', 'onChain']),
            kind: z.enum(OPERATION_KINDS),
            vaultId: vaultIdSchema,
            toVaultId: vaultIdSchema.nullable(),
            symbol: z.string().nullable(),
            decimals: z.number().int().nullable(),
            amount: tokenAmountSchema.nullable(),
            value: quoteSchema.nullable(),
            state: z.enum(OPERATION_STATES),
            signature: z.string().nullable(),
            lastStep: z.string(),
            createdAtMs: unixMsSchema,
            endedAtMs: unixMsSchema.nullable(),
          })
          .readonly(),
      )
      .readonly(),
    total: z.number().int().min(0),
  })
  .readonly();

const newActivityFields = {
  atMs: unixMsSchema,
  kind: z.enum(ACTIVITY_KINDS),
  tone: z.enum(ACTIVITY_TONES),
  actor: z.enum(ACTIVITY_ACTORS),
  title: z.string(),
  text: z.string(),
  vaultId: vaultIdSchema.nullable(),
  network: networkIdSchema.nullable(),
  operationId: operationIdSchema.nullable(),
  alertId: alertIdSchema.nullable(),
};

export const newActivitySchema = z.object(newActivityFields).readonly();
export const activityEntrySchema = z
  .object({ id: activityIdSchema, ...newActivityFields })
  .readonly();

export const activityQuerySchema = z
  .object({
    filter: z
      .object({
        kinds: z.array(z.enum(ACTIVITY_KINDS)).readonly(),
        tones: z.array(z.enum(ACTIVITY_TONES)).readonly(),
        vaultIds: someVaults,
        text: searchText,
        fromMs: unixMsSchema.nullable(),
        toMs: unixMsSchema.nullable(),
      })
      .strict()
      .readonly(),
    upTo: activityIdSchema.nullable(),
    ...page,
  })
  .strict()
  .readonly();

export const activityPageSchema = z
  .object({
    entries: z.array(activityEntrySchema).readonly(),
    total: z.number().int().min(0),
    upTo: activityIdSchema.nullable(),
  })
  .readonly();

export const noteText = z.string().trim().min(1).max(LONGEST_NOTE);

export const vaultNoteSchema = z
  .object({
    id: noteIdSchema,
    vaultId: vaultIdSchema,
    text: z.string(),
    writtenAtMs: unixMsSchema,
    editedAtMs: unixMsSchema.nullable(),
  })
  .readonly();

export const exportRequestSchema = z
  .object({
    subject: z.enum(EXPORT_SUBJECTS),
    format: z.enum(EXPORT_FORMATS),
    vaultIds: someVaults,
    fromMs: unixMsSchema.nullable(),
    toMs: unixMsSchema.nullable(),
  })
  .strict()
  .readonly();

export const exportProgressSchema = z
  .object({
    id: exportIdSchema,
    subject: z.enum(EXPORT_SUBJECTS),
    format: z.enum(EXPORT_FORMATS),
    fileName: z.string(),
    rows: z.number().int().min(0),
    totalRows: z.number().int().min(0).nullable(),
    state: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('running') }).readonly(),
      z.object({ kind: z.literal('done') }).readonly(),
      z.object({ kind: z.literal('cancelled') }).readonly(),
      z.object({ kind: z.literal('failed'), error: errorSchema }).readonly(),
    ]),
  })
  .readonly();

const tableLayoutSchema = z
  .object({
    hidden: z.array(z.string().max(40)).max(60).readonly(),
    sort: z
      .object({ column: z.string().max(40), descending: z.boolean() })
      .readonly()
      .nullable(),
  })
  .readonly();

export const deskSettingsSchema = z
  .object({
    density: z.enum(DENSITIES),
    zoomPercent: z.number().int().min(50).max(200),
    railOpen: z.boolean(),
    tour: z.enum(TOUR_STATES),
    tables: z.record(z.string().max(40), tableLayoutSchema).readonly(),
  })
  .readonly();

const endpointLabel = z.string().trim().min(1).max(60);
const endpointKey = z.string().min(1).max(64);

export const endpointViewSchema = z
  .object({
    id: endpointKey,
    label: endpointLabel,
    address: z.string(),
    webSocketAddress: z.string(),
    holdsToken: z.boolean(),
  })
  .readonly();

const url = z.string().trim().min(1).max(2_000);

export const endpointEditSchema = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('saved'), id: endpointKey, label: endpointLabel })
    .strict()
    .readonly(),
  z
    .object({
      kind: z.literal('new'),
      label: endpointLabel,
      httpUrl: url,
      webSocketUrl: url.nullable(),
    })
    .strict()
    .readonly(),
]);

export const endpointTestSchema = z
  .object({
    lines: z
      .array(
        z
          .object({
            step: z.enum(ENDPOINT_TEST_STEPS),
            outcome: z.enum(['ok', 'failed', 'skipped']),
            text: z.string(),
            tookMs: z.number().nullable(),
          })
          .readonly(),
      )
      .readonly(),
    usable: z.boolean(),
  })
  .readonly();

export const licenceSchema = z
  .object({ name: z.string(), version: z.string(), licence: z.string(), text: z.string() })
  .readonly();

export const settingsImportPreviewSchema = z
  .object({
    token: z.string().min(1).max(64),
    fileName: z.string(),
    changes: z
      .array(z.object({ field: z.string(), from: z.string(), to: z.string() }).readonly())
      .readonly(),
    refused: z.array(z.string()).readonly(),
  })
  .readonly();

/** Nobody reads them: they are here to be checked. @public */
export const deskSchemasMatchTheDomain: [
  Same<z.output<typeof valueChartSchema>, ValueChart>,
  Same<z.output<typeof totalsChartSchema>, TotalsChart>,
  Same<z.output<typeof operationQuerySchema>, OperationQuery>,
  Same<z.output<typeof operationPageSchema>, OperationPage>,
  Same<z.output<typeof newActivitySchema>, NewActivity>,
  Same<z.output<typeof activityEntrySchema>, ActivityEntry>,
  Same<z.output<typeof activityQuerySchema>, ActivityQuery>,
  Same<z.output<typeof activityPageSchema>, ActivityPage>,
  Same<z.output<typeof vaultNoteSchema>, VaultNote>,
  Same<z.output<typeof exportRequestSchema>, ExportRequest>,
  Same<z.output<typeof exportProgressSchema>, ExportProgress>,
  Same<z.output<typeof deskSettingsSchema>, DeskSettings>,
  Same<z.output<typeof endpointViewSchema>, EndpointView>,
  Same<z.output<typeof endpointEditSchema>, EndpointEdit>,
  Same<z.output<typeof endpointTestSchema>, EndpointTest>,
  Same<z.output<typeof licenceSchema>, Licence>,
  Same<z.output<typeof settingsImportPreviewSchema>, SettingsImportPreview>,
] = [
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
  true,
];
