import './vault-table.css';
import { useTable, type SortingState } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { openVault, useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { useRowHeight } from '#renderer/stores/table-setup.ts';
import { observedMarks, standingOf } from '#renderer/ui/figure-standing.tsx';
import { DataTable } from '#renderer/ui/table/data-table.tsx';
import { linesOf, type TableSetup } from '#renderer/ui/table/table-column.ts';
import type { RowMarks } from '#renderer/ui/table/table-row.tsx';
import { TEST_IDS, vaultRowTestId } from '#renderer/ui/test-ids.ts';
import { columnWidths } from './column-widths.ts';
import { TABLE_FEATURES, VAULT_COLUMNS, type VaultRow } from './columns.ts';
import { EngineHeading } from './engine-heading.tsx';
import { linesByEngine } from './table-lines.ts';
import { vaultActions } from './vault-actions.ts';
import { VAULT_TABLE_COLUMNS } from './vault-columns.tsx';

export interface VaultTableProps {
  readonly rows: readonly VaultRow[];
  readonly setup: TableSetup;
  readonly onSetup: (setup: TableSetup) => void;
  readonly onNoRoom: (ids: readonly string[]) => void;
}

/** All vaults, one heading per engine. */
export function VaultTable({ rows, setup, onSetup, onNoRoom }: VaultTableProps) {
  const { sort } = setup;
  const sorting: SortingState = useMemo(
    () => (sort === null ? [] : [{ id: sort.column, desc: sort.descending }]),
    [sort],
  );
  const table = useTable({
    features: TABLE_FEATURES,
    columns: VAULT_COLUMNS,
    data: rows,
    state: { sorting },
  });
  const sorted = table.getRowModel().rows;
  const lines = useMemo(
    () =>
      linesOf(
        linesByEngine(sorted.map(({ original }) => original)).map((line) =>
          line.kind === 'engine'
            ? {
                kind: 'heading' as const,
                key: `engine/${line.engine}`,
                content: <EngineHeading line={line} />,
              }
            : { kind: 'row' as const, key: line.row.view.vault.id, row: line.row },
        ),
      ),
    [sorted],
  );
  const widths = useMemo(() => columnWidths(rows), [rows]);
  const [beginAt] = useState(() => useNavigationStore.getState().cameFrom);
  const rowHeight = useRowHeight();
  return (
    <DataTable
      label="Vaults by engine"
      columns={VAULT_TABLE_COLUMNS}
      lines={lines}
      setup={setup}
      onSetup={onSetup}
      marksOf={marksOf}
      onOpen={open}
      actionsFor={vaultActions}
      rowHeight={rowHeight}
      beginAt={beginAt}
      style={widths}
      onNoRoom={onNoRoom}
      testId={TEST_IDS.vaultTable}
    />
  );
}

const open = ({ view }: VaultRow): void => openVault(view.vault.id);

function marksOf({ view, health }: VaultRow): RowMarks {
  const grave = health === 'failing' || health === 'discrepant';
  return {
    ...observedMarks(standingOf(view, health)),
    className: `vt-vault ${health === 'fresh' ? '' : 'vt-old'} ${grave ? 'vt-grave' : ''}`,
    'data-testid': vaultRowTestId(view.vault.id),
  };
}
