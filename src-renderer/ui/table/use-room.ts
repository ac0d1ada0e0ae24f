import { useLayoutEffect, useMemo, useState, type CSSProperties, type RefObject } from 'react';
import type { TableColumn } from './table-column.ts';

const CHECK_PX = 34;

/**
 * The columns for which there is room: the least important leave, so that nothing has to be scrolled sideways for.
 * @param style where the widths are that the columns name as variables
 */
export function useRoom<Row>(
  scroller: RefObject<HTMLElement | null>,
  columns: readonly TableColumn<Row>[],
  style: CSSProperties | undefined,
  choosable: boolean,
): readonly TableColumn<Row>[] {
  const [roomPx, setRoomPx] = useState(0);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null || typeof ResizeObserver === 'undefined') return undefined;
    const measure = () => setRoomPx(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);
  const room = roomPx - (choosable ? CHECK_PX : 0);
  // The same list as long as the same columns stay: a figure that grows by a digit draws no row anew.
  const kept = columnsWithin(room, columns, style)
    .map(({ id }) => id)
    .join(' ');
  return useMemo(() => {
    const ids = new Set(kept.split(' '));
    return columns.filter(({ id }) => ids.has(id));
  }, [columns, kept]);
}

/** All of them where the room is not known. Those that never leave stay, and scroll if need be. */
export function columnsWithin<Row>(
  roomPx: number,
  columns: readonly TableColumn<Row>[],
  style: CSSProperties | undefined,
): readonly TableColumn<Row>[] {
  if (roomPx <= 0) return columns;
  const widthOf = ({ width }: TableColumn<Row>): number => pixels(width, style);
  let left = columns;
  const leaving = columns
    .filter(({ leaves }) => leaves !== undefined)
    .toSorted((one, other) => (one.leaves ?? 0) - (other.leaves ?? 0));
  for (const column of leaving) {
    if (left.reduce((sum, each) => sum + widthOf(each), 0) <= roomPx) break;
    left = left.filter((each) => each !== column);
  }
  return left;
}

/** Of `92px` or `var(--name)`. */
function pixels(width: string, style: CSSProperties | undefined): number {
  const name = /^var\((--[\w-]+)\)$/.exec(width)?.[1];
  const length =
    name === undefined ? width : (style as Readonly<Record<string, string>> | undefined)?.[name];
  return Number.parseFloat(length ?? '0');
}
