import { useMemo } from 'react';
import type { ExchangeView, MarketState } from '#domain/exchange-state.ts';
import type { NetworkId } from '#domain/ids.ts';
import { useDeskStore } from './desk-store.ts';

type ExchangesByNetwork = ReadonlyMap<NetworkId, ExchangeView>;

/** Replaces each venue as a whole, unless what is there has the same or a higher revision. */
export function newerExchanges(
  known: ExchangesByNetwork,
  incoming: readonly ExchangeView[],
): ExchangesByNetwork {
  const merged = new Map(known);
  let changed = false;
  for (const view of incoming) {
    const there = merged.get(view.network);
    if (there !== undefined && view.revision <= there.revision) continue;
    merged.set(view.network, view);
    changed = true;
  }
  return changed ? merged : known;
}

/** A restarted engine counts revisions anew; what is on screen stays until it publishes. */
export function acceptAnyExchangeRevision(): void {
  useDeskStore.setState(({ exchanges }) => ({
    exchanges: new Map([...exchanges].map(([id, view]) => [id, { ...view, revision: -1 }])),
  }));
}

export function useExchange(network: NetworkId): ExchangeView | undefined {
  return useDeskStore((state) => state.exchanges.get(network));
}

/** The market of a token as the venue watch saw it last; null where it was not read. */
export function useSpotMarket(network: NetworkId, marketIndex: number): MarketState | null {
  const view = useExchange(network);
  return useMemo(
    () =>
      view?.observation?.markets.find(
        (market) => market.kind === 'spot' && market.marketIndex === marketIndex,
      ) ?? null,
    [view, marketIndex],
  );
}
