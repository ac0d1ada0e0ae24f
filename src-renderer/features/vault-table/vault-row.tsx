import { useNow } from '#renderer/stores/clock-store.ts';
import { useTradingGate } from '#renderer/stores/selectors.ts';
import { GainLoss, HealthBar, Quote, Unknown } from '#renderer/ui/figures.tsx';
import { formatAge, formatInteger } from '#renderer/ui/format.ts';
import { SyncBadge } from '#renderer/ui/sync-badge.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { TradingChip } from '#renderer/ui/trading-chip.tsx';
import { ActiveBadge, TypeChip } from '#renderer/ui/vault-chips.tsx';
import { figuresAtMs, type VaultRow } from './columns.ts';

/** The cells of one vault, in the order of COLUMN_TEXTS. */
export function VaultCells({ row }: { readonly row: VaultRow }) {
  const { view, money, networkLabel, health } = row;
  const { vault } = view;
  const nowMs = useNow();
  const gate = useTradingGate(view);
  return (
    <>
      <div role="gridcell" className="vt-cell vt-name">
        <span className="vt-name-text" title={vault.name} data-testid={TEST_IDS.vaultName}>
          {vault.name}
        </span>
        {vault.active && <ActiveBadge engine={vault.engine} />}
      </div>
      <div role="gridcell" className="vt-cell">
        <TypeChip vault={vault} money={money} />
      </div>
      <div role="gridcell" className="vt-cell vt-network" title={networkLabel}>
        {networkLabel}
        {vault.vaultType === 'onChain' && <span className="faint"> #{vault.subAccountId}</span>}
      </div>
      <FigureCells row={row} />
      <div role="gridcell" className="vt-cell">
        <SyncBadge view={view} health={health} nowMs={nowMs} />
      </div>
      <AgeCells row={row} nowMs={nowMs} />
      <div role="gridcell" className="vt-cell">
        <TradingChip gate={gate} />
      </div>
    </>
  );
}

function FigureCells({ row }: { readonly row: VaultRow }) {
  const { observation } = row.view.state;
  if (observation === null) {
    return Array.from({ length: 6 }, (_, index) => (
      <div role="gridcell" key={index} className={index === 4 ? 'vt-cell' : 'vt-cell num'}>
        <Unknown />
      </div>
    ));
  }
  const { balances, snapshot } = observation;
  const { figures } = snapshot;
  return (
    <>
      <div role="gridcell" className="vt-cell vt-figure num">
        <Quote amount={balances.USDC} testId={TEST_IDS.balanceUsdc} />
      </div>
      <div role="gridcell" className="vt-cell vt-figure num">
        <Quote amount={balances.DRIFT_POS} testId={TEST_IDS.balanceDriftPos} />
      </div>
      <div role="gridcell" className="vt-cell vt-figure num faint">
        <Quote amount={balances.SOL} testId={TEST_IDS.balanceSol} />
      </div>
      <div role="gridcell" className="vt-cell vt-figure vt-total num">
        <Quote amount={figures.totalCollateral} testId={TEST_IDS.totalCollateral} />
      </div>
      <div role="gridcell" className="vt-cell vt-figure">
        <HealthBar health={figures.health} testId={TEST_IDS.vaultHealth} />
      </div>
      <div role="gridcell" className="vt-cell vt-figure num">
        <GainLoss amount={figures.unrealizedPnl} />
      </div>
    </>
  );
}

function AgeCells({ row, nowMs }: { readonly row: VaultRow; readonly nowMs: number }) {
  const { view, health } = row;
  const atMs = figuresAtMs(view);
  const { observation } = view.state;
  const tone =
    health === 'fresh' ? 'faint' : `vt-age-old sync-${health === 'stale' ? 'warn' : 'bad'}`;
  return (
    <>
      <div role="gridcell" className={`vt-cell num ${tone}`} data-testid={TEST_IDS.vaultAge}>
        {atMs === null ? <Unknown /> : formatAge(nowMs - atMs)}
      </div>
      <div role="gridcell" className="vt-cell num faint" data-testid={TEST_IDS.vaultSlot}>
        {observation === null ? <Unknown /> : formatInteger(observation.snapshot.slot)}
      </div>
    </>
  );
}
