/** The venue's state in the few words of a chip or a line; whole sentences are the domain's. */
import type {
  ExchangeView,
  MarketState,
  MarketStatus,
  OracleState,
} from '#domain/exchange-state.ts';
import { EXCHANGE_OPERATIONS } from '#domain/exchange-status.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { NetworkId } from '#domain/ids.ts';
import { UNKNOWN_STANDING, type Standing } from '#renderer/ui/figure-standing.tsx';

/** `calm`: everything is paused, and so nothing happens. */
export interface ExchangeLook {
  readonly word: string;
  readonly tone: 'good' | 'warn' | 'neutral';
  readonly isPaused: boolean;
}

export function exchangeLook({ observation }: ExchangeView): ExchangeLook {
  if (observation === null) return { word: 'Not read yet', tone: 'neutral', isPaused: false };
  const { paused } = observation.status;
  if (paused.length === 0) return { word: 'Open', tone: 'good', isPaused: false };
  const all = paused.length === EXCHANGE_OPERATIONS.length;
  return { word: all ? 'Paused' : 'Partly paused', tone: 'neutral', isPaused: true };
}

/** When Keel first saw the oldest of the pauses that last; null where there is none, or it is not known. */
export function pausedSinceMs({ observation, pausedSinceMs: since }: ExchangeView): number | null {
  const times = (observation?.status.paused ?? []).flatMap((operation) => since[operation] ?? []);
  return times.length === 0 ? null : Math.min(...times);
}

/** The venue as the vault's own read saw it, where that is the newer one or the only one. */
export function exchangeOf(
  network: NetworkId,
  watched: ExchangeView | undefined,
  own: VaultSnapshot,
): ExchangeView {
  const seen = watched?.observation ?? null;
  if (watched !== undefined && seen !== null && seen.slot >= own.slot) return watched;
  return {
    network,
    observation: {
      slot: own.slot,
      observedAtMs: own.observedAtMs,
      status: own.exchangeStatus,
      markets: seen?.markets ?? [],
    },
    pausedSinceMs: watched?.pausedSinceMs ?? {},
    revision: watched?.revision ?? 0,
  };
}

/** Of what the venue says of itself; `old`: nobody vouches for the vault's own figures now. */
export function exchangeStanding({ observation }: ExchangeView, old: boolean): Standing {
  if (observation === null) return UNKNOWN_STANDING;
  const { observedAtMs, slot } = observation;
  return { observedAtMs, slot, health: old ? 'stale' : 'fresh' };
}

/** The markets that the vault has something in, perps first. */
export function marketsOf(
  { observation }: ExchangeView,
  own: VaultSnapshot,
): readonly MarketState[] {
  const perps = new Set(own.perpPositions.map(({ marketIndex }) => marketIndex));
  const spots = new Set(own.spotPositions.map(({ marketIndex }) => marketIndex));
  return (observation?.markets ?? [])
    .filter(({ kind, marketIndex }) => (kind === 'perp' ? perps : spots).has(marketIndex))
    .toSorted(
      (left, right) => left.kind.localeCompare(right.kind) || left.marketIndex - right.marketIndex,
    );
}

export const STATUS_WORDS: Readonly<Record<MarketStatus, string>> = {
  initialized: 'not open yet',
  active: 'active',
  fundingPaused: 'funding paused',
  ammPaused: 'AMM paused',
  fillPaused: 'fills paused',
  withdrawPaused: 'withdrawals paused',
  reduceOnly: 'reduce only',
  settlement: 'being settled',
  delisted: 'delisted',
  unknown: 'unknown status',
};

const VALIDITY_WORDS: Readonly<Record<OracleState['validity'], string>> = {
  valid: '',
  old: 'too old',
  uncertain: 'too uncertain',
  volatile: 'too far from its average',
  invalid: 'unusable',
};

export interface OracleWords {
  readonly age: string;
  /** What is wrong with it; empty while nothing is. */
  readonly problem: string;
}

export function oracleWords(oracle: OracleState, maxAgeSlots: number): OracleWords {
  const old = oracle.validity === 'valid' && oracle.ageSlots > maxAgeSlots;
  return {
    age: oracle.ageSlots === 1 ? '1 slot old' : `${oracle.ageSlots} slots old`,
    problem: old ? VALIDITY_WORDS.old : VALIDITY_WORDS[oracle.validity],
  };
}
