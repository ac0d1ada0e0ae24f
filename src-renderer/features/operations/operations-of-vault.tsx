import './operations.css';
import type { VaultId } from '#domain/ids.ts';
import { useTableSetup } from '#renderer/stores/table-setup.ts';
import { ColumnMenu } from '#renderer/ui/table/column-menu.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { operationColumns } from './operation-columns.tsx';
import { OperationFilters } from './operation-filters.tsx';
import { OperationTable } from './operation-table.tsx';
import { countText } from './operations-screen.tsx';
import { useOperationFilter } from './use-operation-filter.ts';
import { useOperationList } from './use-operation-list.ts';

const COLUMNS = operationColumns(null);

/** One vault's part of the journal, whole; as high as its lines, up to a limit. */
export function OperationsOfVault({ vaultId }: { readonly vaultId: VaultId }) {
  const { choice, filter, narrowed, change, widen } = useOperationFilter(vaultId);
  const [setup, setSetup] = useTableSetup('operations-of-vault');
  const list = useOperationList(filter, setup.sort);
  return (
    <div className="operations-of-vault" data-testid={TEST_IDS.operations}>
      <div className="dt-tools">
        <OperationFilters choice={choice} onChange={change} ofOneVault />
        <span className="spacer" />
        {list.total !== null && <span className="dt-count">{countText(list.total)}</span>}
        <ColumnMenu columns={COLUMNS} setup={setup} onSetup={setSetup} />
      </div>
      <OperationTable
        list={list}
        columns={COLUMNS}
        setup={setup}
        onSetup={setSetup}
        narrowed={narrowed}
        onWiden={widen}
        empty={<p className="panel-empty">No money has been moved in or out yet.</p>}
      />
    </div>
  );
}
