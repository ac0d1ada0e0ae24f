import type { ReactNode } from 'react';

/** One column of a table of `Row`s. */
export interface TableColumn<Row> {
  readonly id: string;
  readonly label: string;
  /** What it means, in one sentence. */
  readonly title: string;
  readonly numeric?: boolean;
  /** A CSS length that the column never goes below: `92px`, `var(--…)`. */
  readonly width: string;
  /** Takes what room is left over. */
  readonly grows?: boolean;
  /** Where there is no room for all: the lowest number goes first. Absent: it stays. */
  readonly leaves?: number;
  /** The trader cannot hide it. */
  readonly fixed?: boolean;
  readonly sortable: boolean;
  readonly cell: (row: Row) => ReactNode;
  /** What is copied of it: exact, not as rounded for the eye; null: not known. */
  readonly text: (row: Row) => string | null;
  readonly className?: string;
  readonly testId?: string;
}

export interface TableSort {
  readonly column: string;
  readonly descending: boolean;
}

/** What the trader has made of a table; kept with the desk's settings. */
export interface TableSetup {
  readonly hidden: readonly string[];
  readonly sort: TableSort | null;
}

/** A row of the list as it is drawn. */
export type TableLine<Row> =
  | { readonly kind: 'row'; readonly key: string; readonly row: Row }
  | { readonly kind: 'heading'; readonly key: string; readonly content: ReactNode }
  /** It is there, but it has not been read yet. */
  | { readonly kind: 'waiting'; readonly key: string };

/** The lines of a list, by index; many of them may never be read. */
export interface TableLines<Row> {
  readonly count: number;
  readonly at: (index: number) => TableLine<Row>;
  /** None is a heading: where one line stands does not depend on what is in the others. */
  readonly alike?: boolean;
}

export const linesOf = <Row>(lines: readonly TableLine<Row>[]): TableLines<Row> => ({
  count: lines.length,
  at: (index) => lines[index] ?? { kind: 'waiting', key: `waiting/${index}` },
});

/** The columns that are shown, in their order. */
export const shownColumns = <Row>(
  columns: readonly TableColumn<Row>[],
  { hidden }: TableSetup,
): readonly TableColumn<Row>[] =>
  columns.filter(({ id, fixed }) => fixed === true || !hidden.includes(id));

/** Ascending, descending, then the list's own order again. */
export function nextSort(column: string, sort: TableSort | null): TableSort | null {
  if (sort?.column !== column) return { column, descending: false };
  return sort.descending ? null : { column, descending: true };
}

/** Tab-separated, a line a row, under the columns' labels: what a spreadsheet takes from the clipboard. */
export function tabSeparated<Row>(
  columns: readonly TableColumn<Row>[],
  rows: readonly Row[],
): string {
  const line = (cells: readonly string[]) => cells.map(oneLine).join('\t');
  return [
    line(columns.map(({ label }) => label)),
    ...rows.map((row) => line(columns.map(({ text }) => text(row) ?? ''))),
  ].join('\n');
}

const oneLine = (text: string): string => text.replaceAll(/\s*[\t\r\n]+\s*/g, ' ');
