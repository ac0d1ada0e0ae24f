/** Channels of the watch: alerts, halting everything, diagnostics. Part of the contract in `contract.ts`. */
import { z } from 'zod';
import { nothing, type Channel } from './channel-parts.ts';
import { alertIdSchema, alertViewSchema, haltSourceSchema } from './watch-wire.ts';

export const WATCH_CHANNELS = {
  /** Newest first; `before` pages. */
  'alert.load': {
    request: z
      .object({ limit: z.number().int().min(1).max(500), before: alertIdSchema.nullable() })
      .strict()
      .readonly(),
    response: z
      .object({
        alerts: z.array(alertViewSchema).readonly(),
        unacknowledged: z.number().int().min(0),
      })
      .readonly(),
    answeredBy: 'engine',
  },
  'alert.acknowledge': {
    request: z.object({ alertId: alertIdSchema }).strict().readonly(),
    response: nothing,
    answeredBy: 'engine',
  },
  'alert.acknowledgeAll': {
    request: nothing,
    response: z.object({ acknowledged: z.number().int().min(0) }).readonly(),
    answeredBy: 'engine',
  },
  /** Main answers: without a running engine it holds the halt itself, and hands it over when the engine is back. */
  'trading.haltAll': {
    request: z.object({ source: haltSourceSchema }).strict().readonly(),
    response: z
      .object({
        halted: z.number().int().min(0),
        ended: z.number().int().min(0),
        /** False: the engine does not answer; the halt is on disk and holds from its next start. */
        reachedEngine: z.boolean(),
      })
      .readonly(),
    answeredBy: 'main',
  },
  /** What main hands on of `trading.haltAll`. */
  'trading.haltEngine': {
    request: z.object({ source: haltSourceSchema }).strict().readonly(),
    response: z
      .object({ halted: z.number().int().min(0), ended: z.number().int().min(0) })
      .readonly(),
    answeredBy: 'engine',
  },
  /** The trader's own act; vaults stay halted until each is enabled. */
  'trading.liftHaltAll': { request: nothing, response: nothing, answeredBy: 'engine' },
  /** Shows one notification now, whatever the quiet hours say. */
  'shell.testNotification': {
    request: nothing,
    /** False: this desktop shows none. */
    response: z.object({ supported: z.boolean() }).readonly(),
    answeredBy: 'main',
  },
  /** Puts versions, endpoints, states and the last errors on the clipboard: no secret, no URL. */
  'shell.copyDiagnostics': {
    request: nothing,
    response: z.object({ text: z.string() }).readonly(),
    answeredBy: 'main',
  },
  /** What failed in the window itself, for the log. Bounded: whatever the window is, it cannot write without end. */
  'shell.reportRendererFault': {
    request: z
      .object({
        where: z.string().max(80),
        message: z.string().max(500),
        stack: z.string().max(4_000),
      })
      .strict()
      .readonly(),
    response: nothing,
    answeredBy: 'main',
  },
} as const satisfies Record<string, Channel>;
