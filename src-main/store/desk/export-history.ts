/**
 * Values over time as rows of a file: vault after vault, each oldest first. What was observed after the first page is not
 * in it; the last values end at that moment at the latest.
 */
import { z } from 'zod';
import type { ExportRequest } from '#domain/data-export.ts';
import { columnNames } from '#domain/export-columns.ts';
import type { ExportPage } from '#main/engine/desk-ports.ts';
import type { ReadableDb } from '../database.ts';
import { integerColumn, parseRow, wholeNumber } from '../rows.ts';
import { cursorParts, cursorText, known } from './export-cursor.ts';
import { decimalCell, timeCells, usdCell, wholeCell, type Cell } from './export-text.ts';
import { exportedVaults, type ExportedVault } from './export-vaults.ts';

export const PAGE_ROWS = 500;
const HEALTH_DECIMALS = 2;
const FIRST = { fromMs: -1n, tie: -1n };
const FOREVER_MS = 9_000_000_000_000_000n;

export const historyRow = z.object({
  fromMs: integerColumn,
  tie: integerColumn,
  untilMs: integerColumn,
  slot: integerColumn,
  totalCollateral: integerColumn,
  usdc: integerColumn,
  driftPos: integerColumn,
  freeCollateral: integerColumn,
  unrealizedPnl: integerColumn,
  healthBps: integerColumn,
  cumulativeFunding: integerColumn.nullable(),
  unsettledFunding: integerColumn.nullable(),
  holdingsChanged: integerColumn,
});

export type HistoryRow = z.output<typeof historyRow>;

const boundRow = z.object({ bound: integerColumn.nullable() });
const countRow = z.object({ count: integerColumn });

/** Place after a row: its time, and what tells two rows of one millisecond apart. */
export interface Place {
  readonly fromMs: bigint;
  readonly tie: bigint;
}

export interface HistorySpan {
  readonly fromMs: bigint;
  /** Nothing that was observed first after it. */
  readonly toMs: bigint;
}

const COLUMNS = `from_ms AS fromMs, tie, until_ms AS untilMs, slot, total_collateral AS totalCollateral,
  usdc, drift_pos AS driftPos, free_collateral AS freeCollateral, unrealized_pnl AS unrealizedPnl,
  coalesce(health_bps, 100 * health) AS healthBps, cumulative_funding AS cumulativeFunding,
  unsettled_funding AS unsettledFunding, holdings_changed AS holdingsChanged`;

/** The first row of the span may have begun before it. */
const WITHIN = `vault = ? AND from_ms <= ? AND from_ms >= coalesce(
  (SELECT max(from_ms) FROM value_history WHERE vault = ? AND from_ms <= ?), ?)`;

/** Rows of one vault after a place, oldest first; one that ended before the span may come first. */
export function historyAfter(
  db: ReadableDb,
  vault: bigint,
  { fromMs, toMs }: HistorySpan,
  after: Place,
  limit: number,
): readonly HistoryRow[] {
  return db
    .all(
      `SELECT ${COLUMNS} FROM value_history
       WHERE ${WITHIN} AND (from_ms, tie) > (?, ?) ORDER BY from_ms, tie LIMIT ?`,
      ...[vault, toMs, vault, fromMs, fromMs],
      ...[after.fromMs, after.tie, BigInt(limit)],
    )
    .map((row) => parseRow(historyRow, row, 'history point'));
}

/** The newest observation of all: what an export of now ends with. */
export function newestObservation(db: ReadableDb): bigint {
  const row = db.get('SELECT max(until_ms) AS bound FROM value_history');
  return row === undefined ? 0n : (parseRow(boundRow, row, 'history').bound ?? 0n);
}

export function historySpan({ fromMs, toMs }: ExportRequest, bound: bigint): HistorySpan {
  const to = toMs === null ? FOREVER_MS : wholeNumber('toMs', toMs);
  return {
    fromMs: fromMs === null ? 0n : wholeNumber('fromMs', fromMs),
    toMs: to < bound ? to : bound,
  };
}

export function historyPage(
  db: ReadableDb,
  request: ExportRequest,
  cursor: string | null,
): ExportPage {
  const vaults = exportedVaults(db, request.vaultIds);
  const begun = cursor === null ? null : cursorParts(cursor, 5);
  const bound = begun === null ? newestObservation(db) : known(begun[0]);
  const span = historySpan(request, bound);
  const total = begun === null ? countAll(db, vaults, span) : known(begun[1]);
  const rows: (readonly Cell[])[] = [];
  let next: string | null = null;
  let place: Place = begun === null ? FIRST : { fromMs: known(begun[3]), tie: known(begun[4]) };
  for (const vault of vaults) {
    if (begun !== null && vault.no < known(begun[2])) continue;
    const left = PAGE_ROWS - rows.length;
    const found = historyAfter(db, vault.no, span, place, left);
    place = FIRST;
    for (const row of found) {
      if (row.untilMs >= span.fromMs) rows.push(cellsOf(vault, row, bound));
    }
    const last = found.at(-1);
    if (last === undefined || found.length < left) continue;
    next = cursorText([bound, total, vault.no, last.fromMs, last.tie]);
    break;
  }
  return { columns: columnNames('history'), rows, next, total: Number(total) };
}

function countAll(db: ReadableDb, vaults: readonly ExportedVault[], span: HistorySpan): bigint {
  const { fromMs, toMs } = span;
  return vaults.reduce((sum, { no }) => {
    const row = db.get(
      `SELECT count(*) AS count FROM value_history WHERE ${WITHIN} AND until_ms >= ?`,
      ...[no, toMs, no, fromMs, fromMs, fromMs],
    );
    return sum + parseRow(countRow, row ?? {}, 'count of history points').count;
  }, 0n);
}

function cellsOf(vault: ExportedVault, row: HistoryRow, bound: bigint): readonly Cell[] {
  return [
    ...vault.cells,
    ...timeCells(row.fromMs),
    ...timeCells(row.untilMs < bound ? row.untilMs : bound),
    wholeCell(row.slot),
    usdCell(row.totalCollateral),
    usdCell(row.usdc),
    usdCell(row.driftPos),
    usdCell(row.freeCollateral),
    usdCell(row.unrealizedPnl),
    decimalCell(row.healthBps, HEALTH_DECIMALS),
    usdCell(row.cumulativeFunding),
    usdCell(row.unsettledFunding),
    row.holdingsChanged === 1n ? 'yes' : 'no',
  ];
}
