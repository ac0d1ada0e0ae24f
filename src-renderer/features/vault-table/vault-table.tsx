import './vault-table.css';
import { useTable, type SortingState } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronDown, ChevronUp } from 'lucide-react';
import { useMemo, useRef, useState, type KeyboardEvent } from 'react';
import { openVault } from '#renderer/stores/navigation-store.ts';
import { TEST_IDS, vaultRowTestId } from '#renderer/ui/test-ids.ts';
import { columnWidths } from './column-widths.ts';
import { COLUMN_TEXTS, TABLE_FEATURES, VAULT_COLUMNS, type VaultRow } from './columns.ts';
import { linesByEngine, type TableLine } from './table-lines.ts';
import { useRowFocus } from './use-row-focus.ts';
import { VaultCells } from './vault-row.tsx';

const ROW_HEIGHT = 36;
const HEADING_HEIGHT = 34;
const HEADER_ROWS = 1;

/** All vaults, one heading per engine; only the rows in view are drawn. */
export function VaultTable({ rows }: { readonly rows: readonly VaultRow[] }) {
  const [sorting, setSorting] = useState<SortingState>([]);
  const table = useTable({
    features: TABLE_FEATURES,
    columns: VAULT_COLUMNS,
    data: rows,
    state: { sorting },
    onSortingChange: setSorting,
  });
  const sorted = table.getRowModel().rows;
  const lines = useMemo(() => linesByEngine(sorted.map(({ original }) => original)), [sorted]);

  const widths = useMemo(() => columnWidths(rows), [rows]);
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === 'engine' ? HEADING_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => keyOf(lines[index], index),
    overscan: 12,
  });
  const focus = useRowFocus(lines, virtual);

  return (
    <div className="vt-scroll" ref={scroller}>
      <div
        role="grid"
        aria-label="Vaults by engine"
        aria-rowcount={lines.length + HEADER_ROWS}
        aria-colcount={COLUMN_TEXTS.length}
        className="vt"
        style={widths}
        data-testid={TEST_IDS.vaultTable}
      >
        <div role="rowgroup" className="vt-head">
          <HeaderRow sorting={sorting} onSort={setSorting} />
        </div>
        <div role="rowgroup" className="vt-body" style={{ height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map(({ index, start, size, key }) => (
            <Line
              key={key}
              line={lines[index]}
              index={index}
              style={{ height: size, transform: `translateY(${start}px)` }}
              tabbable={focus.tabbableIndex === index}
              onFocus={() => focus.setIndex(index)}
              onMove={focus.onKeyDown}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function keyOf(line: TableLine | undefined, index: number): string {
  if (line === undefined) return String(index);
  return line.kind === 'engine' ? `engine/${line.engine}` : line.row.view.vault.id;
}

interface HeaderRowProps {
  readonly sorting: SortingState;
  readonly onSort: (next: SortingState) => void;
}

function HeaderRow({ sorting, onSort }: HeaderRowProps) {
  const [sorted] = sorting;
  return (
    <div role="row" aria-rowindex={1} className="vt-row">
      {COLUMN_TEXTS.map(({ id, label, title, numeric }) => {
        const direction = sorted?.id === id ? (sorted.desc ? 'descending' : 'ascending') : 'none';
        return (
          <div
            key={id}
            role="columnheader"
            aria-sort={direction}
            className={numeric ? 'vt-cell num' : 'vt-cell'}
          >
            <button
              type="button"
              className="vt-sort"
              title={title}
              onClick={() => onSort(nextSorting(id, direction))}
            >
              {label}
              {direction === 'ascending' && <ChevronUp size={12} aria-hidden />}
              {direction === 'descending' && <ChevronDown size={12} aria-hidden />}
            </button>
          </div>
        );
      })}
    </div>
  );
}

/** Ascending, descending, then the trader's own order again. */
function nextSorting(id: string, direction: 'ascending' | 'descending' | 'none'): SortingState {
  if (direction === 'none') return [{ id, desc: false }];
  return direction === 'ascending' ? [{ id, desc: true }] : [];
}

interface LineProps {
  readonly line: TableLine | undefined;
  readonly index: number;
  readonly style: { readonly height: number; readonly transform: string };
  readonly tabbable: boolean;
  readonly onFocus: () => void;
  /** The keys that move the focus to another row. */
  readonly onMove: (event: KeyboardEvent) => void;
}

function Line({ line, index, style, tabbable, onFocus, onMove }: LineProps) {
  if (line === undefined) return null;
  const rowIndex = index + HEADER_ROWS + 1;
  if (line.kind === 'engine') {
    return (
      <div role="row" aria-rowindex={rowIndex} className="vt-engine" style={style}>
        <div role="gridcell" aria-colspan={COLUMN_TEXTS.length} className="vt-engine-cell">
          <span className="vt-engine-name">{line.engine}</span>
          <span className="faint">
            {line.vaults === 1 ? '1 vault' : `${line.vaults} vaults`}
            {line.activeName === null ? ' · none active' : ` · ${line.activeName} is active`}
          </span>
        </div>
      </div>
    );
  }
  const { view, health } = line.row;
  const open = () => openVault(view.vault.id);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open();
    } else onMove(event);
  };
  const old = health === 'fresh' ? '' : 'vt-old';
  const grave = health === 'failing' || health === 'discrepant' ? 'vt-grave' : '';
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      data-line={index}
      data-testid={vaultRowTestId(view.vault.id)}
      className={`vt-row vt-vault ${old} ${grave}`}
      style={style}
      tabIndex={tabbable ? 0 : -1}
      onClick={open}
      onFocus={onFocus}
      onKeyDown={onKeyDown}
    >
      <VaultCells row={line.row} />
    </div>
  );
}
