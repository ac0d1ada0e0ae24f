import type { TableLine, TableLines } from './table-column.ts';

/** Lines of a list that is read in pages: those not read yet are there, and wait. */
export function pagedLines<Row>(
  total: number,
  rowAt: (index: number) => Row | undefined,
  keyOf: (row: Row) => string,
): TableLines<Row> {
  return {
    count: total,
    alike: true,
    at(index): TableLine<Row> {
      const row = rowAt(index);
      return row === undefined
        ? { kind: 'waiting', key: `waiting/${index}` }
        : { kind: 'row', key: keyOf(row), row };
    },
  };
}
