import './operations.css';
import { FileDown, ListChecks } from 'lucide-react';
import { useMemo } from 'react';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { useStableVaultName } from '#renderer/stores/vault-names.ts';
import { useTableSetup } from '#renderer/stores/table-setup.ts';
import { Button } from '#renderer/ui/button.tsx';
import { formatInteger } from '#renderer/ui/format.ts';
import { ScreenHeader } from '#renderer/ui/screen-header.tsx';
import { EmptyState } from '#renderer/ui/states.tsx';
import { ColumnMenu } from '#renderer/ui/table/column-menu.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { operationColumns } from './operation-columns.tsx';
import { OperationFilters } from './operation-filters.tsx';
import { OperationTable } from './operation-table.tsx';
import { useOperationFilter } from './use-operation-filter.ts';
import { useOperationList } from './use-operation-list.ts';

/** Every capital operation of every vault, from the journal. */
export function OperationsScreen() {
  const { choice, filter, narrowed, change, widen } = useOperationFilter(null);
  const [setup, setSetup] = useTableSetup('operations');
  const list = useOperationList(filter, setup.sort);
  const nameOf = useStableVaultName();
  const columns = useMemo(() => operationColumns(nameOf), [nameOf]);
  return (
    <main className="screen screen-table" data-testid={TEST_IDS.operations}>
      <ScreenHeader
        title="Operations"
        note={list.total !== null && <span className="dt-count">{countText(list.total)}</span>}
        actions={
          <>
            <ColumnMenu columns={columns} setup={setup} onSetup={setSetup} />
            <Button
              icon={<FileDown size={14} aria-hidden />}
              onClick={() =>
                openDialog({ kind: 'export', subject: 'operations', vaultIds: filter.vaultIds })
              }
            >
              Export…
            </Button>
          </>
        }
      />
      <div className="dt-tools">
        <OperationFilters choice={choice} onChange={change} ofOneVault={false} />
      </div>
      <OperationTable
        list={list}
        columns={columns}
        setup={setup}
        onSetup={setSetup}
        narrowed={narrowed}
        onWiden={widen}
        empty={
          <EmptyState
            icon={<ListChecks size={22} aria-hidden />}
            title="No operation yet"
            text="Deposit, Withdraw and Transfer are on each vault’s page."
          />
        }
      />
    </main>
  );
}

export const countText = (total: number): string =>
  total === 1 ? '1 operation' : `${formatInteger(total)} operations`;
