import { readCsv } from '#test/unit/app/desk-files/read-csv.ts';

/** The rows of a CSV file as objects, by the names in its first line. @throws Error where a row has other cells */
export function readCsvRows(text: string): Record<string, string | null>[] {
  const [names = [], ...rows] = readCsv(text.replace(/^\uFEFF/, ''));
  return rows.map((row) => {
    if (row.length !== names.length) throw new Error(`${row.length} cells under ${names.length}`);
    return Object.fromEntries(row.map((cell, at) => [names[at] ?? '', cell]));
  });
}
