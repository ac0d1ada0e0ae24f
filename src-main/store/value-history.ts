/**
 * Values over time, run-length: a row is appended when values change or after a silence, otherwise the last row's
 * `until_ms` grows. Rows stand in the order of their time; the head is the row that was appended last.
 */
import { z } from 'zod';
import type { HistoryPoint } from '#main/engine/ports.ts';
import type { UnixMs } from '#domain/units.ts';
import type { VaultObservation } from '#domain/vault-state.ts';
import { rawQuantitiesOf } from '#domain/vault-snapshot.ts';
import type { ReadableDb, WritableDb } from './database.ts';
import {
  flagColumn,
  int64,
  integerColumn,
  numberColumn,
  parseRow,
  slotColumn,
  unixMsColumn,
  wholeNumber,
} from './rows.ts';
import { recordInRollup, SILENCE_MS, type RecordedValues } from './value-rollup.ts';

const values = {
  totalCollateral: integerColumn,
  usdc: integerColumn,
  driftPos: integerColumn,
  freeCollateral: integerColumn,
  unrealizedPnl: integerColumn,
  health: numberColumn,
};

const pointRow = z
  .object({
    fromMs: unixMsColumn,
    untilMs: unixMsColumn,
    slot: slotColumn,
    ...values,
    holdingsChanged: flagColumn,
  })
  .readonly();

const headRow = z.object({
  fromMs: z.bigint(),
  tie: z.bigint(),
  untilMs: z.bigint(),
  rawQuantities: z.string(),
  ...values,
  health: integerColumn,
  healthBps: integerColumn.nullable(),
  cumulativeFunding: integerColumn.nullable(),
  unsettledFunding: integerColumn.nullable(),
});

const tieRow = z.object({ tie: z.bigint() });

const VALUES = `total_collateral AS totalCollateral, usdc, drift_pos AS driftPos,
  free_collateral AS freeCollateral, unrealized_pnl AS unrealizedPnl, health`;

/** Points of which any part lies in the span, both ends included, oldest first. Throws `DATABASE_CORRUPT`. */
export function loadHistory(
  db: ReadableDb,
  vault: bigint,
  fromMs: UnixMs,
  toMs: UnixMs,
): readonly HistoryPoint[] {
  const from = wholeNumber('fromMs', fromMs);
  return db
    .all(
      `SELECT from_ms AS fromMs, until_ms AS untilMs, slot, ${VALUES},
         holdings_changed AS holdingsChanged
       FROM value_history
       WHERE vault = ? AND from_ms <= ? AND until_ms >= ? AND from_ms >= coalesce(
         (SELECT max(from_ms) FROM value_history WHERE vault = ? AND from_ms <= ?), ?)
       ORDER BY from_ms, tie`,
      ...[vault, wholeNumber('toMs', toMs), from, vault, from, from],
    )
    .map((row) => parseRow(pointRow, row, 'history point'));
}

/**
 * Records a new observation: a new point where anything of it changed or nothing was seen for longer than `SILENCE_MS`,
 * else the last point lasts longer.
 */
export function recordObservation(
  db: WritableDb,
  vault: bigint,
  observation: VaultObservation,
): void {
  const head = loadHead(db, vault);
  const { snapshot } = observation;
  const now = valuesOf(observation);
  const atMs = wholeNumber('observedAtMs', snapshot.observedAtMs);
  const rawQuantities = rawQuantitiesOf(snapshot);
  const holdingsChanged = head === null || head.rawQuantities !== rawQuantities;
  if (!holdingsChanged && atMs - head.untilMs <= SILENCE_MS && sameValues(head, now)) {
    extendHead(db, vault, head, atMs);
    const { fromMs: pointFromMs, untilMs: fromMs } = head;
    const stretch = { pointFromMs, fromMs, untilMs: atMs, values: now, holdingsChanged };
    if (atMs > fromMs) recordInRollup(db, vault, stretch);
    return;
  }
  const slot = int64('slot', snapshot.slot);
  appendPoint(db, vault, { atMs, slot, now, rawQuantities, holdingsChanged });
  const stretch = { pointFromMs: atMs, fromMs: atMs, untilMs: atMs, values: now, holdingsChanged };
  recordInRollup(db, vault, stretch);
}

function loadHead(db: ReadableDb, vault: bigint) {
  const row = db.get(
    `SELECT from_ms AS fromMs, tie, until_ms AS untilMs, raw_quantities AS rawQuantities, ${VALUES},
       health_bps AS healthBps, cumulative_funding AS cumulativeFunding,
       unsettled_funding AS unsettledFunding
     FROM history_heads JOIN value_history USING (vault, from_ms, tie) WHERE vault = ?`,
    vault,
  );
  return row === undefined ? null : parseRow(headRow, row, 'history head');
}

function extendHead(
  db: WritableDb,
  vault: bigint,
  head: { readonly fromMs: bigint; readonly tie: bigint },
  atMs: bigint,
): void {
  db.run(
    `UPDATE value_history SET until_ms = max(until_ms, ?) WHERE vault = ? AND from_ms = ? AND tie = ?`,
    ...[atMs, vault, head.fromMs, head.tie],
  );
}

interface NewPoint {
  readonly atMs: bigint;
  readonly slot: bigint;
  readonly now: RecordedValues;
  readonly rawQuantities: string;
  readonly holdingsChanged: boolean;
}

function appendPoint(db: WritableDb, vault: bigint, point: NewPoint): void {
  const { atMs, slot, now, rawQuantities, holdingsChanged } = point;
  const tie = nextTie(db, vault, atMs);
  db.run(
    `INSERT INTO value_history (vault, from_ms, tie, until_ms, slot, total_collateral, usdc, drift_pos,
       free_collateral, unrealized_pnl, health, holdings_changed, health_bps, cumulative_funding,
       unsettled_funding)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[vault, atMs, tie, atMs, slot],
    ...[now.totalCollateral, now.usdc, now.driftPos, now.freeCollateral, now.unrealizedPnl],
    ...[now.health, holdingsChanged ? 1n : 0n],
    ...[now.healthBps, now.cumulativeFunding, now.unsettledFunding],
  );
  db.run(
    `INSERT INTO history_heads (vault, from_ms, tie, raw_quantities) VALUES (?, ?, ?, ?)
     ON CONFLICT (vault) DO UPDATE SET from_ms = excluded.from_ms, tie = excluded.tie,
       raw_quantities = excluded.raw_quantities`,
    ...[vault, atMs, tie, rawQuantities],
  );
}

/** Tells two points of one millisecond apart; nearly always 0. */
function nextTie(db: ReadableDb, vault: bigint, fromMs: bigint): bigint {
  const row = db.get(
    'SELECT coalesce(max(tie) + 1, 0) AS tie FROM value_history WHERE vault = ? AND from_ms = ?',
    vault,
    fromMs,
  );
  return parseRow(tieRow, row ?? {}, 'history point').tie;
}

function valuesOf({ snapshot, balances }: VaultObservation): RecordedValues {
  const { figures } = snapshot;
  return {
    totalCollateral: figures.totalCollateral,
    usdc: balances.USDC,
    driftPos: balances.DRIFT_POS,
    freeCollateral: figures.freeCollateral,
    unrealizedPnl: figures.unrealizedPnl,
    health: wholeNumber('health', figures.health),
    healthBps: wholeNumber('healthBps', figures.healthBps),
    cumulativeFunding: recordable(figures.cumulativeFunding),
    unsettledFunding: recordable(figures.unsettledFunding),
  };
}

/** No account earns what 64 bits cannot hold; if one claims to, the rest of the observation counts all the same. */
const recordable = (amount: bigint): bigint | null =>
  BigInt.asIntN(64, amount) === amount ? amount : null;

function sameValues(left: RecordedValues, right: RecordedValues): boolean {
  return (
    left.totalCollateral === right.totalCollateral &&
    left.usdc === right.usdc &&
    left.driftPos === right.driftPos &&
    left.freeCollateral === right.freeCollateral &&
    left.unrealizedPnl === right.unrealizedPnl &&
    left.health === right.health &&
    left.healthBps === right.healthBps &&
    left.cumulativeFunding === right.cumulativeFunding &&
    left.unsettledFunding === right.unsettledFunding
  );
}
