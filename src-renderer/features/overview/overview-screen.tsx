import './overview.css';
import { CircleCheck, OctagonAlert, TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { EquityCharts } from '#renderer/features/totals/equity-charts.tsx';
import { VaultTotalsStrip } from '#renderer/features/totals/totals-strip.tsx';
import { useDeskSummary } from '#renderer/features/verdict/desk-summary.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { TEST_IDS } from '#renderer/ui/test-ids.ts';
import { TourOffer } from '#renderer/features/tour/tour-offer.tsx';
import { FirstWays } from './first-ways.tsx';
import { OverviewActivity } from './overview-activity.tsx';
import { OverviewAlerts, OverviewOperations } from './overview-lists.tsx';
import { attentionFirst, statementOf, type SortedLine } from './vault-line.ts';
import { VaultLines } from './vault-lines.tsx';

/** Home: is it right, is it fresh, is it safe; what it is worth; what goes on. */
export function OverviewScreen() {
  const { vaults } = useDeskSummary();
  const thresholds = useDeskStore((state) => state.settings.watch);
  const lines = useMemo(() => attentionFirst(vaults, thresholds), [vaults, thresholds]);
  return (
    <main className="screen screen-scroll overview" data-testid={TEST_IDS.overview}>
      <h1 className="visually-hidden">Overview</h1>
      {lines.length === 0 ? <FirstWays /> : <DeskStatement lines={lines} />}
      <TourOffer />
      {lines.length === 0 ? (
        <div className="overview-lists-row">
          <Lists />
        </div>
      ) : (
        <>
          <VaultTotalsStrip withFunding />
          <div className="overview-grid">
            <div className="overview-column">
              <VaultLines lines={lines} />
              <EquityCharts />
            </div>
            <div className="overview-column">
              <Lists />
            </div>
          </div>
        </>
      )}
    </main>
  );
}

function Lists() {
  return (
    <>
      <OverviewAlerts />
      <OverviewOperations />
      <OverviewActivity />
    </>
  );
}

const ICONS = { good: CircleCheck, warn: TriangleAlert, bad: OctagonAlert } as const;

function DeskStatement({ lines }: { readonly lines: readonly SortedLine[] }) {
  const { tone, title, text } = useMemo(() => statementOf(lines), [lines]);
  const Icon = ICONS[tone];
  return (
    <div className={`overview-statement statement-${tone}`}>
      <Icon size={26} strokeWidth={1.8} aria-hidden />
      <div>
        <p className="overview-title">{title}</p>
        <p className="overview-text">{text}</p>
      </div>
    </div>
  );
}
