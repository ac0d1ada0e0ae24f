import { FolderPlus, Plus, RefreshCw, Search } from 'lucide-react';
import { useMemo, useState, type RefObject } from 'react';
import { VaultTotalsStrip } from '#renderer/features/totals/totals-strip.tsx';
import { command } from '#renderer/stores/commands.ts';
import { openDialog } from '#renderer/stores/navigation-store.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { Button } from '#renderer/ui/button.tsx';
import { Segmented } from '#renderer/ui/segmented.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import type { VaultRow } from './columns.ts';
import { passesFilter, type VaultScope } from './table-lines.ts';
import { TryIt } from './try-it.tsx';
import { useVaultRows } from './use-vault-rows.ts';
import { VaultTable } from './vault-table.tsx';

export interface VaultsScreenProps {
  /** So that a key can reach the filter from anywhere. */
  readonly filterRef: RefObject<HTMLInputElement | null>;
}

/** The first screen: totals, then every vault by engine. */
export function VaultsScreen({ filterRef }: VaultsScreenProps) {
  const rows = useVaultRows();
  const [scope, setScope] = useState<VaultScope>('all');
  const [query, setQuery] = useState('');
  const shown = useMemo(
    () => rows.filter((row) => passesFilter(row, scope, query)),
    [rows, scope, query],
  );
  return (
    <main className="screen">
      <h1 className="visually-hidden">Vaults</h1>
      <VaultTotalsStrip />
      <div className="vaults-bar">
        {rows.length > 0 && (
          <>
            <Segmented
              label="Which vaults"
              value={scope}
              options={scopesOf(rows)}
              onChange={setScope}
            />
            <FilterBox query={query} onChange={setQuery} inputRef={filterRef} />
          </>
        )}
        <span className="spacer" />
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
      <VaultList rows={rows} shown={shown} scope={scope} />
      {isFirstSteps(rows) && <TryIt />}
    </main>
  );
}

const FEW_VAULTS = 4;

/** Little, and none of it real or in trouble: the moment to learn by trying. */
const isFirstSteps = (rows: readonly VaultRow[]): boolean =>
  rows.length > 0 &&
  rows.length <= FEW_VAULTS &&
  rows.every(({ money, health }) => money !== 'live' && health === 'fresh');

interface VaultListProps {
  readonly rows: readonly VaultRow[];
  readonly shown: readonly VaultRow[];
  readonly scope: VaultScope;
}

function VaultList({ rows, shown, scope }: VaultListProps) {
  if (rows.length === 0) return <NoVaults />;
  if (shown.length > 0) return <VaultTable rows={shown} />;
  return (
    <div className="empty-state">
      <h2>No vault matches</h2>
      <p>
        {scope === 'attention'
          ? 'Every vault is verified and may trade.'
          : 'Change the filter to see others.'}
      </p>
    </div>
  );
}

interface FilterBoxProps {
  readonly query: string;
  readonly onChange: (query: string) => void;
  readonly inputRef: RefObject<HTMLInputElement | null>;
}

function FilterBox({ query, onChange, inputRef }: FilterBoxProps) {
  return (
    <label className="filter-box">
      <Search size={14} aria-hidden />
      <span className="visually-hidden">Filter vaults</span>
      <input
        ref={inputRef}
        type="search"
        value={query}
        placeholder="Filter"
        data-testid={TEST_IDS.vaultFilter}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => event.key === 'Escape' && onChange('')}
      />
      <kbd className="key-hint" aria-hidden>
        /
      </kbd>
    </label>
  );
}

function scopesOf(rows: readonly VaultRow[]) {
  const count = (scope: VaultScope) => rows.filter((row) => passesFilter(row, scope, '')).length;
  const option = (value: VaultScope, label: string) => ({
    value,
    label: `${label} ${count(value)}`,
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
    <div className="empty-state" data-testid={TEST_IDS.deskEmpty}>
      <h2>No vaults yet</h2>
      <p>
        A vault is the money of one trading engine: on paper, or one Drift sub-account. Start with a
        paper vault; nothing real can be lost.
      </p>
      <Button
        tone="primary"
        icon={<Plus size={15} aria-hidden />}
        onClick={() => openDialog({ kind: 'create-vault' })}
      >
        Add the first vault
      </Button>
    </div>
  );
}
