/** Channels of the desk: charts, lists, notes, exports, endpoints, settings files. Part of the contract in `contract.ts`. */
import { z } from 'zod';
import { MAX_CHART_STEPS, MIN_CHART_STEPS } from '#domain/value-chart.ts';
import { nothing, ofVault, type Channel } from './channel-parts.ts';
import {
  activityPageSchema,
  activityQuerySchema,
  endpointEditSchema,
  endpointTestSchema,
  endpointViewSchema,
  exportIdSchema,
  exportRequestSchema,
  licenceSchema,
  noteIdSchema,
  noteText,
  operationPageSchema,
  operationQuerySchema,
  settingsImportPreviewSchema,
  totalsChartSchema,
  valueChartSchema,
  vaultNoteSchema,
} from './desk-wire.ts';
import { operationViewSchema } from './capital-wire.ts';
import { networkIdSchema, operationIdSchema, unixMsSchema, vaultIdSchema } from './wire.ts';

const steps = z.number().int().min(MIN_CHART_STEPS).max(MAX_CHART_STEPS);
const ofNetwork = z.object({ network: networkIdSchema }).strict().readonly();
const ofExport = z.object({ exportId: exportIdSchema }).strict().readonly();
const ofNote = z.object({ noteId: noteIdSchema }).strict().readonly();
const endpoints = z.object({ endpoints: z.array(endpointViewSchema).readonly() }).readonly();

export const DESK_CHANNELS = {
  /** Thinned in the store: a year opens like a day. */
  'chart.loadVault': {
    request: z
      .object({ vaultId: vaultIdSchema, fromMs: unixMsSchema, toMs: unixMsSchema, steps })
      .strict()
      .readonly(),
    response: z.object({ chart: valueChartSchema }).readonly(),
    answeredBy: 'engine',
  },
  'chart.loadTotals': {
    request: z.object({ fromMs: unixMsSchema, toMs: unixMsSchema, steps }).strict().readonly(),
    response: z.object({ chart: totalsChartSchema }).readonly(),
    answeredBy: 'engine',
  },
  'operation.query': {
    request: operationQuerySchema,
    response: operationPageSchema,
    answeredBy: 'engine',
  },
  /** One whole operation, however old. */
  'operation.load': {
    request: z.object({ operationId: operationIdSchema }).strict().readonly(),
    response: z.object({ view: operationViewSchema }).readonly(),
    answeredBy: 'engine',
  },
  'activity.load': {
    request: activityQuerySchema,
    response: activityPageSchema,
    answeredBy: 'engine',
  },
  /** Newest first. */
  'note.load': {
    request: ofVault,
    response: z.object({ notes: z.array(vaultNoteSchema).readonly() }).readonly(),
    answeredBy: 'engine',
  },
  'note.add': {
    request: z.object({ vaultId: vaultIdSchema, text: noteText }).strict().readonly(),
    response: z.object({ note: vaultNoteSchema }).readonly(),
    answeredBy: 'engine',
  },
  'note.edit': {
    request: z.object({ noteId: noteIdSchema, text: noteText }).strict().readonly(),
    response: z.object({ note: vaultNoteSchema }).readonly(),
    answeredBy: 'engine',
  },
  /** Answers with what was removed, so that it can be put back. */
  'note.remove': {
    request: ofNote,
    response: z.object({ note: vaultNoteSchema }).readonly(),
    answeredBy: 'engine',
  },
  /** Puts a removed note back as it was. */
  'note.restore': {
    request: z.object({ note: vaultNoteSchema }).strict().readonly(),
    response: nothing,
    answeredBy: 'engine',
  },
  /** Asks for a file, then writes it; progress comes as events. Null: the trader chose none. */
  'export.start': {
    request: exportRequestSchema,
    response: z.object({ exportId: exportIdSchema.nullable() }).readonly(),
    answeredBy: 'main',
  },
  'export.cancel': { request: ofExport, response: nothing, answeredBy: 'main' },
  'export.showInFolder': { request: ofExport, response: nothing, answeredBy: 'main' },
  /** What main writes into the file: flat rows of text, in the columns' order; of no use to the window. */
  'export.loadPage': {
    request: z
      .object({
        request: exportRequestSchema,
        /** Null: from the beginning. Otherwise `next` of the page before. */
        cursor: z.string().max(200).nullable(),
      })
      .strict()
      .readonly(),
    response: z
      .object({
        columns: z.array(z.string()).readonly(),
        /** Null: the value is not known; never a zero in its place. */
        rows: z.array(z.array(z.string().nullable()).readonly()).readonly(),
        next: z.string().nullable(),
        total: z.number().int().min(0).nullable(),
      })
      .readonly(),
    answeredBy: 'engine',
  },
  'network.loadEndpoints': { request: ofNetwork, response: endpoints, answeredBy: 'main' },
  /** Tries it from this computer now. Changes nothing. */
  'network.testEndpoint': {
    request: z
      .object({ network: networkIdSchema, endpoint: endpointEditSchema })
      .strict()
      .readonly(),
    response: z.object({ test: endpointTestSchema }).readonly(),
    answeredBy: 'main',
  },
  /** The whole list in its order; the first is the preferred one. */
  'network.saveEndpoints': {
    request: z
      .object({
        network: networkIdSchema,
        endpoints: z.array(endpointEditSchema).min(1).max(20).readonly(),
      })
      .strict()
      .readonly(),
    response: endpoints,
    answeredBy: 'main',
  },
  /** Asks for a file and writes the settings without networks. Null: the trader chose none. */
  'settings.exportFile': {
    request: nothing,
    response: z.object({ fileName: z.string().nullable() }).readonly(),
    answeredBy: 'main',
  },
  /** Asks for a file and says what it would change; changes nothing. Null: the trader chose none. */
  'settings.previewImport': {
    request: nothing,
    response: z.object({ preview: settingsImportPreviewSchema.nullable() }).readonly(),
    answeredBy: 'main',
  },
  'settings.applyImport': {
    request: z
      .object({ token: z.string().min(1).max(64) })
      .strict()
      .readonly(),
    response: nothing,
    answeredBy: 'main',
  },
  /** Play money begins anew: the simulated Drift and its vaults' figures. Nothing of a live network is touched. */
  'practice.reset': { request: nothing, response: nothing, answeredBy: 'main' },
  'about.loadLicences': {
    request: nothing,
    response: z.object({ licences: z.array(licenceSchema).readonly() }).readonly(),
    answeredBy: 'main',
  },
} as const satisfies Record<string, Channel>;
