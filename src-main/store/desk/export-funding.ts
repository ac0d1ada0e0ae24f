/** Each change of what a vault was paid or charged, from the history of its values. */
import type { ExportRequest } from '#domain/data-export.ts';
import { columnNames } from '#domain/export-columns.ts';
import type { ExportPage } from '#main/engine/desk-ports.ts';
import type { ReadableDb } from '../database.ts';
import { cursorParts, cursorText, known } from './export-cursor.ts';
import {
  historyAfter,
  historySpan,
  newestObservation,
  PAGE_ROWS,
  type HistoryRow,
  type HistorySpan,
  type Place,
} from './export-history.ts';
import { timeCells, usdCell, wholeCell, type Cell } from './export-text.ts';
import { exportedVaults, type ExportedVault } from './export-vaults.ts';

/** Read for one page, however few of them are a change: a page holds up nothing else. */
const READ_ROWS = 2_000;
const FIRST: Place = { fromMs: -1n, tie: -1n };

interface Funding {
  readonly settled: bigint;
  readonly unsettled: bigint;
}

interface Scan {
  readonly rows: (readonly Cell[])[];
  /** Of the row before; null: nothing is known of it. */
  before: Funding | null;
}

export function fundingPage(
  db: ReadableDb,
  request: ExportRequest,
  cursor: string | null,
): ExportPage {
  const begun = cursor === null ? null : cursorParts(cursor, 6);
  const bound = begun === null ? newestObservation(db) : known(begun[0]);
  const span = historySpan(request, bound);
  const scan: Scan = { rows: [], before: fundingIn(begun?.[4] ?? null, begun?.[5] ?? null) };
  let place = begun === null ? FIRST : { fromMs: known(begun[2]), tie: known(begun[3]) };
  let left = READ_ROWS;
  let next: string | null = null;
  for (const vault of exportedVaults(db, request.vaultIds)) {
    if (begun !== null && vault.no < known(begun[1])) continue;
    const wanted = Math.min(left, PAGE_ROWS - scan.rows.length);
    const found = historyAfter(db, vault.no, span, place, wanted);
    found.forEach((row) => take(scan, vault, row, span));
    left -= found.length;
    const last = found.at(-1);
    if (last !== undefined && found.length === wanted) {
      const { settled = null, unsettled = null } = scan.before ?? {};
      next = cursorText([bound, vault.no, last.fromMs, last.tie, settled, unsettled]);
      break;
    }
    place = FIRST;
    scan.before = null;
  }
  return { columns: columnNames('funding'), rows: scan.rows, next, total: null };
}

function take(scan: Scan, vault: ExportedVault, row: HistoryRow, span: HistorySpan): void {
  const now = fundingIn(row.cumulativeFunding, row.unsettledFunding);
  // Not recorded then: it says nothing of a change.
  if (now === null) return;
  const { before } = scan;
  scan.before = now;
  const changed =
    before === null || before.settled !== now.settled || before.unsettled !== now.unsettled;
  if (!changed || row.fromMs < span.fromMs) return;
  const sum = now.settled + now.unsettled;
  scan.rows.push([
    ...vault.cells,
    ...timeCells(row.fromMs),
    wholeCell(row.slot),
    usdCell(now.settled),
    usdCell(now.unsettled),
    usdCell(sum),
    usdCell(before === null ? null : sum - before.settled - before.unsettled),
  ]);
}

function fundingIn(settled: bigint | null, unsettled: bigint | null): Funding | null {
  return settled === null || unsettled === null ? null : { settled, unsettled };
}
