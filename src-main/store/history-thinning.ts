/**
 * Thins points that only prices made: all of them for 48 hours, then the last of each minute for 30 days,
 * then the last of each hour. Every change of holdings stays for ever, and so does the point before it.
 * What a point observed is never altered. Beside it stands what thinning folded into it: since when it stands, and the
 * lowest and highest of the points that went. Why: docs/decisions/0010-history-thinning.md, 0100-charts-over-a-rollup.md
 */
import { z } from 'zod';
import type { UnixMs } from '#domain/units.ts';
import type { WritableDb } from './database.ts';
import { flagColumn, integerColumn, parseRow } from './rows.ts';
import { startOf } from './value-rollup.ts';

const HOUR_MS = 3_600_000n;
const DAY_MS = 24n * HOUR_MS;

export interface ThinningTier {
  /** One price-only point stays in each span of this length. */
  readonly bucketMs: bigint;
  /** From this age on. */
  readonly afterMs: bigint;
}

export const THINNING_TIERS: readonly ThinningTier[] = [
  { bucketMs: 60_000n, afterMs: 2n * DAY_MS },
  { bucketMs: HOUR_MS, afterMs: 30n * DAY_MS },
];

export interface ThinnablePoint {
  readonly fromMs: bigint;
  readonly tie: bigint;
  readonly holdingsChanged: boolean;
}

/**
 * The points that go, of a stretch in ascending order: a price-only one whose successor is price-only and in
 * the same bucket. The last of the stretch always stays: its successor is not known.
 */
export function pointsToThin<Point extends ThinnablePoint>(
  stretch: readonly Point[],
  bucketMs: bigint,
): readonly Point[] {
  return stretch.filter((point, index) => {
    const next = stretch[index + 1];
    if (next === undefined || point.holdingsChanged || next.holdingsChanged) return false;
    return startOf(point.fromMs, bucketMs) === startOf(next.fromMs, bucketMs);
  });
}

const pointRow = z.object({
  fromMs: integerColumn,
  tie: integerColumn,
  holdingsChanged: flagColumn,
  isHead: flagColumn,
  sinceMs: integerColumn,
  lowestEquity: integerColumn,
  highestEquity: integerColumn,
  lowestHealthBps: integerColumn,
});
type Point = z.output<typeof pointRow>;

const mark = z.object({ fromMs: integerColumn, tie: integerColumn });

export interface StepResult {
  readonly removed: number;
  /** True when nothing is left to do before time passes. */
  readonly done: boolean;
}

/** Thins one stretch of one vault's history and remembers how far it came. */
export function thinStretch(
  db: WritableDb,
  vault: bigint,
  tier: ThinningTier,
  nowMs: UnixMs,
  stretchLength: number,
): StepResult {
  const end = startOf(BigInt(Math.trunc(nowMs)) - tier.afterMs, tier.bucketMs);
  const from = loadMark(db, vault, tier);
  const stretch = db
    .all(
      `SELECT from_ms AS fromMs, tie, holdings_changed AS holdingsChanged,
         coalesce(since_ms, from_ms) AS sinceMs,
         coalesce(lowest_equity, total_collateral) AS lowestEquity,
         coalesce(highest_equity, total_collateral) AS highestEquity,
         coalesce(lowest_health_bps, health_bps, 100 * health) AS lowestHealthBps,
         EXISTS (SELECT 1 FROM history_heads AS head WHERE head.vault = point.vault
           AND head.from_ms = point.from_ms AND head.tie = point.tie) AS isHead
       FROM value_history AS point
       WHERE vault = ? AND (from_ms, tie) >= (?, ?) AND from_ms < ?
       ORDER BY from_ms, tie LIMIT ?`,
      ...[vault, from.fromMs, from.tie, end, BigInt(stretchLength)],
    )
    .map((row) => parseRow(pointRow, row, 'history point'));
  const last = stretch.at(-1);
  if (last === undefined) return { removed: 0, done: true };
  const gone = new Set<Point>(pointsToThin(stretch, tier.bucketMs).filter(({ isHead }) => !isHead));
  let folded: Point | null = null;
  for (const point of stretch) {
    const whole: Point = folded === null ? point : fold(folded, point);
    if (gone.has(point)) remove(db, vault, point);
    else if (folded !== null) note(db, vault, whole);
    folded = gone.has(point) ? whole : null;
  }
  saveMark(db, vault, tier, last);
  return { removed: gone.size, done: stretch.length < stretchLength };
}

/** The point with what is known of the one that goes before it. */
function fold(gone: Point, point: Point): Point {
  return {
    ...point,
    sinceMs: lower(gone.sinceMs, point.sinceMs),
    lowestEquity: lower(gone.lowestEquity, point.lowestEquity),
    highestEquity: -lower(-gone.highestEquity, -point.highestEquity),
    lowestHealthBps: lower(gone.lowestHealthBps, point.lowestHealthBps),
  };
}

const lower = (left: bigint, right: bigint): bigint => (left < right ? left : right);

function remove(db: WritableDb, vault: bigint, { fromMs, tie }: Point): void {
  db.run(
    'DELETE FROM value_history WHERE vault = ? AND from_ms = ? AND tie = ?',
    ...[vault, fromMs, tie],
  );
}

/** What is the point's own is not written twice. */
function note(db: WritableDb, vault: bigint, point: Point): void {
  db.run(
    `UPDATE value_history SET since_ms = nullif(?, from_ms), lowest_equity = nullif(?, total_collateral),
       highest_equity = nullif(?, total_collateral),
       lowest_health_bps = nullif(?, coalesce(health_bps, 100 * health))
     WHERE vault = ? AND from_ms = ? AND tie = ?`,
    ...[point.sinceMs, point.lowestEquity, point.highestEquity, point.lowestHealthBps],
    ...[vault, point.fromMs, point.tie],
  );
}

function loadMark(db: WritableDb, vault: bigint, tier: ThinningTier) {
  const row = db.get(
    'SELECT from_ms AS fromMs, tie FROM history_thinning WHERE vault = ? AND bucket_ms = ?',
    ...[vault, tier.bucketMs],
  );
  return row === undefined
    ? { fromMs: -(2n ** 63n), tie: 0n }
    : parseRow(mark, row, 'thinning mark');
}

function saveMark(db: WritableDb, vault: bigint, tier: ThinningTier, at: ThinnablePoint): void {
  db.run(
    `INSERT INTO history_thinning (vault, bucket_ms, from_ms, tie) VALUES (?, ?, ?, ?)
     ON CONFLICT (vault, bucket_ms) DO UPDATE SET from_ms = excluded.from_ms, tie = excluded.tie`,
    ...[vault, tier.bucketMs, at.fromMs, at.tie],
  );
}
