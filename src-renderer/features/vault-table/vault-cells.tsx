import { OperationChip } from '#renderer/features/operations/operation-chip.tsx';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { Age } from '#renderer/ui/age.tsx';
import { GainLoss, HealthBar, Quote, Unknown } from '#renderer/ui/figures.tsx';
import { formatInteger } from '#renderer/ui/format.ts';
import { SyncBadge } from '#renderer/ui/sync-badge.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { TradingChip } from '#renderer/ui/trading-chip.tsx';
import { ActiveBadge, TypeChip } from '#renderer/ui/vault-chips.tsx';
import { figuresAtMs, type VaultRow } from './columns.ts';

export interface CellProps {
  readonly row: VaultRow;
}

export function NameCell({ row }: CellProps) {
  const { vault } = row.view;
  return (
    <>
      <span className="vt-name-text" title={vault.name} data-testid={TEST_IDS.vaultName}>
        {vault.name}
      </span>
      {vault.active && <ActiveBadge engine={vault.engine} />}
      <OperationChip vaultId={vault.id} compact />
    </>
  );
}

export const TypeCell = ({ row }: CellProps) => (
  <TypeChip vault={row.view.vault} money={row.money} />
);

export const TradingCell = ({ row }: CellProps) => <TradingChip gate={row.gate} />;

/** Its countdown moves by itself, without the row. */
export const SyncCell = ({ row }: CellProps) => <SyncBadge view={row.view} health={row.health} />;

export function AgeCell({ row }: CellProps) {
  const { view, health } = row;
  const atMs = figuresAtMs(view);
  if (atMs === null) return <Unknown />;
  const alarming = `vt-age-old sync-${health === 'stale' ? 'warn' : 'bad'}`;
  return <Age atMs={atMs} className={health === 'fresh' ? 'faint' : alarming} />;
}

export function HealthCell({ row }: CellProps) {
  const thresholds = useDeskStore((state) => state.settings.watch);
  const { observation } = row.view.state;
  if (observation === null) return <Unknown />;
  const { health, healthBps } = observation.snapshot.figures;
  return (
    <HealthBar
      health={health}
      healthBps={healthBps}
      thresholds={thresholds}
      testId={TEST_IDS.vaultHealth}
    />
  );
}

export interface FigureCellProps extends CellProps {
  readonly figure: 'total' | 'pnl' | 'usdc' | 'driftPos' | 'sol';
}

export function FigureCell({ row, figure }: FigureCellProps) {
  const { observation } = row.view.state;
  if (observation === null) return <Unknown />;
  const { balances, snapshot } = observation;
  switch (figure) {
    case 'total':
      return <Quote amount={snapshot.figures.totalCollateral} testId={TEST_IDS.totalCollateral} />;
    case 'pnl':
      return <GainLoss amount={snapshot.figures.unrealizedPnl} />;
    case 'usdc':
      return <Quote amount={balances.USDC} testId={TEST_IDS.balanceUsdc} />;
    case 'driftPos':
      return <Quote amount={balances.DRIFT_POS} testId={TEST_IDS.balanceDriftPos} />;
    case 'sol':
      return <Quote amount={balances.SOL} testId={TEST_IDS.balanceSol} />;
  }
}

export function NetworkCell({ row }: CellProps) {
  const { vault } = row.view;
  return (
    <>
      {row.networkLabel}
      {vault.vaultType === 'onChain' && <span className="faint">#{vault.subAccountId}</span>}
    </>
  );
}

export function SlotCell({ row }: CellProps) {
  const { observation } = row.view.state;
  return observation === null ? <Unknown /> : <>{formatInteger(observation.snapshot.slot)}</>;
}
