/** Cuts a span into the steps of a chart. Pure; all times are milliseconds since the epoch. */
import type { ChartSpan } from '#main/engine/desk-ports.ts';
import { ROLLUP_SPANS, startOf, type RollupSpan } from '../value-rollup.ts';

const [HOUR_MS, DAY_MS] = ROLLUP_SPANS;
/** A longer span is read by the hour: the points themselves would be too many to read at once. */
const LONGEST_OF_POINTS_MS = 14n * DAY_MS;

export interface ChartSteps {
  /** What is read: the rollup by hour or day, or the points themselves. */
  readonly rollup: RollupSpan | null;
  /** Where the first step begins: as asked, or the beginning of its hour or day where the rollup is read. */
  readonly fromMs: bigint;
  /** The last moment, part of the last step. */
  readonly toMs: bigint;
  readonly stepMs: bigint;
  readonly count: number;
}

/** At most `steps` of them. Those of an hour or more are whole hours, those of a day or more whole days, in UTC. */
export function cutSpan(span: ChartSpan, least: RollupSpan | null = null): ChartSteps {
  const fromMs = BigInt(Math.floor(span.fromMs));
  const toMs = BigInt(Math.ceil(span.toMs));
  const steps = BigInt(span.steps);
  const stepMs = longer(divideUp(toMs - fromMs, steps), least ?? 1n);
  const rollup = rollupFor(stepMs, toMs - fromMs);
  if (rollup === null) {
    return { rollup, fromMs, toMs, stepMs, count: Number(divideUp(toMs - fromMs, stepMs)) };
  }
  const begin = startOf(fromMs, rollup);
  const spans = (startOf(toMs, rollup) - begin) / rollup + 1n;
  const each = divideUp(spans, steps);
  return {
    ...{ rollup, fromMs: begin, toMs, stepMs: each * rollup },
    count: Number(divideUp(spans, each)),
  };
}

function rollupFor(stepMs: bigint, wholeMs: bigint): RollupSpan | null {
  if (stepMs >= DAY_MS) return DAY_MS;
  return stepMs >= HOUR_MS || wholeMs > LONGEST_OF_POINTS_MS ? HOUR_MS : null;
}

/** The last moment of a step. */
export function endOf(steps: ChartSteps, step: number): bigint {
  return step >= steps.count - 1 ? steps.toMs : beginOf(steps, step + 1) - 1n;
}

export const beginOf = ({ fromMs, stepMs }: ChartSteps, step: number): bigint =>
  fromMs + BigInt(step) * stepMs;

const divideUp = (amount: bigint, by: bigint): bigint => (amount + by - 1n) / by;
const longer = (left: bigint, right: bigint): bigint => (left > right ? left : right);
