import type { ReactVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef, useState } from 'react';
import type { TableLines } from './table-column.ts';

const PAGE = 12;
/** How far a row may have moved and still be found again. */
const NEAR = 300;

/**
 * One row at a time is in the tab order; keys move it, also to rows that are not drawn yet. It stays with its row when
 * the list moves.
 * @param beginAt key of the row that has the focus at once; null: none
 */
export function useTableFocus<Row>(
  lines: TableLines<Row>,
  virtual: ReactVirtualizer<HTMLDivElement, Element>,
  beginAt: string | null,
) {
  const [returnedTo] = useState(() => (beginAt === null ? null : indexOf(lines, beginAt, 0)));
  const [focus, setFocus] = useState(() => ({ index: returnedTo ?? 0, key: beginAt }));
  const wanted = useRef<number | null>(returnedTo);
  const followed = follow(lines, focus);
  const tabbableIndex = nearestRow(lines, followed, 1) ?? nearestRow(lines, followed, -1) ?? 0;

  useEffect(() => {
    if (returnedTo !== null) virtual.scrollToIndex(returnedTo);
  }, [returnedTo, virtual]);

  // After every render: the wanted row may be drawn only once the list has scrolled to it.
  useEffect(() => {
    if (wanted.current === null) return;
    const row = virtual.scrollElement?.querySelector<HTMLElement>(
      `[data-line="${wanted.current}"]`,
    );
    if (row === null || row === undefined) return;
    wanted.current = null;
    row.focus({ preventScroll: true });
  });

  const setIndex = (index: number) => {
    const { key } = lines.at(index);
    if (index !== focus.index || key !== focus.key) setFocus({ index, key });
  };
  /** The index moved to; null where the key moves nothing or there is no row on that side. */
  const move = (key: string): number | null => {
    const way = MOVES[key];
    if (way === undefined) return null;
    const to = nearestRow(lines, way.to(tabbableIndex, lines.count), way.direction);
    if (to === null) return null;
    setIndex(to);
    wanted.current = to;
    virtual.scrollToIndex(to);
    return to;
  };
  return { tabbableIndex, setIndex, move };
}

interface Move {
  readonly direction: 1 | -1;
  readonly to: (from: number, count: number) => number;
}

const MOVES: Readonly<Record<string, Move>> = {
  ArrowDown: { direction: 1, to: (from) => from + 1 },
  ArrowUp: { direction: -1, to: (from) => from - 1 },
  PageDown: { direction: -1, to: (from, count) => Math.min(count - 1, from + PAGE) },
  PageUp: { direction: 1, to: (from) => Math.max(0, from - PAGE) },
  Home: { direction: 1, to: () => 0 },
  End: { direction: -1, to: (_, count) => count - 1 },
};

export const isMoveKey = (key: string): boolean => key in MOVES;

function follow<Row>(
  lines: TableLines<Row>,
  { index, key }: { readonly index: number; readonly key: string | null },
): number {
  const last = Math.max(0, lines.count - 1);
  if (key === null || (index <= last && lines.at(index).key === key)) return Math.min(index, last);
  return indexOf(lines, key, index) ?? Math.min(index, last);
}

function indexOf<Row>(lines: TableLines<Row>, key: string, around: number): number | null {
  const first = Math.max(0, around - NEAR);
  const last = Math.min(lines.count - 1, around === 0 ? lines.count - 1 : around + NEAR);
  for (let index = first; index <= last; index += 1) {
    if (lines.at(index).key === key) return index;
  }
  return null;
}

/** The row at `from`, or the next one in the direction: headings are skipped. */
function nearestRow<Row>(lines: TableLines<Row>, from: number, direction: 1 | -1): number | null {
  for (let index = from; index >= 0 && index < lines.count; index += direction) {
    if (lines.at(index).kind !== 'heading') return index;
  }
  return null;
}
