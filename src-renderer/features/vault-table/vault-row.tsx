import type { ReactNode } from 'react';
import { OperationChip } from '#renderer/features/operations/operation-chip.tsx';
import { useNow } from '#renderer/stores/clock-store.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { GainLoss, HealthBar, Quote, Unknown } from '#renderer/ui/figures.tsx';
import { formatAge, formatInteger, formatTime } from '#renderer/ui/format.ts';
import { SyncBadge } from '#renderer/ui/sync-badge.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { TradingChip } from '#renderer/ui/trading-chip.tsx';
import { ActiveBadge, TypeChip } from '#renderer/ui/vault-chips.tsx';
import { figuresAtMs, type VaultRow } from './columns.ts';

/** The cells of one vault, in the order of COLUMN_TEXTS. */
export function VaultCells({ row }: { readonly row: VaultRow }) {
  const { view, money, networkLabel, health, gate } = row;
  const { vault, state } = view;
  const nowMs = useNow();
  return (
    <>
      <Cell className="vt-name">
        <span className="vt-name-text" title={vault.name} data-testid={TEST_IDS.vaultName}>
          {vault.name}
        </span>
        {vault.active && <ActiveBadge engine={vault.engine} />}
        <OperationChip vaultId={vault.id} compact />
      </Cell>
      <Cell>
        <TypeChip vault={vault} money={money} />
      </Cell>
      <Cell>
        <SyncBadge view={view} health={health} nowMs={nowMs} />
      </Cell>
      <AgeCell row={row} nowMs={nowMs} />
      <Cell>
        <TradingChip gate={gate} />
      </Cell>
      <FigureCells row={row} />
      <Cell className="vt-network">
        {networkLabel}
        {vault.vaultType === 'onChain' && <span className="faint">#{vault.subAccountId}</span>}
      </Cell>
      <Cell className="num faint" testId={TEST_IDS.vaultSlot}>
        {state.observation === null ? <Unknown /> : formatInteger(state.observation.snapshot.slot)}
      </Cell>
    </>
  );
}

interface CellProps {
  readonly children: ReactNode;
  readonly className?: string;
  readonly testId?: string;
}

function Cell({ children, className = '', testId }: CellProps) {
  return (
    <div role="gridcell" className={`vt-cell ${className}`} data-testid={testId}>
      {children}
    </div>
  );
}

function FigureCells({ row }: { readonly row: VaultRow }) {
  const thresholds = useDeskStore((state) => state.settings.watch);
  const { observation } = row.view.state;
  if (observation === null) {
    return ['', 'num', 'num', 'num', 'num', 'num'].map((className, index) => (
      <Cell key={index} className={className}>
        <Unknown />
      </Cell>
    ));
  }
  const { balances, snapshot } = observation;
  const { figures } = snapshot;
  return (
    <>
      <Cell className="vt-figure">
        <HealthBar
          health={figures.health}
          healthBps={figures.healthBps}
          thresholds={thresholds}
          testId={TEST_IDS.vaultHealth}
        />
      </Cell>
      <Cell className="vt-figure vt-total num">
        <Quote amount={figures.totalCollateral} testId={TEST_IDS.totalCollateral} />
      </Cell>
      <Cell className="vt-figure num">
        <GainLoss amount={figures.unrealizedPnl} />
      </Cell>
      <Cell className="vt-figure num">
        <Quote amount={balances.USDC} testId={TEST_IDS.balanceUsdc} />
      </Cell>
      <Cell className="vt-figure num">
        <Quote amount={balances.DRIFT_POS} testId={TEST_IDS.balanceDriftPos} />
      </Cell>
      <Cell className="vt-figure num faint">
        <Quote amount={balances.SOL} testId={TEST_IDS.balanceSol} />
      </Cell>
    </>
  );
}

function AgeCell({ row, nowMs }: { readonly row: VaultRow; readonly nowMs: number }) {
  const { view, health } = row;
  const atMs = figuresAtMs(view);
  const alarming = `vt-age-old sync-${health === 'stale' ? 'warn' : 'bad'}`;
  return (
    <Cell className={`num ${health === 'fresh' ? 'faint' : alarming}`} testId={TEST_IDS.vaultAge}>
      {atMs === null ? (
        <Unknown />
      ) : (
        <span title={`At ${formatTime(atMs, nowMs)}`}>{formatAge(nowMs - atMs)}</span>
      )}
    </Cell>
  );
}
