/**
 * One row for each hour and each day in which a vault was observed: its last values, the extremes, first and last moment.
 * Kept by the commit that records the observation, so that a year is read at once; what thinning removes stays in it.
 */
import type { WritableDb } from './database.ts';

const HOUR_MS = 3_600_000n;
const DAY_MS = 24n * HOUR_MS;
export const ROLLUP_SPANS = [HOUR_MS, DAY_MS] as const;
export type RollupSpan = (typeof ROLLUP_SPANS)[number];

/**
 * Longest time between two observations that counts as uninterrupted: three heartbeats at their slowest. After a longer
 * silence a new point begins, however equal the values: what was not observed is a gap, never a line.
 */
export const SILENCE_MS = 180_000n;

/** What a point records of an observation, in units of 10^-6 but for health. */
export interface RecordedValues {
  readonly totalCollateral: bigint;
  readonly usdc: bigint;
  readonly driftPos: bigint;
  readonly freeCollateral: bigint;
  readonly unrealizedPnl: bigint;
  readonly health: bigint;
  /** Null: not recorded. */
  readonly healthBps: bigint | null;
  readonly cumulativeFunding: bigint | null;
  readonly unsettledFunding: bigint | null;
}

/** What an observation adds to a vault's history: a new point, or the end of the last one. */
export interface Stretch {
  /** Of the point. */
  readonly pointFromMs: bigint;
  /** From the moment up to which the point had been observed already. */
  readonly fromMs: bigint;
  readonly untilMs: bigint;
  readonly values: RecordedValues;
  readonly holdingsChanged: boolean;
}

const LAST_VALUES = [
  'equity',
  'free_collateral',
  'drift_pos',
  'unrealized_pnl',
  'health_bps',
  'cumulative_funding',
  'unsettled_funding',
];

const isLast = 'excluded.last_from_ms >= last_from_ms';
const UPSERT = `INSERT INTO value_rollup (vault, span_ms, start_ms, first_ms, last_ms, last_from_ms, equity,
    lowest_equity, highest_equity, free_collateral, drift_pos, unrealized_pnl, health_bps,
    lowest_health_bps, cumulative_funding, unsettled_funding, holdings_changed)
  VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
  ON CONFLICT (vault, span_ms, start_ms) DO UPDATE SET
    first_ms = min(first_ms, excluded.first_ms), last_ms = max(last_ms, excluded.last_ms),
    lowest_equity = min(lowest_equity, excluded.equity),
    highest_equity = max(highest_equity, excluded.equity),
    lowest_health_bps = min(lowest_health_bps, excluded.health_bps),
    holdings_changed = max(holdings_changed, excluded.holdings_changed),
    ${LAST_VALUES.map((name) => `${name} = iif(${isLast}, excluded.${name}, ${name})`).join()},
    last_from_ms = max(last_from_ms, excluded.last_from_ms)`;

/** In the transaction of the point. A stretch over the end of an hour or a day is in both. */
export function recordInRollup(db: WritableDb, vault: bigint, stretch: Stretch): void {
  const { pointFromMs, fromMs, untilMs, values, holdingsChanged } = stretch;
  const equity = values.totalCollateral;
  const healthBps = values.healthBps ?? values.health * 100n;
  for (const spanMs of ROLLUP_SPANS) {
    for (let start = startOf(fromMs, spanMs); start <= untilMs; start += spanMs) {
      const end = start + spanMs - 1n;
      db.run(
        UPSERT,
        ...[vault, spanMs, start, later(start, fromMs), earlier(end, untilMs), pointFromMs],
        ...[equity, equity, equity],
        ...[values.freeCollateral, values.driftPos, values.unrealizedPnl, healthBps, healthBps],
        ...[values.cumulativeFunding, values.unsettledFunding],
        holdingsChanged && pointFromMs >= start ? 1n : 0n,
      );
    }
  }
}

/** The beginning of the span that a moment lies in, in UTC. */
export function startOf(atMs: bigint, spanMs: bigint): bigint {
  const remainder = atMs % spanMs;
  return atMs - (remainder < 0n ? remainder + spanMs : remainder);
}

const earlier = (left: bigint, right: bigint): bigint => (left < right ? left : right);
const later = (left: bigint, right: bigint): bigint => (left > right ? left : right);
