/** Reasons of the gate that come from the venue: what it has paused, and what one market forbids (M2). */
import type { MarketOperation, MarketState, MarketStatus } from './exchange-state.ts';
import type { ExchangeOperation } from './exchange-status.ts';
import type { GateInputs, GateReason, TradingAct } from './gate-reason.ts';

const TRADES: readonly TradingAct[] = ['increase', 'reduce'];

/** Only what forbids an act of the trader's; the other pauses are told of, and forbid nothing here. */
const PAUSES: readonly {
  readonly operation: ExchangeOperation;
  readonly words: string;
  readonly blocks: readonly TradingAct[];
}[] = [
  { operation: 'fill', words: 'fills: no order is executed', blocks: TRADES },
  { operation: 'deposit', words: 'deposits', blocks: ['deposit'] },
  { operation: 'withdraw', words: 'withdrawals', blocks: ['withdraw'] },
];

/** The newer of the vault's own read and of the exchange watch is what counts. */
export function exchangeReasons({ view, exchange }: GateInputs): GateReason[] {
  const own = view.state.observation?.snapshot;
  const watched = exchange?.observation ?? null;
  const newer =
    watched !== null && (own === undefined || watched.slot >= own.slot)
      ? watched.status
      : own?.exchangeStatus;
  const paused = newer?.paused ?? [];
  return PAUSES.filter(({ operation }) => paused.includes(operation)).map(
    ({ operation, words, blocks }) => ({
      code: 'exchange-paused',
      text: `The exchange has paused ${words}.`,
      advice: 'Nothing to do here: Keel watches until the exchange lifts it.',
      blocks,
      sinceMs: exchange?.pausedSinceMs[operation] ?? null,
    }),
  );
}

/** What each status of a market forbids there. */
const OF_STATUS: Readonly<
  Record<MarketStatus, Pick<GateReason, 'code' | 'blocks'> & { readonly words: string }>
> = {
  active: { code: 'market-closed', blocks: [], words: '' },
  fundingPaused: { code: 'market-paused', blocks: [], words: '' },
  ammPaused: { code: 'market-paused', blocks: [], words: '' },
  initialized: {
    code: 'market-closed',
    blocks: ['increase', 'reduce', 'deposit', 'withdraw'],
    words: 'is not open yet',
  },
  fillPaused: { code: 'market-paused', blocks: TRADES, words: 'has paused fills' },
  withdrawPaused: { code: 'market-paused', blocks: ['withdraw'], words: 'has paused withdrawals' },
  reduceOnly: {
    code: 'market-reduce-only',
    blocks: ['increase'],
    words: 'takes only what reduces a position or pays back a borrow',
  },
  settlement: {
    code: 'market-closed',
    blocks: ['increase', 'reduce', 'deposit'],
    words: 'is being settled',
  },
  delisted: {
    code: 'market-closed',
    blocks: ['increase', 'reduce', 'deposit'],
    words: 'is delisted',
  },
  unknown: {
    code: 'market-closed',
    blocks: ['increase', 'reduce', 'deposit', 'withdraw'],
    words: 'has a status that Keel does not know',
  },
};

const MARKET_PAUSES: readonly {
  readonly operation: MarketOperation;
  readonly words: string;
  readonly blocks: readonly TradingAct[];
}[] = [
  { operation: 'fill', words: 'fills', blocks: TRADES },
  { operation: 'deposit', words: 'deposits', blocks: ['deposit'] },
  { operation: 'withdraw', words: 'withdrawals', blocks: ['withdraw'] },
];

export function marketReasons(
  market: MarketState | null,
  { watch }: Pick<GateInputs, 'watch'>,
): GateReason[] {
  if (market === null) return [];
  const { name, status, pausedOperations } = market;
  const reasons: GateReason[] = [];
  const ofStatus = OF_STATUS[status];
  if (ofStatus.blocks.length > 0) {
    reasons.push({
      code: ofStatus.code,
      text: `${name} ${ofStatus.words}.`,
      advice: 'Choose another market, or wait until the venue changes it.',
      blocks: ofStatus.blocks,
      sinceMs: null,
    });
  }
  for (const { operation, words, blocks } of MARKET_PAUSES) {
    const text = `${name} has paused ${words}.`;
    // The status may say it already.
    if (!pausedOperations.includes(operation) || reasons.some((each) => each.text === text))
      continue;
    reasons.push({
      code: 'market-paused',
      text,
      advice: 'Wait until the venue lifts it.',
      blocks,
      sinceMs: null,
    });
  }
  return [...reasons, ...oracleReasons(market, watch.maxOracleAgeSlots)];
}

const ORACLE_WORDS = {
  old: 'is too old',
  uncertain: 'is too uncertain',
  volatile: 'is too far from its own average',
  invalid: 'is unusable',
} as const;

/** A doubtful price forbids what adds risk; taking risk off stays the trader's choice. */
function oracleReasons({ name, oracle }: MarketState, maxAgeSlots: number): GateReason[] {
  const old = oracle.validity === 'valid' && oracle.ageSlots > maxAgeSlots;
  const validity = old ? 'old' : oracle.validity;
  if (validity === 'valid') return [];
  return [
    {
      code: 'oracle-unusable',
      text: `The oracle price of ${name} ${ORACLE_WORDS[validity]}: it was posted ${oracle.ageSlots} slots ago.`,
      advice: 'Wait for a fresh price.',
      blocks: ['increase'],
      sinceMs: null,
    },
  ];
}
