import { useMemo, useRef, useState } from 'react';
import type { VaultView } from '#domain/vault-state.ts';
import { useDeskStore } from '#renderer/stores/desk-store.ts';
import { useNetworkView, useSyncHealth } from '#renderer/stores/selectors.ts';
import { formatDateTime } from '#renderer/ui/format.ts';
import { ChartFrame } from './chart-frame.tsx';
import { fittingRange, type ChartView } from './chart-span.ts';
import type { ChartMark } from './plot-marks.tsx';
import { vaultPanels } from './plot-panels.ts';
import { gridOf } from './plot-points.ts';
import { useVaultChart } from './use-vault-chart.ts';
import { useWidth } from './use-width.ts';

const FIRST: ChartView = { kind: 'range', range: '24h' };

export interface VaultChartProps {
  readonly view: VaultView;
  readonly marks: readonly ChartMark[];
}

/** Equity, health and funding of one vault, over any span. */
export function VaultChart({ view: vault, marks }: VaultChartProps) {
  const [chosen, setView] = useState<ChartView | null>(null);
  const [start, setStart] = useState(FIRST);
  const view = chosen ?? start;
  const widthRef = useRef<HTMLDivElement>(null);
  const width = useWidth(widthRef);
  const { value: chart, error, loading, retry } = useVaultChart(vault, view, width);
  const thresholds = useDeskStore((state) => state.settings.watch);
  const symbol = useNetworkView(vault.vault.network)?.quoteSymbol ?? '';
  const fresh = useSyncHealth(vault) === 'fresh';
  const data = useMemo(
    () =>
      chart === null
        ? null
        : { panels: vaultPanels(chart, thresholds, symbol), grid: gridOf(chart) },
    [chart, thresholds, symbol],
  );
  if (chart?.firstMs != null && start === FIRST) {
    setStart({ kind: 'range', range: fittingRange('24h', chart.toMs, chart.firstMs) });
  }
  // Not the last point drawn: that of a stretch of the past says nothing of what is known since.
  const lastMs = vault.state.observation?.snapshot.observedAtMs ?? null;
  return (
    <ChartFrame
      title="History"
      size="tall"
      {...{ view, data, error, loading, marks, widthRef }}
      onView={setView}
      onRetry={retry}
      staleSinceMs={fresh ? null : lastMs}
      empty={
        chart?.firstMs == null ? (
          <p>
            No history yet: the first figures are kept as soon as this vault has been read and
            verified.
          </p>
        ) : (
          <p>
            Nothing was observed in this span. What is known of this vault begins on{' '}
            {formatDateTime(chart.firstMs)}.
          </p>
        )
      }
    />
  );
}
