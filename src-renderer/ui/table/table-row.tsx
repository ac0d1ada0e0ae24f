import { memo, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import type { TableColumn } from './table-column.ts';

/** What a row carries besides its cells. */
export interface RowMarks {
  readonly className?: string;
  readonly 'data-testid'?: string;
  readonly [attribute: `data-${string}`]: string | number | boolean | undefined;
}

/** One object for the life of the table, so that a row is drawn again only for its own sake. */
export interface RowActs {
  click(index: number, event: MouseEvent): void;
  focus(index: number): void;
  key(index: number, event: KeyboardEvent): void;
  toggle(index: number, event: MouseEvent): void;
  measure(element: HTMLElement | null): void;
}

export interface TableRowProps<Row> {
  readonly row: Row;
  readonly index: number;
  readonly columns: readonly TableColumn<Row>[];
  readonly marksOf: (row: Row) => RowMarks;
  readonly acts: RowActs;
  readonly start: number;
  /** Null: as high as what is in it. */
  readonly size: number | null;
  readonly tabbable: boolean;
  /** Null: rows cannot be chosen. */
  readonly chosen: boolean | null;
}

function PlainRow<Row>(props: TableRowProps<Row>) {
  const { row, index, columns, marksOf, acts, start, size, tabbable, chosen } = props;
  const { className = '', ...marks } = marksOf(row);
  return (
    <div
      {...marks}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen ?? undefined}
      data-line={index}
      data-index={index}
      ref={size === null ? acts.measure : undefined}
      className={`dt-row dt-line ${className}`}
      style={{ transform: `translateY(${start}px)`, ...(size !== null && { height: size }) }}
      tabIndex={tabbable ? 0 : -1}
      onMouseDown={keepTextUnmarked}
      onClick={(event) => acts.click(index, event)}
      onFocus={() => acts.focus(index)}
      onKeyDown={(event) => acts.key(index, event)}
    >
      {chosen !== null && (
        <CheckCell chosen={chosen} onToggle={(event) => acts.toggle(index, event)} />
      )}
      {columns.map((column) => (
        <Cell key={column.id} column={column}>
          {column.cell(row)}
        </Cell>
      ))}
    </div>
  );
}

/** Shift chooses rows here; the browser would mark the words between them. */
function keepTextUnmarked(event: MouseEvent<HTMLElement>): void {
  if (!event.shiftKey) return;
  event.preventDefault();
  event.currentTarget.focus({ preventScroll: true });
}

export const TableRow = memo(PlainRow) as typeof PlainRow;

interface CheckCellProps {
  readonly chosen: boolean;
  readonly onToggle: (event: MouseEvent) => void;
}

/** For the mouse: the keyboard has Space, a screen reader the row's own state. */
function CheckCell({ chosen, onToggle }: CheckCellProps) {
  return (
    <div role="gridcell" className="dt-cell dt-check-cell">
      <button
        type="button"
        className="dt-check"
        data-chosen={chosen}
        tabIndex={-1}
        aria-label={chosen ? 'Chosen' : 'Not chosen'}
        onClick={onToggle}
      />
    </div>
  );
}

function Cell<Row>({ column, children }: { column: TableColumn<Row>; children: ReactNode }) {
  const { numeric, className = '', testId } = column;
  return (
    <div
      role="gridcell"
      className={`dt-cell ${numeric === true ? 'num' : ''} ${className}`}
      data-testid={testId}
    >
      {children}
    </div>
  );
}
