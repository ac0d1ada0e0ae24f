import { Scale } from 'lucide-react';
import type { ReactNode } from 'react';
import { positionsExceedCollateral } from '#domain/vault-balances.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { VaultObservation } from '#domain/vault-state.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { GainLoss, HealthBar, Quote } from '#renderer/ui/figures.tsx';
import { formatLeverage, formatQuote } from '#renderer/ui/format.ts';
import { Panel } from '#renderer/ui/panel.tsx';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';

function Figure({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="figure-line">
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

export interface DriftFiguresProps {
  readonly snapshot: VaultSnapshot;
  readonly isPaper: boolean;
}

/** The venue's own figures (V3). */
export function DriftFigures({ snapshot, isPaper }: DriftFiguresProps) {
  const { figures } = snapshot;
  const thresholds = useDeskStore((state) => state.settings.watch);
  return (
    <Panel title={isPaper ? 'Paper account' : 'As Drift sees it'} className="drift-figures">
      <dl className="panel-body drift-grid">
        <div className="figure figure-lead">
          <dt>Total collateral</dt>
          <dd>
            <Quote amount={figures.totalCollateral} testId={TEST_IDS.totalCollateral} />
          </dd>
        </div>
        <div className="figure figure-lead">
          <dt>Health</dt>
          <dd>
            <HealthBar
              health={figures.health}
              healthBps={figures.healthBps}
              thresholds={thresholds}
              testId={TEST_IDS.vaultHealth}
              words
            />
          </dd>
        </div>
        <div className="figure figure-lead">
          <dt>Leverage</dt>
          <dd>{formatLeverage(figures.leverage)}</dd>
        </div>
      </dl>
      <div className="drift-lists">
        <dl className="figure-list">
          <Figure label="Free collateral">
            <Quote amount={figures.freeCollateral} />
          </Figure>
          <Figure label="Initial margin">
            <Quote amount={figures.initialMargin} />
          </Figure>
          <Figure label="Maintenance margin">
            <Quote amount={figures.maintenanceMargin} />
          </Figure>
        </dl>
        <dl className="figure-list">
          <Figure label="Unrealized PnL">
            <GainLoss amount={figures.unrealizedPnl} />
          </Figure>
          <Figure label="Unsettled PnL">
            <GainLoss amount={figures.unsettledPnl} />
          </Figure>
          <Figure label="Unsettled funding">
            <GainLoss amount={figures.unsettledFunding} />
          </Figure>
          <Figure label="Cumulative funding">
            <GainLoss amount={figures.cumulativeFunding} />
          </Figure>
        </dl>
      </div>
    </Panel>
  );
}

/** The engine-vault view (V2) and, where it differs from the venue's, why. */
export function EngineVaultFigures({ observation }: { readonly observation: VaultObservation }) {
  const { balances, snapshot } = observation;
  const differ = positionsExceedCollateral(snapshot);
  return (
    <Panel title="As the engine sees it" className="engine-figures">
      <dl className="panel-body engine-list">
        <div>
          <dt>USDC</dt>
          <dd>
            <Quote amount={balances.USDC} testId={TEST_IDS.balanceUsdc} />
          </dd>
        </div>
        <div>
          <dt>DRIFT_POS</dt>
          <dd>
            <Quote amount={balances.DRIFT_POS} testId={TEST_IDS.balanceDriftPos} />
          </dd>
        </div>
        <div>
          <dt>SOL</dt>
          <dd>
            <Quote amount={balances.SOL} testId={TEST_IDS.balanceSol} />
          </dd>
        </div>
      </dl>
      {differ ? (
        <div className="callout callout-warn engine-note" data-testid={TEST_IDS.viewsDiffer}>
          <Scale size={15} aria-hidden />
          <p>
            The two views differ. The positions are worth {formatQuote(balances.DRIFT_POS)}, more
            than the collateral of {formatQuote(snapshot.figures.totalCollateral)} that carries
            them: that is leverage of {formatLeverage(snapshot.figures.leverage)}. USDC therefore
            stands at 0.00 here, while Drift still reckons with the whole collateral.
          </p>
        </div>
      ) : (
        <p className="engine-note faint">
          USDC is the collateral that no position takes up. SOL on Drift is collateral and is
          counted in quote.
        </p>
      )}
    </Panel>
  );
}
