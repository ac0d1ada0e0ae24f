/** The venue's state in words for the trader (M2): what is possible, what is not, and what to know beside it. Pure. */
import type { ExchangeView } from './exchange-state.ts';
import { EXCHANGE_OPERATIONS, type ExchangeOperation } from './exchange-status.ts';
import { marketReasons } from './gate-exchange.ts';
import type { UnixMs } from './units.ts';
import { DEFAULT_WATCH_SETTINGS, type WatchSettings } from './watch-settings.ts';

/** Whole sentences, the most important first. */
export interface ExchangeExplanation {
  readonly possible: readonly string[];
  readonly notPossible: readonly string[];
  /** What forbids nothing, but changes what to expect; and since when it has been seen. */
  readonly informs: readonly string[];
}

type Standing = (paused: ReadonlySet<ExchangeOperation>) => boolean;

/** The trader's acts, and what the venue must not have paused for them. */
const ACTS: readonly { readonly needs: readonly ExchangeOperation[]; yes: string; no: string }[] = [
  {
    needs: ['fill'],
    yes: 'Positions can be opened and closed.',
    no: 'No order is executed: positions can be neither opened nor closed.',
  },
  {
    needs: ['withdraw'],
    yes: 'Capital can be withdrawn.',
    no: 'Nothing can be withdrawn.',
  },
  {
    needs: ['deposit'],
    yes: 'Capital can be deposited.',
    no: 'Nothing can be deposited, not even to lift the health of an account.',
  },
  {
    needs: ['deposit', 'withdraw'],
    yes: 'Capital can be moved between sub-accounts.',
    no: 'Nothing can be moved between sub-accounts.',
  },
  {
    needs: ['settlePnl'],
    yes: 'Profit and loss can be settled.',
    no: 'Profit and loss cannot be settled: what is unsettled stays so.',
  },
];

const INFORMS: readonly { readonly when: Standing; readonly text: string }[] = [
  {
    when: (paused) => paused.has('liquidation'),
    text: 'Nobody is liquidated for now. Liquidations can begin the moment that the exchange lifts this.',
  },
  {
    when: (paused) => paused.has('liquidation') && paused.has('fill'),
    text: 'Health still follows the oracle prices: look at it before the exchange opens again.',
  },
  {
    when: (paused) => paused.has('fill') && !paused.has('liquidation'),
    text: 'Accounts can be liquidated while no position can be closed.',
  },
  {
    when: (paused) => paused.has('funding'),
    text: 'Funding rates are not updated: no new funding is earned or owed.',
  },
  {
    when: (paused) => paused.has('amm') && !paused.has('fill'),
    text: 'The exchange’s own market maker does not trade: expect fewer fills at worse prices.',
  },
  {
    when: (paused) => paused.has('ammImmediateFill') && !paused.has('amm') && !paused.has('fill'),
    text: 'The exchange’s own market maker does not fill at once: orders may take longer.',
  },
];

/**
 * What the last read of the venue means.
 * @param watch from which age an oracle's price counts as old.
 */
export function explainExchange(
  { observation, pausedSinceMs }: ExchangeView,
  watch: WatchSettings = DEFAULT_WATCH_SETTINGS,
): ExchangeExplanation {
  if (observation === null) {
    const unread = 'The exchange has not been read yet: what it allows is not known.';
    return { possible: [], notPossible: [], informs: [unread] };
  }
  const paused = new Set(observation.status.paused);
  const open = ACTS.filter(({ needs }) => needs.every((need) => !paused.has(need)));
  const shut = ACTS.filter((act) => !open.includes(act));
  const ofMarkets = observation.markets.flatMap((market) => marketReasons(market, { watch }));
  return {
    possible: [
      ...open.map(({ yes }) => yes),
      'Keel goes on watching: balances, prices and health are read as ever.',
    ],
    notPossible: [...shut.map(({ no }) => no), ...ofMarkets.map(({ text }) => text)],
    informs: [
      ...INFORMS.filter(({ when }) => when(paused)).map(({ text }) => text),
      ...seenSince(observation.status.paused, pausedSinceMs),
    ],
  };
}

const NAMES: Readonly<Record<ExchangeOperation, string>> = {
  deposit: 'deposits',
  withdraw: 'withdrawals',
  amm: 'its market maker',
  fill: 'fills',
  liquidation: 'liquidations',
  funding: 'funding',
  settlePnl: 'settlements',
  ammImmediateFill: 'immediate fills of its market maker',
};

const SINGULAR: readonly string[] = [NAMES.amm, NAMES.funding];

/** For instance `deposits, withdrawals and fills`; `everything` where nothing is left out. */
export function namePauses(paused: readonly ExchangeOperation[]): string {
  if (EXCHANGE_OPERATIONS.every((operation) => paused.includes(operation))) return 'everything';
  return inWords(paused.map((operation) => NAMES[operation]));
}

/** Pauses that were first seen together are told together, the oldest first. */
function seenSince(
  paused: readonly ExchangeOperation[],
  since: ExchangeView['pausedSinceMs'],
): string[] {
  const together = new Map<UnixMs, ExchangeOperation[]>();
  for (const operation of paused) {
    const atMs = since[operation];
    if (atMs !== undefined) together.set(atMs, [...(together.get(atMs) ?? []), operation]);
  }
  return [...together]
    .toSorted(([left], [right]) => left - right)
    .map(([atMs, operations]) => {
      const what = namePauses(operations);
      const verb = what === 'everything' || SINGULAR.includes(what) ? 'is' : 'are';
      return `Keel has seen that ${what} ${verb} paused since ${timeText(atMs)}.`;
    });
}

/** In universal time, which every screen and log agrees on: `2026-03-01 17:05 UTC`. */
function timeText(atMs: UnixMs): string {
  return `${new Date(atMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

function inWords(names: readonly string[]): string {
  const last = names.at(-1) ?? 'nothing';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
