import { ChevronDown, ChevronUp } from 'lucide-react';
import { nextSort, type TableColumn, type TableSort } from './table-column.ts';

export interface TableHeaderProps<Row> {
  readonly columns: readonly TableColumn<Row>[];
  readonly sort: TableSort | null;
  readonly onSort: (sort: TableSort | null) => void;
  /** Null: rows cannot be chosen. */
  readonly chosen: 'none' | 'some' | 'all' | null;
  readonly onChooseAll: () => void;
  readonly onChooseNone: () => void;
}

/** The columns' names; a press on one sorts by it. */
export function TableHeader<Row>(props: TableHeaderProps<Row>) {
  const { columns, sort, onSort, chosen, onChooseAll, onChooseNone } = props;
  return (
    <div role="row" aria-rowindex={1} className="dt-row dt-header">
      {chosen !== null && (
        <div role="columnheader" className="dt-cell dt-check-cell">
          <input
            type="checkbox"
            className="dt-check"
            aria-label="Choose all rows"
            title="Choose all rows (Ctrl+A)"
            tabIndex={-1}
            checked={chosen === 'all'}
            ref={(box) => {
              if (box !== null) box.indeterminate = chosen === 'some';
            }}
            onChange={() => (chosen === 'none' ? onChooseAll() : onChooseNone())}
          />
        </div>
      )}
      {columns.map((column) => (
        <HeaderCell key={column.id} column={column} sort={sort} onSort={onSort} />
      ))}
    </div>
  );
}

interface HeaderCellProps<Row> {
  readonly column: TableColumn<Row>;
  readonly sort: TableSort | null;
  readonly onSort: (sort: TableSort | null) => void;
}

function HeaderCell<Row>({ column, sort, onSort }: HeaderCellProps<Row>) {
  const { id, label, title, numeric, sortable } = column;
  const sorted = sort?.column === id ? sort : null;
  const direction = sorted === null ? 'none' : sorted.descending ? 'descending' : 'ascending';
  return (
    <div
      role="columnheader"
      aria-sort={sortable ? direction : undefined}
      className={numeric === true ? 'dt-cell num' : 'dt-cell'}
    >
      {sortable ? (
        <button
          type="button"
          className="dt-sort"
          title={title}
          data-column={id}
          onClick={() => onSort(nextSort(id, sort))}
        >
          {label}
          {direction === 'ascending' && <ChevronUp size={12} aria-hidden />}
          {direction === 'descending' && <ChevronDown size={12} aria-hidden />}
        </button>
      ) : (
        <span className="dt-label" title={title}>
          {label}
        </span>
      )}
    </div>
  );
}
