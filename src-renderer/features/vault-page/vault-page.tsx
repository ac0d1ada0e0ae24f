import './vault-page.css';
import type { VaultId } from '#domain/ids.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { VaultNote } from '#domain/vault-note.ts';
import type { ChartMark } from '#renderer/features/charts/plot-marks.tsx';
import { VaultChart } from '#renderer/features/charts/vault-chart.tsx';
import { ExchangePanel } from '#renderer/features/exchange/exchange-panel.tsx';
import { Panel } from '#renderer/ui/panel.tsx';
import { OperationsOfVault } from '#renderer/features/operations/operations-of-vault.tsx';
import { NotesPanel } from '#renderer/features/notes/notes-panel.tsx';
import { useNotes } from '#renderer/features/notes/use-notes.ts';
import { SyncLog } from '#renderer/features/sync-log/sync-log.tsx';
import { TradingPanel } from '#renderer/features/trading/trading-panel.tsx';
import { PaperLedger } from '#renderer/features/paper/paper-ledger.tsx';
import { openVaults } from '#renderer/stores/navigation-store.ts';
import { useSyncHealth, useVaultView } from '#renderer/stores/selectors.ts';
import { Observed, standingOf } from '#renderer/ui/figure-standing.tsx';
import { Button } from '#renderer/ui/button.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { DriftFigures, EngineVaultFigures } from './figures-panels.tsx';
import { PerpPositions, SpotPositions } from './positions.tsx';
import { Section, SectionNav, useSections } from './vault-sections.tsx';
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
  const book = useNotes(view.vault.id);
  const sections = useSections();
  const { observation } = view.state;
  const standing = standingOf(view, health);
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
    <main className="screen screen-scroll vault-page" data-testid={TEST_IDS.vaultPage}>
      <VaultHeader view={view} health={health} />
      <SectionNav {...sections} />
      <div className="vault-grid">
        <Observed standing={standing} className="vault-main">
          <Section id="figures" sections={sections}>
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
          </Section>
          <Section id="history" sections={sections}>
            <VaultChart view={view} marks={marksOf(book.notes)} />
          </Section>
          <Section id="operations" sections={sections}>
            <Panel title="Operations">
              <OperationsOfVault vaultId={view.vault.id} />
            </Panel>
          </Section>
        </Observed>
        <div className="vault-side">
          <TradingPanel view={view} />
          {paused && exchange}
          <Observed standing={standing} className="vault-main">
            <SyncPanel view={view} />
          </Observed>
          {!paused && exchange}
          <Section id="notes" sections={sections}>
            <NotesPanel book={book} />
          </Section>
        </div>
      </div>
      <Section id="sync" sections={sections}>
        {isPaper(view) && (
          <Observed standing={standing}>
            <PaperLedger view={view} />
          </Observed>
        )}
        <SyncLog view={view} />
      </Section>
    </main>
  );
}

const isPaper = ({ vault }: VaultView): boolean => vault.vaultType === 'virtual';

const LONGEST_LABEL = 80;

const marksOf = (notes: readonly VaultNote[] | null): readonly ChartMark[] =>
  (notes ?? []).map(({ id, writtenAtMs, text }) => ({
    id,
    atMs: writtenAtMs,
    label: text.length > LONGEST_LABEL ? `${text.slice(0, LONGEST_LABEL)}…` : text,
  }));
