/**
 * Values over time, run-length: a row is appended when values change, otherwise the last row's `until_ms`
 * grows. Rows stand in the order of their time; the head is the row that was appended last.
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
  rawQuantities: z.string(),
  ...values,
});

const tieRow = z.object({ tie: z.bigint() });

const VALUES = `total_collateral AS totalCollateral, usdc, drift_pos AS driftPos,
  free_collateral AS freeCollateral, unrealized_pnl AS unrealizedPnl, health`;

type Values = Pick<
  HistoryPoint,
  'totalCollateral' | 'usdc' | 'driftPos' | 'freeCollateral' | 'unrealizedPnl' | 'health'
>;

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

/** Records a new observation: a new point where values or holdings changed, else the last point lasts longer. */
export function recordObservation(
  db: WritableDb,
  vault: bigint,
  observation: VaultObservation,
): void {
  const head = loadHead(db, vault);
  const rawQuantities = rawQuantitiesOf(observation.snapshot);
  const holdingsChanged = head === null || head.rawQuantities !== rawQuantities;
  if (!holdingsChanged && sameValues(head, valuesOf(observation))) {
    extendHead(db, vault, head, observation.snapshot.observedAtMs);
  } else {
    appendPoint(db, vault, observation, rawQuantities, holdingsChanged);
  }
}

function loadHead(db: ReadableDb, vault: bigint) {
  const row = db.get(
    `SELECT from_ms AS fromMs, tie, raw_quantities AS rawQuantities, ${VALUES}
     FROM history_heads JOIN value_history USING (vault, from_ms, tie) WHERE vault = ?`,
    vault,
  );
  return row === undefined ? null : parseRow(headRow, row, 'history head');
}

function extendHead(
  db: WritableDb,
  vault: bigint,
  head: { readonly fromMs: bigint; readonly tie: bigint },
  observedAtMs: UnixMs,
): void {
  db.run(
    `UPDATE value_history SET until_ms = max(until_ms, ?) WHERE vault = ? AND from_ms = ? AND tie = ?`,
    ...[wholeNumber('observedAtMs', observedAtMs), vault, head.fromMs, head.tie],
  );
}

function appendPoint(
  db: WritableDb,
  vault: bigint,
  observation: VaultObservation,
  rawQuantities: string,
  holdingsChanged: boolean,
): void {
  const now = valuesOf(observation);
  const at = wholeNumber('observedAtMs', observation.snapshot.observedAtMs);
  const tie = nextTie(db, vault, at);
  db.run(
    `INSERT INTO value_history (vault, from_ms, tie, until_ms, slot, total_collateral, usdc, drift_pos,
       free_collateral, unrealized_pnl, health, holdings_changed)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ...[vault, at, tie, at, int64('slot', observation.snapshot.slot)],
    ...[now.totalCollateral, now.usdc, now.driftPos, now.freeCollateral, now.unrealizedPnl],
    ...[wholeNumber('health', now.health), holdingsChanged ? 1n : 0n],
  );
  db.run(
    `INSERT INTO history_heads (vault, from_ms, tie, raw_quantities) VALUES (?, ?, ?, ?)
     ON CONFLICT (vault) DO UPDATE SET from_ms = excluded.from_ms, tie = excluded.tie,
       raw_quantities = excluded.raw_quantities`,
    ...[vault, at, tie, rawQuantities],
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

function valuesOf({ snapshot, balances }: VaultObservation): Values {
  const { totalCollateral, freeCollateral, unrealizedPnl, health } = snapshot.figures;
  return {
    totalCollateral,
    usdc: balances.USDC,
    driftPos: balances.DRIFT_POS,
    freeCollateral,
    unrealizedPnl,
    health,
  };
}

function sameValues(left: Values, right: Values): boolean {
  return (
    left.totalCollateral === right.totalCollateral &&
    left.usdc === right.usdc &&
    left.driftPos === right.driftPos &&
    left.freeCollateral === right.freeCollateral &&
    left.unrealizedPnl === right.unrealizedPnl &&
    left.health === right.health
  );
}
