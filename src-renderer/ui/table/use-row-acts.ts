import type { ReactVirtualizer } from '@tanstack/react-virtual';
import { Copy } from 'lucide-react';
import { useLayoutEffect, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { DataTableProps } from './data-table.tsx';
import type { TableAction } from './table-action.ts';
import { tabSeparated, type TableColumn } from './table-column.ts';
import type { RowActs } from './table-row.tsx';
import type { useTableFocus } from './use-table-focus.ts';
import { isMoveKey } from './use-table-focus.ts';
import type { TableSelection } from './use-table-selection.ts';

interface Parts<Row> {
  readonly props: DataTableProps<Row>;
  readonly columns: readonly TableColumn<Row>[];
  readonly selection: TableSelection<Row>;
  readonly focus: ReturnType<typeof useTableFocus>;
  readonly virtual: ReactVirtualizer<HTMLDivElement, Element>;
}

/** What pointer and keys do to a table's rows. */
export function useRowActs<Row>(parts: Parts<Row>) {
  const [kept] = useState(() => createRowActs(parts));
  useLayoutEffect(() => kept.take(parts));
  return {
    rowActs: kept.acts,
    chosenActions: () => withCopy(parts, parts.selection.rows()),
    /** For the row at the index: of all that are chosen if it is one of them, else of it alone. */
    menuFor(index: number): readonly TableAction[] {
      const { props, selection } = kept.now();
      const line = props.lines.at(index);
      if (line.kind !== 'row') return [];
      const rows = selection.keys.has(line.key) ? selection.rows() : [line.row];
      return withCopy(kept.now(), rows);
    },
  };
}

function withCopy<Row>(parts: Parts<Row>, rows: readonly Row[]): readonly TableAction[] {
  const copy: TableAction = {
    id: 'copy',
    label: rows.length === 1 ? 'Copy row' : `Copy ${rows.length} rows`,
    icon: Copy,
    act: () => copyRows(parts.columns, rows),
  };
  return [...(parts.props.actionsFor?.(rows) ?? []), copy];
}

const copyRows = <Row>(columns: readonly TableColumn<Row>[], rows: readonly Row[]): void =>
  void navigator.clipboard.writeText(tabSeparated(columns, rows));

/** The same acts for the life of the table, on its parts as they were drawn last. */
function createRowActs<Row>(first: Parts<Row>) {
  let now = first;
  const parts = () => now;
  const acts: RowActs = {
    click(index, event) {
      const { props, selection, focus } = parts();
      const line = props.lines.at(index);
      if (line.kind !== 'row') return;
      const chooses = props.actionsFor !== undefined;
      if (chooses && event.shiftKey) selection.extendTo(index, focus.tabbableIndex);
      else if (chooses && (event.ctrlKey || event.metaKey)) selection.toggle(index);
      else if (!isOwnClick(event)) props.onOpen(line.row);
    },
    focus: (index) => parts().focus.setIndex(index),
    toggle(index, event) {
      event.stopPropagation();
      const { selection, focus } = parts();
      if (event.shiftKey) selection.extendTo(index, focus.tabbableIndex);
      else selection.toggle(index);
    },
    measure: (element) => parts().virtual.measureElement(element),
    key(index, event) {
      // A control within the row has its own keys; the arrows still go from row to row.
      const within = event.target !== event.currentTarget;
      const own = parts().props.keys?.[event.key.toLowerCase()] !== undefined;
      if (within && !isMoveKey(event.key) && !own) return;
      if (actOfKey(parts(), index, event)) event.preventDefault();
    },
  };
  return { acts, now: parts, take: (next: Parts<Row>): void => void (now = next) };
}

/** A button or link in the row, or text being marked, is meant instead of the row. */
function isOwnClick({ target, currentTarget }: MouseEvent): boolean {
  const control = (target as Element).closest('button, a, input, select');
  return control !== null && currentTarget.contains(control);
}

/** Does what the key stands for; false where it stands for nothing. */
function actOfKey<Row>(parts: Parts<Row>, index: number, event: KeyboardEvent): boolean {
  const { props, selection, focus, columns } = parts;
  const line = props.lines.at(index);
  const chooses = props.actionsFor !== undefined;
  const control = event.ctrlKey || event.metaKey;
  if (isMoveKey(event.key) && !control && !event.altKey) {
    const to = focus.move(event.key);
    if (to !== null && event.shiftKey && chooses) selection.extendTo(to, index);
    return true;
  }
  if (control) {
    const key = event.key.toLowerCase();
    if (key === 'a' && chooses && !event.shiftKey) selection.all();
    else if (key === 'c' && !marksText() && line.kind === 'row') {
      copyRows(columns, selection.keys.size > 0 ? selection.rows() : [line.row]);
    } else return false;
    return true;
  }
  if (event.key === 'Escape' && selection.keys.size > 0) {
    selection.clear();
    return true;
  }
  if (line.kind !== 'row' || event.altKey) return false;
  if (event.key === 'Enter') props.onOpen(line.row);
  else if (event.key === ' ' && chooses) selection.toggle(index);
  else {
    const own = props.keys?.[event.key.toLowerCase()];
    if (own === undefined) return false;
    own(line.row);
  }
  return true;
}

const marksText = (): boolean => (globalThis.getSelection?.()?.toString() ?? '') !== '';
