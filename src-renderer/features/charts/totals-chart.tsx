import { memo, useMemo, useRef, useState, type ReactNode } from 'react';
import type { NetworkId } from '#domain/ids.ts';
import { ok } from '#domain/result.ts';
import { unixMs } from '#domain/units.ts';
import type { TotalsChart } from '#domain/value-chart.ts';
import type { Money } from '#domain/vault-totals.ts';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { request } from '#renderer/stores/commands.ts';
import { ChartFrame } from './chart-frame.tsx';
import { fittingRange, spanOf, stepsFor, type ChartView } from './chart-span.ts';
import { totalsPanel } from './plot-panels.ts';
import { gridOf } from './plot-points.ts';
import { createAnswerCache, useLoaded } from './use-loaded.ts';
import { useWidth } from './use-width.ts';

const cache = createAnswerCache<TotalsChart>();
const REFRESH_MS = 60_000;
const MOST_STEPS = 600;
const FIRST: ChartView = { kind: 'range', range: '7d' };

export interface TotalsChartPanelProps {
  readonly title: string;
  readonly money: Money;
  readonly network: NetworkId;
  readonly symbol: string;
  readonly staleSinceMs: number | null;
  readonly aside?: ReactNode;
}

/** Equity over time of one money on one network: never of several in one line (V5). */
export const TotalsChartPanel = memo(function TotalsChartPanel(props: TotalsChartPanelProps) {
  const { title, money, network, symbol, staleSinceMs, aside } = props;
  const [chosen, setView] = useState<ChartView | null>(null);
  const [start, setStart] = useState(FIRST);
  const view = chosen ?? start;
  const widthRef = useRef<HTMLDivElement>(null);
  const width = useWidth(widthRef);
  // A range that ends now moves on by itself, once a minute.
  const minute = useClockStore(({ nowMs }) =>
    view.kind === 'range' ? Math.floor(nowMs / REFRESH_MS) : 0,
  );
  const ask = async () => {
    const answer = await loadSpan(view, null, width);
    if (!answer.ok) return answer;
    const firstMs = firstKnownMs(answer.value.chart);
    const everything = view.kind === 'range' && view.range === 'all' && firstMs !== null;
    const exact = everything ? await loadSpan(view, firstMs, width) : answer;
    return exact.ok ? ok(exact.value.chart) : exact;
  };
  const wide = Math.round(width / 100);
  const key =
    view.kind === 'range'
      ? `${view.range} ${wide} ${minute}`
      : `${view.span.fromMs} ${view.span.toMs} ${wide}`;
  const { value: chart, error, loading, retry } = useLoaded('totals', key, cache, ask);
  const line = chart?.lines.find((each) => each.money === money && each.network === network);
  const data = useMemo(() => {
    if (chart === null) return null;
    const shown = line ?? { money, network, points: [] };
    return { panels: [totalsPanel(shown, 'Equity', symbol)], grid: gridOf(chart) };
  }, [chart, line, money, network, symbol]);
  const firstMs = line?.points.find(({ equity }) => equity !== null)?.atMs;
  if (chart !== null && firstMs !== undefined && start === FIRST) {
    setStart({ kind: 'range', range: fittingRange('7d', chart.toMs, firstMs) });
  }
  return (
    <ChartFrame
      {...{ title, view, data, error, loading, widthRef, staleSinceMs, aside }}
      size="small"
      onView={setView}
      onRetry={retry}
      empty={<p>No history yet: it begins with the first verified figures of every vault here.</p>}
    />
  );
});

function loadSpan(view: ChartView, firstMs: number | null, widthPx: number) {
  const span = spanOf(view, useClockStore.getState().nowMs, firstMs);
  return request('chart.loadTotals', {
    fromMs: unixMs(Math.max(0, Math.round(span.fromMs))),
    toMs: unixMs(Math.round(span.toMs)),
    steps: Math.min(MOST_STEPS, stepsFor(widthPx, span)),
  });
}

function firstKnownMs({ lines, stepMs }: TotalsChart): number | null {
  const known = lines.flatMap(({ points }) => points.find(({ equity }) => equity !== null) ?? []);
  return known.length === 0 ? null : Math.min(...known.map(({ atMs }) => atMs)) - stepMs;
}
