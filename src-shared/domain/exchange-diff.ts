/** What has changed between two reads of the venue's own state: pure. */
import type { ExchangeObservation, ExchangeView, MarketState } from './exchange-state.ts';
import type { ExchangeOperation } from './exchange-status.ts';
import type { UnixMs } from './units.ts';

type PausesSince = ExchangeView['pausedSinceMs'];

/** One name per market of a network. */
export const marketKey = ({ kind, marketIndex }: MarketState): string => `${kind}/${marketIndex}`;

/**
 * When each present pause was first seen. A pause that lasts keeps its time, one that was lifted and comes back has a
 * new one. The same object where nothing has changed.
 */
export function nextPauses(
  before: PausesSince,
  paused: readonly ExchangeOperation[],
  atMs: UnixMs,
): PausesSince {
  const same =
    Object.keys(before).length === paused.length &&
    paused.every((operation) => before[operation] !== undefined);
  if (same) return before;
  return Object.fromEntries(paused.map((operation) => [operation, before[operation] ?? atMs]));
}

/** Whether something changed that forbids or permits anything: not the prices, their ages and the room that is left. */
export function permitsDiffer(
  before: ExchangeObservation | null,
  after: ExchangeObservation,
): boolean {
  if (before === null || before.status.bits !== after.status.bits) return true;
  return permitsOf(before.markets) !== permitsOf(after.markets);
}

function permitsOf(markets: readonly MarketState[]): string {
  return markets
    .map((market) =>
      [
        marketKey(market),
        market.status,
        market.pausedOperations.toSorted().join('+'),
        market.oracle.validity,
        market.kind === 'spot' ? `${market.depositRoom === 0n} ${market.guardRoom === 0n}` : '',
      ].join(' '),
    )
    .toSorted()
    .join('; ');
}
