/** The text of an exported file, page by page. */
import { stringify } from 'csv-stringify/sync';
import type { ExportFormat, ExportRequest } from '#domain/data-export.ts';
import { EXPORT_COLUMNS } from '#domain/export-columns.ts';

type Row = readonly (string | null)[];

export interface FileText {
  readonly head: string;
  page(rows: readonly Row[]): string;
  readonly tail: string;
}

const PLAIN_NUMBER = /^-?\d+(\.\d+)?$/;
/** Beside what the package quotes by itself: of a line's end it looks for both signs together only. */
const QUOTED = /^$|[\r\n]/;
/** What a spreadsheet would compute; the last four are the same signs in full width. */
const FORMULA = /^[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20]/;

/** A text that a spreadsheet would take for a formula gets an apostrophe before it; a number stays a number. */
export function defused(cell: string): string {
  return FORMULA.test(cell) && !PLAIN_NUMBER.test(cell) ? `'${cell}` : cell;
}

export function fileTextOf(
  format: ExportFormat,
  request: ExportRequest,
  facts: { readonly appVersion: string; readonly writtenAtMs: number },
): FileText {
  return format === 'csv' ? csvText(request) : jsonText(request, facts);
}

/** RFC 4180 in UTF-8 with a byte order mark. A value that is not known is an empty cell, an empty text is `""`. */
function csvText({ subject }: ExportRequest): FileText {
  const lines = (rows: readonly Row[]): string =>
    stringify(
      rows.map((row) => row.map((cell) => (cell === null ? null : defused(cell)))),
      { record_delimiter: '\r\n', quoted_match: QUOTED },
    );
  return {
    head: `\uFEFF${lines([EXPORT_COLUMNS[subject].map(({ name }) => name)])}`,
    page: lines,
    tail: '',
  };
}

/** An object with what the file is, what its columns mean, and the rows, each an object. Amounts are texts: exact. */
function jsonText(
  { subject, vaultIds, fromMs, toMs }: ExportRequest,
  { appVersion, writtenAtMs }: { readonly appVersion: string; readonly writtenAtMs: number },
): FileText {
  const columns = EXPORT_COLUMNS[subject];
  const head = {
    format: 'keel-export',
    version: 1,
    subject,
    writtenBy: `Keel ${appVersion}`,
    writtenAt: new Date(writtenAtMs).toISOString(),
    from: fromMs === null ? null : new Date(fromMs).toISOString(),
    to: toMs === null ? null : new Date(toMs).toISOString(),
    vaults: vaultIds,
    columns,
  };
  const objectOf = (row: Row): string =>
    JSON.stringify(Object.fromEntries(columns.map(({ name }, at) => [name, row[at] ?? null])));
  let first = true;
  return {
    head: `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "rows": [`,
    page(rows) {
      const text = rows
        .map((row, index) => `${first && index === 0 ? '' : ','}\n    ${objectOf(row)}`)
        .join('');
      if (rows.length > 0) first = false;
      return text;
    },
    tail: '\n  ]\n}\n',
  };
}
