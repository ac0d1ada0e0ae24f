import { useEffect } from 'react';
import type { VaultId } from '#domain/ids.ts';
import { ok } from '#domain/result.ts';
import { unixMs } from '#domain/units.ts';
import type { ValueChart } from '#domain/value-chart.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { useClockStore } from '#renderer/stores/clock-store.ts';
import { request } from '#renderer/stores/commands.ts';
import { spanOf, stepsFor, type ChartView } from './chart-span.ts';
import { appendObservation } from './live-append.ts';
import { createAnswerCache, useLoaded, type Loader } from './use-loaded.ts';

const cache = createAnswerCache<ValueChart>();
const firstOf = createAnswerCache<number>();

/** The vault's history over what is in view; the newest observation is added as it comes. */
export function useVaultChart(
  vault: VaultView,
  view: ChartView,
  widthPx: number,
): Loader<ValueChart> {
  const { id } = vault.vault;
  const { observation } = vault.state;
  const ask = async () => {
    const firstMs = firstOf.get(id) ?? null;
    const answer = await loadSpan(id, view, firstMs, widthPx);
    if (!answer.ok) return answer;
    const { chart } = answer.value;
    if (chart.firstMs !== null) firstOf.put(id, chart.firstMs);
    // Everything is only known to begin there once it has been asked for.
    const again = view.kind === 'range' && view.range === 'all' && firstMs !== chart.firstMs;
    const exact = again ? await loadSpan(id, view, chart.firstMs, widthPx) : answer;
    return exact.ok ? ok(exact.value.chart) : exact;
  };
  const loader = useLoaded(id, keyOf(view, widthPx), cache, ask);
  const { change } = loader;
  const follows = view.kind === 'range';
  const { loading } = loader;
  useEffect(() => {
    if (follows && observation !== null) change((chart) => appendObservation(chart, observation));
  }, [follows, observation, change, loading]);
  return loader;
}

function loadSpan(vaultId: VaultId, view: ChartView, firstMs: number | null, widthPx: number) {
  const span = spanOf(view, useClockStore.getState().nowMs, firstMs);
  const fromMs = unixMs(Math.max(0, Math.round(span.fromMs)));
  const toMs = unixMs(Math.round(span.toMs));
  return request('chart.loadVault', { vaultId, fromMs, toMs, steps: stepsFor(widthPx, span) });
}

const keyOf = (view: ChartView, widthPx: number): string => {
  const width = Math.round(widthPx / 100);
  return view.kind === 'range'
    ? `${view.range} ${width}`
    : `${view.span.fromMs} ${view.span.toMs} ${width}`;
};
