import './table.css';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, type CSSProperties } from 'react';
import { RowMenu } from './row-menu.tsx';
import { SelectionBar } from './selection-bar.tsx';
import type { TableAction } from './table-action.ts';
import {
  shownColumns,
  type TableColumn,
  type TableLines,
  type TableSetup,
} from './table-column.ts';
import { TableHeader } from './table-header.tsx';
import { TableRow, type RowMarks } from './table-row.tsx';
import { useEnterByArrow } from './use-enter-by-arrow.ts';
import { useLeaveSelection } from './use-leave-selection.ts';
import { useRoom } from './use-room.ts';
import { useRowActs } from './use-row-acts.ts';
import { useTableFocus } from './use-table-focus.ts';
import { useTableSelection } from './use-table-selection.ts';

export interface DataTableProps<Row> {
  readonly label: string;
  /** In their order; the setup hides some. */
  readonly columns: readonly TableColumn<Row>[];
  readonly lines: TableLines<Row>;
  readonly setup: TableSetup;
  readonly onSetup: (setup: TableSetup) => void;
  readonly marksOf: (row: Row) => RowMarks;
  readonly onOpen: (row: Row) => void;
  /** What can be done with these rows: never with none. Absent: rows cannot be chosen. */
  readonly actionsFor?: (rows: readonly Row[]) => readonly TableAction[];
  /** Keys of this table's own, by `event.key` in lower case, on the row in focus. */
  readonly keys?: Readonly<Record<string, (row: Row) => void>>;
  /** In pixels; null: each row as high as what is in it. */
  readonly rowHeight: number | null;
  readonly headingHeight?: number;
  /** Every row of the list is in `lines`. */
  readonly complete?: boolean;
  /** Which rows are in view, for a list that is read in pages. */
  readonly onView?: (first: number, last: number) => void;
  /** The row that has the focus at once, for instance because its page was just left. */
  readonly beginAt?: string | null;
  /** Goes back to the top when it changes: another filter, another order. */
  readonly question?: string;
  readonly style?: CSSProperties;
  /** The rows answer an older question. */
  readonly outdated?: boolean;
  readonly testId?: string;
  readonly onScrolled?: (fromTop: number) => void;
  /** Ids of the chosen columns that find no room at this width. */
  readonly onNoRoom?: (ids: readonly string[]) => void;
}

const GUESSED_HEIGHT = 76;
const HEADER_ROWS = 1;

const placeOf = (index: number): number => index;

/** A list of rows of any length: only what is in view is drawn. */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { lines, setup, onSetup, rowHeight, headingHeight = 34, complete = true } = props;
  const { actionsFor, onView, onScrolled, onNoRoom, question } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const alike = lines.alike === true && rowHeight !== null;
  const keyAt = useCallback((index: number) => lines.at(index).key, [lines]);
  const virtual = useVirtualizer({
    count: lines.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) =>
      !alike && lines.at(index).kind === 'heading' ? headingHeight : (rowHeight ?? GUESSED_HEIGHT),
    // Another function has every line measured anew: a hundred thousand are not, for a page that came.
    getItemKey: alike ? placeOf : keyAt,
    overscan: 6,
    // Scrolling is drawn when there is time: rows that come late are better than a wheel that stops.
    useFlushSync: false,
  });
  const wanted = useMemo(() => shownColumns(props.columns, setup), [props.columns, setup]);
  const selection = useTableSelection(lines, complete);
  const focus = useTableFocus(lines, virtual, props.beginAt ?? null);
  const acts = useRowActs({ props, columns: wanted, selection, focus, virtual });
  const choosable = actionsFor !== undefined;
  const columns = useRoom(scroller, wanted, props.style, choosable);
  useEffect(() => {
    onNoRoom?.(wanted.filter((column) => !columns.includes(column)).map(({ id }) => id));
  }, [onNoRoom, wanted, columns]);
  useEnterByArrow(scroller);
  useLeaveSelection(scroller, selection.keys.size > 0, selection.clear);

  const items = virtual.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => onView?.(first, last), [onView, first, last]);
  const asked = useRef(question);
  useEffect(() => {
    if (asked.current === question) return;
    asked.current = question;
    scroller.current?.scrollTo?.({ top: 0 });
  }, [question]);
  useEffect(() => virtual.measure(), [virtual, rowHeight]);

  const chosenState =
    selection.keys.size === 0 ? 'none' : selection.keys.size < lines.count ? 'some' : 'all';
  return (
    <div className="dt-frame">
      <RowMenu actionsFor={acts.menuFor}>
        <div
          className={`dt-scroll ${props.outdated === true ? 'dt-outdated' : ''}`}
          ref={scroller}
          aria-busy={props.outdated}
          onScroll={(event) => onScrolled?.(event.currentTarget.scrollTop)}
        >
          <div
            role="grid"
            aria-label={props.label}
            aria-rowcount={lines.count + HEADER_ROWS}
            aria-colcount={columns.length + (choosable ? 1 : 0)}
            aria-multiselectable={choosable || undefined}
            className="dt"
            style={{ ...props.style, ...trackStyle(columns, choosable) }}
            data-testid={props.testId}
          >
            <div role="rowgroup" className="dt-head">
              <TableHeader
                columns={columns}
                sort={setup.sort}
                onSort={(sort) => onSetup({ ...setup, sort })}
                chosen={choosable ? chosenState : null}
                onChooseAll={selection.all}
                onChooseNone={selection.clear}
              />
            </div>
            <div role="rowgroup" className="dt-body" style={{ height: virtual.getTotalSize() }}>
              {items.map(({ index, start, size }) => {
                const line = lines.at(index);
                const { key } = line;
                if (line.kind === 'row') {
                  return (
                    <TableRow
                      key={key}
                      row={line.row}
                      index={index}
                      columns={columns}
                      marksOf={props.marksOf}
                      acts={acts.rowActs}
                      start={start}
                      size={rowHeight === null ? null : size}
                      tabbable={focus.tabbableIndex === index}
                      chosen={choosable ? selection.keys.has(line.key) : null}
                    />
                  );
                }
                const place = { height: size, transform: `translateY(${start}px)` };
                const shared = { role: 'row', 'aria-rowindex': index + 2, style: place } as const;
                return line.kind === 'heading' ? (
                  <div key={key} {...shared} className="dt-heading">
                    <div role="gridcell" aria-colspan={columns.length} className="dt-heading-cell">
                      {line.content}
                    </div>
                  </div>
                ) : (
                  <div
                    key={key}
                    {...shared}
                    className="dt-line dt-waiting"
                    data-line={index}
                    tabIndex={-1}
                  >
                    <div role="gridcell" aria-colspan={columns.length} className="dt-waiting-cell">
                      <span className="visually-hidden">Loading…</span>
                    </div>
                  </div>
                );
              })}
            </div>
          </div>
        </div>
      </RowMenu>
      {choosable && selection.keys.size > 0 && (
        <SelectionBar
          count={selection.keys.size}
          actions={acts.chosenActions()}
          onClear={selection.clear}
        />
      )}
    </div>
  );
}

/** Each row is a grid of its own: the tracks are the same for all. */
function trackStyle<Row>(columns: readonly TableColumn<Row>[], choosable: boolean): CSSProperties {
  const grows = columns.some((column) => column.grows);
  const tracks = columns.map(({ width, grows: some }, index) =>
    some === true || (!grows && index === columns.length - 1) ? `minmax(${width}, 1fr)` : width,
  );
  const check = choosable ? ['var(--dt-check)'] : [];
  return {
    '--dt-tracks': [...check, ...tracks].join(' '),
    '--dt-width': `calc(${[...check, ...columns.map(({ width }) => width)].join(' + ')})`,
  } as CSSProperties;
}
