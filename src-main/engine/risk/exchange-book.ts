import { marketKey, nextPauses, permitsDiffer } from '#domain/exchange-diff.ts';
import type { ExchangeObservation, ExchangeView, MarketState } from '#domain/exchange-state.ts';
import type { NetworkId } from '#domain/ids.ts';
import type { Slot } from '#domain/units.ts';
import type { EngineDeps } from '../engine.ts';
import { wordsOf } from '../engine-errors.ts';
import { publishSafely } from './alert-book.ts';

/** Prices and ages alone are told this often at most. */
const TELL_EVERY_MS = 5_000;
/** A read of some vaults sees their markets only: the others are kept this long. */
const KEEP_MARKET_MS = 30_000;

interface Entry {
  view: ExchangeView;
  /** Nothing older replaces what is known (S7). */
  slot: Slot | null;
  /** When each market was last seen; monotonic. */
  readonly seenMs: Map<string, number>;
  toldMs: number;
  pausesSaved: boolean;
}

/** What each network's exchange allows, as it was last read; and since when each of its pauses has been seen. */
export class ExchangeBook {
  readonly #deps: EngineDeps;
  readonly #entries = new Map<NetworkId, Entry>();

  constructor(deps: EngineDeps) {
    this.#deps = deps;
  }

  /** Since when each pause has been seen in earlier runs. */
  load(): void {
    for (const { id } of this.#deps.networks()) {
      const { view } = this.#entryOf(id);
      if (Object.keys(view.pausedSinceMs).length === 0) this.#entries.delete(id);
    }
  }

  views(): readonly ExchangeView[] {
    return [...this.#entries.values()].map(({ view }) => view);
  }

  viewOf(network: NetworkId): ExchangeView | null {
    return this.#entries.get(network)?.view ?? null;
  }

  /** Another chain under the old name: its slots begin anew. */
  networkReplaced(network: NetworkId): void {
    const entry = this.#entries.get(network);
    if (entry !== undefined) entry.slot = null;
  }

  /** False where it is older than what is known, and so counts for nothing. */
  observe(network: NetworkId, observation: ExchangeObservation): boolean {
    const entry = this.#entryOf(network);
    if (entry.slot !== null && observation.slot < entry.slot) return false;
    entry.slot = observation.slot;
    const { view } = entry;
    const merged = { ...observation, markets: this.#merge(entry, observation.markets) };
    const differs = permitsDiffer(view.observation, merged);
    const { paused } = observation.status;
    const pausedSinceMs = nextPauses(view.pausedSinceMs, paused, observation.observedAtMs);
    if (pausedSinceMs !== view.pausedSinceMs) entry.pausesSaved = false;
    entry.view = { ...view, observation: merged, pausedSinceMs };
    if (!entry.pausesSaved) this.#savePauses(network, entry);
    const nowMs = this.#deps.clock.monotonicMs();
    if (differs || nowMs - entry.toldMs >= TELL_EVERY_MS) this.#tell(entry, nowMs);
    return true;
  }

  #entryOf(network: NetworkId): Entry {
    const known = this.#entries.get(network);
    if (known !== undefined) return known;
    const entry: Entry = {
      view: {
        network,
        observation: null,
        pausedSinceMs: this.#loadPauses(network),
        revision: this.#deps.revisionBase ?? 0,
      },
      slot: null,
      seenMs: new Map(),
      toldMs: -Infinity,
      pausesSaved: true,
    };
    this.#entries.set(network, entry);
    return entry;
  }

  #merge({ view, seenMs }: Entry, read: readonly MarketState[]): readonly MarketState[] {
    const nowMs = this.#deps.clock.monotonicMs();
    for (const market of read) seenMs.set(marketKey(market), nowMs);
    const inRead = new Set(read.map(marketKey));
    const kept = (view.observation?.markets ?? []).filter((market) => {
      const key = marketKey(market);
      return !inRead.has(key) && nowMs - (seenMs.get(key) ?? -Infinity) < KEEP_MARKET_MS;
    });
    if (kept.length === 0) return read;
    return [...read, ...kept].toSorted(
      (left, right) => left.kind.localeCompare(right.kind) || left.marketIndex - right.marketIndex,
    );
  }

  #tell(entry: Entry, nowMs: number): void {
    entry.toldMs = nowMs;
    entry.view = { ...entry.view, revision: entry.view.revision + 1 };
    publishSafely(this.#deps, { type: 'EXCHANGE_CHANGED', view: entry.view });
  }

  /** A store that fails is tried again with the next read. */
  #savePauses(network: NetworkId, entry: Entry): void {
    try {
      this.#deps.watchStore.savePauses(network, entry.view.pausedSinceMs);
      entry.pausesSaved = true;
    } catch (thrown) {
      this.#deps.logger.error('pauses.not-stored', { network, fault: wordsOf(thrown) });
    }
  }

  #loadPauses(network: NetworkId): ExchangeView['pausedSinceMs'] {
    try {
      return this.#deps.watchStore.loadPauses(network);
    } catch (thrown) {
      this.#deps.logger.error('pauses.not-loaded', { network, fault: wordsOf(thrown) });
      return {};
    }
  }
}
