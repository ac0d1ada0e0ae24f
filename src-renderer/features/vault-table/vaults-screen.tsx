import { FolderPlus, Plus, RefreshCw } from 'lucide-react';
import { useMemo, useState } from 'react';
import { VaultTotalsStrip } from '#renderer/features/totals/totals-strip.tsx';
import { command } from '#renderer/stores/commands.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { formatInteger } from '#renderer/ui/format.ts';
import { useTableSetup } from '#renderer/stores/table-setup.ts';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { EmptyState } from '#renderer/ui/states.tsx';
import { ColumnMenu } from '#renderer/ui/table/column-menu.tsx';
import { FilterBox } from '#renderer/ui/table/filter-box.tsx';
import type { TableSetup } from '#renderer/ui/table/table-column.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { VaultRow } from './columns.ts';
import { passesFilter, type VaultScope } from './table-lines.ts';
import { useVaultRows } from './use-vault-rows.ts';
import { VAULT_TABLE_COLUMNS } from './vault-columns.tsx';
import { VaultTable } from './vault-table.tsx';

/** Totals, then every vault by engine. */
export function VaultsScreen() {
  const rows = useVaultRows();
  const [setup, setSetup] = useTableSetup('vaults');
  const [scope, setScope] = useState<VaultScope>('all');
  const [query, setQuery] = useState('');
  const [noRoom, setNoRoom] = useState<readonly string[]>([]);
  const shown = useMemo(
    () => rows.filter((row) => passesFilter(row, scope, query)),
    [rows, scope, query],
  );
  return (
    <main className="screen screen-table">
      <h1 className="visually-hidden">Vaults</h1>
      <VaultTotalsStrip />
      <div className="dt-tools">
        {rows.length > 0 && (
          <>
            <Segmented
              label="Which vaults"
              value={scope}
              options={scopesOf(rows)}
              onChange={setScope}
            />
            <FilterBox
              label="Filter vaults"
              value={query}
              onChange={setQuery}
              testId={TEST_IDS.vaultFilter}
            />
          </>
        )}
        <span className="spacer" />
        {rows.length > 0 && (
          <ColumnMenu
            columns={VAULT_TABLE_COLUMNS}
            setup={setup}
            onSetup={setSetup}
            noRoom={noRoom}
          />
        )}
        {rows.length > 0 && <SyncAll />}
        {rows.length > 0 && (
          <Button
            icon={<FolderPlus size={14} aria-hidden />}
            data-testid={TEST_IDS.newSubAccount}
            onClick={() => openDialog({ kind: 'create-sub-account' })}
          >
            New sub-account
          </Button>
        )}
        <Button
          tone="primary"
          icon={<Plus size={15} aria-hidden />}
          data-testid={TEST_IDS.addVault}
          onClick={() => openDialog({ kind: 'create-vault' })}
        >
          Add vault
        </Button>
      </div>
      <VaultList
        rows={rows}
        shown={shown}
        scope={scope}
        setup={setup}
        onSetup={setSetup}
        onNoRoom={setNoRoom}
      />
    </main>
  );
}

interface VaultListProps {
  readonly rows: readonly VaultRow[];
  readonly shown: readonly VaultRow[];
  readonly scope: VaultScope;
  readonly setup: TableSetup;
  readonly onSetup: (setup: TableSetup) => void;
  readonly onNoRoom: (ids: readonly string[]) => void;
}

function VaultList({ rows, shown, scope, ...table }: VaultListProps) {
  // Only what has been put away is no vault to look at.
  const isBare = rows.every(({ view }) => view.vault.archivedAtMs !== null);
  if (isBare && scope !== 'archived') return <NoVaults />;
  if (shown.length > 0) return <VaultTable rows={shown} {...table} />;
  return (
    <EmptyState
      title="No vault matches"
      text={
        scope === 'attention'
          ? 'Every vault is verified and may trade.'
          : 'Change the filter to see others.'
      }
    />
  );
}

function scopesOf(rows: readonly VaultRow[]) {
  const count = (scope: VaultScope) => rows.filter((row) => passesFilter(row, scope, '')).length;
  const option = (value: VaultScope, label: string) => ({
    value,
    label: `${label} ${formatInteger(count(value))}`,
  });
  const archived = count('archived') > 0 ? [option('archived', 'Archived')] : [];
  return [
    option('all', 'All'),
    option('paper', 'Paper'),
    option('onChain', 'On chain'),
    option('attention', 'Needs attention'),
    ...archived,
  ];
}

function SyncAll() {
  const [busy, setBusy] = useState(false);
  const syncAll = async () => {
    setBusy(true);
    const answer = await command('The vaults could not be synced', 'vault.syncNow', {
      vaultId: null,
    });
    setBusy(false);
    if (answer === null) return;
    const { verified, failed } = answer;
    showToast(
      failed === 0 ? 'good' : 'bad',
      failed === 0 ? `${verified} verified` : `${failed} failed, ${verified} verified`,
    );
  };
  return (
    <Button
      busy={busy}
      icon={<RefreshCw size={14} aria-hidden />}
      data-testid={TEST_IDS.syncAll}
      onClick={() => void syncAll()}
    >
      Sync all
    </Button>
  );
}

function NoVaults() {
  return (
    <EmptyState
      title="No vaults yet"
      text="A vault is the money of one trading engine: on paper, or one Drift sub-account. Start with a paper vault; nothing real can be lost."
      testId={TEST_IDS.deskEmpty}
      action={
        <Button
          tone="primary"
          icon={<Plus size={15} aria-hidden />}
          onClick={() => openDialog({ kind: 'create-vault' })}
        >
          Add the first vault
        </Button>
      }
    />
  );
}
