import { useCallback, useMemo, type ReactNode } from 'react';
import type { OperationRow } from '#domain/operation-query.ts';
import { isFinal } from '#domain/capital-operation.ts';
import { openOperation } from '#renderer/stores/navigation-store.ts';
import { useRowHeight } from '#renderer/stores/table-setup.ts';
import { observedMarks } from '#renderer/ui/figure-standing.tsx';
import { DataTable } from '#renderer/ui/table/data-table.tsx';
import { ListStatus, NewRows } from '#renderer/ui/table/list-status.tsx';
import { pagedLines } from '#renderer/ui/table/paged-lines.ts';
import type { TableColumn, TableSetup } from '#renderer/ui/table/table-column.ts';
import type { RowMarks } from '#renderer/ui/table/table-row.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { operationActions } from './operation-actions.ts';
import type { OperationListData } from './use-operation-list.ts';

export interface OperationTableProps {
  readonly list: OperationListData;
  readonly columns: readonly TableColumn<OperationRow>[];
  readonly setup: TableSetup;
  readonly onSetup: (setup: TableSetup) => void;
  readonly narrowed: boolean;
  readonly onWiden: () => void;
  readonly empty: ReactNode;
}

/** Lines of the journal; a row opens the steps. */
export function OperationTable(props: OperationTableProps) {
  const { list, columns, setup, onSetup, narrowed, onWiden, empty } = props;
  const { rows, total, failure, outdated, rowAt, held, question } = list;
  const lines = useMemo(() => pagedLines(total ?? 0, rowAt, keyOf), [total, rowAt]);
  const onView = useCallback((first: number, last: number) => rows.want(first, last), [rows]);
  const rowHeight = useRowHeight();
  return (
    <ListStatus
      what="operations"
      total={total}
      failure={failure}
      narrowed={narrowed}
      onRetry={rows.retry}
      onWiden={onWiden}
      empty={empty}
    >
      <NewRows count={held.newer} onShow={held.moveOn} />
      <DataTable
        label="Operations"
        columns={columns}
        lines={lines}
        complete={false}
        setup={setup}
        onSetup={onSetup}
        marksOf={marksOf}
        onOpen={open}
        actionsFor={operationActions}
        rowHeight={rowHeight}
        onView={onView}
        onScrolled={held.onScrolled}
        question={question}
        outdated={outdated}
      />
    </ListStatus>
  );
}

const keyOf = ({ id }: OperationRow): string => id;
const open = ({ id }: OperationRow): void => openOperation(id);

/** Its value is of the moment when it was asked for, and never grows old. */
const marksOf = ({ id, state, createdAtMs }: OperationRow): RowMarks => ({
  ...observedMarks({ observedAtMs: createdAtMs, slot: null, health: 'fresh' }),
  className: isFinal(state) ? '' : 'is-open',
  'data-testid': TEST_IDS.operationRow,
  'data-state': state,
  'data-operation': id,
});
