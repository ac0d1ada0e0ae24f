import './vault-page.css';
import type { VaultId } from '#domain/ids.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { ExchangePanel } from '#renderer/features/exchange/exchange-panel.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { OperationsOfVault } from '#renderer/features/operations/operations-of-vault.tsx';
import { SyncLog } from '#renderer/features/sync-log/sync-log.tsx';
import { TradingPanel } from '#renderer/features/trading/trading-panel.tsx';
import { PaperLedger } from '#renderer/features/paper/paper-ledger.tsx';
import { openVaults } from '#renderer/stores/navigation-store.ts';
import { useSyncHealth, useVaultView } from '#renderer/stores/selectors.ts';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { DriftFigures, EngineVaultFigures } from './figures-panels.tsx';
import { PerpPositions, SpotPositions } from './positions.tsx';
import { SyncPanel } from './state-panels.tsx';
import { VaultHeader } from './vault-header.tsx';

/** Everything about one vault, on one page. */
export function VaultPage({ id }: { readonly id: VaultId }) {
  const view = useVaultView(id);
  if (view === undefined) {
    return (
      <main className="screen">
        <div className="empty-state">
          <h1>This vault is not known</h1>
          <Button onClick={openVaults}>All vaults</Button>
        </div>
      </main>
    );
  }
  return <KnownVault view={view} />;
}

function KnownVault({ view }: { readonly view: VaultView }) {
  const health = useSyncHealth(view);
  const { observation } = view.state;
  const old = health === 'fresh' ? '' : 'is-old';
  // What the exchange forbids is the first thing to know, and else the last.
  const paused = (observation?.snapshot.exchangeStatus.paused.length ?? 0) > 0;
  const exchange = observation !== null && !isPaper(view) && (
    <ExchangePanel
      network={view.vault.network}
      snapshot={observation.snapshot}
      old={health !== 'fresh'}
    />
  );
  return (
    <main className="screen screen-scroll" data-testid={TEST_IDS.vaultPage}>
      <VaultHeader view={view} health={health} />
      <div className="vault-grid">
        <div className="vault-main">
          {observation === null ? (
            <div className="empty-state vault-unread">
              <h2>No figures yet</h2>
              <p>
                This vault has never been read with success. Its balances are unknown, not zero.
              </p>
            </div>
          ) : (
            <>
              <div className={`vault-figures ${old}`}>
                <DriftFigures snapshot={observation.snapshot} isPaper={isPaper(view)} />
                <EngineVaultFigures observation={observation} />
              </div>
              <div className={`vault-main ${old}`}>
                <PerpPositions positions={observation.snapshot.perpPositions} />
                <SpotPositions positions={observation.snapshot.spotPositions} />
              </div>
            </>
          )}
          <Panel title="Operations">
            <OperationsOfVault vaultId={view.vault.id} />
          </Panel>
        </div>
        <div className="vault-side">
          <TradingPanel view={view} />
          {paused && exchange}
          <SyncPanel view={view} />
          {!paused && exchange}
        </div>
      </div>
      {view.vault.vaultType === 'virtual' && <PaperLedger view={view} />}
      <SyncLog view={view} />
    </main>
  );
}

const isPaper = ({ vault }: VaultView): boolean => vault.vaultType === 'virtual';
