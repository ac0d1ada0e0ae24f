import { useMemo, useState } from 'react';
import {
  extendTo,
  NOTHING_SELECTED,
  retain,
  selectAll,
  toggle,
  type Selection,
} from './selection.ts';
import type { TableLines } from './table-column.ts';

export interface TableSelection<Row> {
  readonly keys: ReadonlySet<string>;
  readonly toggle: (index: number) => void;
  readonly extendTo: (index: number, from: number) => void;
  readonly all: () => void;
  readonly clear: () => void;
  /** Those that are chosen, in the list's order, as they stand now. */
  readonly rows: () => readonly Row[];
}

/** @param complete every row of the list is in `lines`: what is not there has gone. */
export function useTableSelection<Row>(
  lines: TableLines<Row>,
  complete: boolean,
): TableSelection<Row> {
  const [chosen, setChosen] = useState<Selection>(NOTHING_SELECTED);
  /** Rows of a list that is read in pages stay chosen when they go out of view. */
  const [seen] = useState(() => new Map<string, Row>());
  const selection = useMemo(() => {
    if (!complete || chosen.keys.size === 0) return chosen;
    const there = new Set(orderOf(lines));
    return retain(chosen, (key) => there.has(key));
  }, [lines, chosen, complete]);

  const choose = (next: Selection) => {
    if (!complete) {
      seen.clear();
      for (const { key, row } of rowsOf(lines, next.keys)) seen.set(key, row);
    }
    setChosen(next);
  };
  const keyAt = (index: number): string | null => {
    const line = lines.at(index);
    return line.kind === 'row' ? line.key : null;
  };
  return {
    keys: selection.keys,
    toggle(index) {
      const key = keyAt(index);
      if (key !== null) choose(toggle(selection, key));
    },
    extendTo(index, from) {
      const key = keyAt(index);
      if (key === null) return;
      const anchored =
        selection.anchor === null ? { ...selection, anchor: keyAt(from) } : selection;
      choose(extendTo(anchored, key, orderOf(lines)));
    },
    all: () => choose(selectAll(selection, orderOf(lines))),
    clear: () => setChosen(NOTHING_SELECTED),
    rows() {
      const now = rowsOf(lines, selection.keys);
      const there = new Set(now.map(({ key }) => key));
      const out = [...seen].filter(([key]) => selection.keys.has(key) && !there.has(key));
      return [...now.map(({ row }) => row), ...out.map(([, row]) => row)];
    },
  };
}

function orderOf<Row>(lines: TableLines<Row>): readonly (string | null)[] {
  return Array.from({ length: lines.count }, (_, index) => {
    const line = lines.at(index);
    return line.kind === 'row' ? line.key : null;
  });
}

function rowsOf<Row>(lines: TableLines<Row>, keys: ReadonlySet<string>) {
  const found: { readonly key: string; readonly row: Row }[] = [];
  for (let index = 0; index < lines.count && found.length < keys.size; index += 1) {
    const line = lines.at(index);
    if (line.kind === 'row' && keys.has(line.key)) found.push(line);
  }
  return found;
}
