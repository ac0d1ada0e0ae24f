import { z } from 'zod';
import type { QuoteAmount, UnixMs } from '#domain/units.ts';
import type { ChartPoint } from '#domain/value-chart.ts';
import { flagColumn, integerAs, integerColumn, numberColumn } from '../rows.ts';

const quote = integerAs<QuoteAmount>();

/** A step of a chart as the database adds it up. */
export const stepRow = z.object({
  step: numberColumn,
  /** Since when the vault had been observed without a break that is known of: may lie before the step. */
  sinceMs: integerColumn,
  untilMs: integerColumn,
  /** Of the point that began last: its values are the step's. */
  lastFromMs: integerColumn,
  equity: quote,
  lowestEquity: quote,
  highestEquity: quote,
  freeCollateral: quote,
  deployed: quote,
  unrealizedPnl: quote,
  healthBps: numberColumn,
  lowestHealthBps: numberColumn,
  cumulativeFunding: quote.nullable(),
  unsettledFunding: quote.nullable(),
  holdingsChanged: flagColumn,
});

export type StepValues = z.output<typeof stepRow> & {
  /** First moment within the step, where it is later than `sinceMs`. */
  readonly fromMs?: bigint;
};

export function pointOf(values: StepValues, afterGap: boolean): ChartPoint {
  const { step, sinceMs, fromMs, untilMs, lastFromMs, ...rest } = values;
  void [step, lastFromMs];
  return {
    ...rest,
    fromMs: Number(fromMs ?? sinceMs) as UnixMs,
    untilMs: Number(untilMs) as UnixMs,
    afterGap,
  };
}
