import { describe, expect, it } from 'vitest';
import { nextPauses, permitsDiffer } from '#domain/exchange-diff.ts';
import type {
  ExchangeObservation,
  ExchangeView,
  PerpMarketState,
  SpotMarketState,
} from '#domain/exchange-state.ts';
import { EXCHANGE_OPERATIONS, exchangeStatusOf } from '#domain/exchange-status.ts';
import { explainExchange, namePauses } from '#domain/explain-exchange.ts';
import { networkId } from '#domain/ids.ts';
import { price, slot, tokenAmount, unixMs } from '#domain/units.ts';

const AT = unixMs(Date.UTC(2026, 2, 1, 17, 5));

const SOL_PERP: PerpMarketState = {
  kind: 'perp',
  marketIndex: 0,
  name: 'SOL-PERP',
  status: 'active',
  pausedOperations: [],
  oracle: { price: price(150_000_000n), ageSlots: 2, confidenceBps: 5, validity: 'valid' },
};
const USDC: SpotMarketState = {
  ...SOL_PERP,
  kind: 'spot',
  name: 'USDC',
  decimals: 6,
  depositRoom: null,
  guardRoom: tokenAmount(5n),
};

const observation = (bits: number, over: Partial<ExchangeObservation> = {}) => ({
  slot: slot(5n),
  observedAtMs: AT,
  status: exchangeStatusOf(bits),
  markets: [SOL_PERP, USDC],
  ...over,
});

const view = (bits: number, over: Partial<ExchangeObservation> = {}): ExchangeView => ({
  network: networkId('practice'),
  observation: observation(bits, over),
  pausedSinceMs: nextPauses({}, exchangeStatusOf(bits).paused, AT),
  revision: 1,
});

describe('the exchange in words', () => {
  it('fully paused: what is possible, what is not, since when', () => {
    expect(explainExchange(view(255))).toEqual({
      possible: ['Keel goes on watching: balances, prices and health are read as ever.'],
      notPossible: [
        'No order is executed: positions can be neither opened nor closed.',
        'Nothing can be withdrawn.',
        'Nothing can be deposited, not even to lift the health of an account.',
        'Nothing can be moved between sub-accounts.',
        'Profit and loss cannot be settled: what is unsettled stays so.',
      ],
      informs: [
        'Nobody is liquidated for now. Liquidations can begin the moment that the exchange lifts this.',
        'Health still follows the oracle prices: look at it before the exchange opens again.',
        'Funding rates are not updated: no new funding is earned or owed.',
        'Keel has seen that everything is paused since 2026-03-01 17:05 UTC.',
      ],
    });
  });

  it('nothing paused: everything is possible', () => {
    const { possible, notPossible, informs } = explainExchange(view(0));
    expect(possible).toHaveLength(6);
    expect(notPossible).toEqual([]);
    expect(informs).toEqual([]);
  });

  it('withdrawals paused: deposits go on, transfers do not', () => {
    const { possible, notPossible, informs } = explainExchange(view(2));
    expect(notPossible).toEqual([
      'Nothing can be withdrawn.',
      'Nothing can be moved between sub-accounts.',
    ]);
    expect(possible).toContain('Capital can be deposited.');
    expect(informs).toEqual([
      'Keel has seen that withdrawals are paused since 2026-03-01 17:05 UTC.',
    ]);
  });

  it('fills paused while liquidations go on: says so', () => {
    expect(explainExchange(view(8)).informs[0]).toBe(
      'Accounts can be liquidated while no position can be closed.',
    );
  });

  it('pauses that began at different times are told apart, the oldest first', () => {
    const both = {
      ...view(3),
      pausedSinceMs: { withdraw: unixMs(AT - 60_000), deposit: AT },
    };
    expect(explainExchange(both).informs).toEqual([
      'Keel has seen that withdrawals are paused since 2026-03-01 17:04 UTC.',
      'Keel has seen that deposits are paused since 2026-03-01 17:05 UTC.',
    ]);
  });

  it('names what a market forbids', () => {
    const markets = [{ ...SOL_PERP, status: 'reduceOnly' as const }];
    expect(explainExchange(view(0, { markets })).notPossible).toEqual([
      'SOL-PERP takes only what reduces a position or pays back a borrow.',
    ]);
  });

  it('never read: unknown, which is neither possible nor impossible', () => {
    const unread = { ...view(0), observation: null };
    expect(explainExchange(unread)).toEqual({
      possible: [],
      notPossible: [],
      informs: ['The exchange has not been read yet: what it allows is not known.'],
    });
  });

  it('every pause has a name, and every one changes what is told', () => {
    const open = explainExchange(view(0));
    EXCHANGE_OPERATIONS.forEach((operation, index) => {
      expect(namePauses([operation])).not.toBe('');
      expect(explainExchange(view(1 << index))).not.toEqual(open);
    });
    expect(namePauses(['deposit', 'withdraw', 'fill'])).toBe('deposits, withdrawals and fills');
    expect(namePauses(EXCHANGE_OPERATIONS)).toBe('everything');
  });
});

describe('what has changed at the exchange', () => {
  it('a pause that lasts keeps its time; one that comes back has a new one', () => {
    const first = nextPauses({}, ['fill'], AT);
    const second = nextPauses(first, ['fill', 'deposit'], unixMs(AT + 5));
    expect(second).toEqual({ fill: AT, deposit: AT + 5 });
    expect(nextPauses(second, ['fill', 'deposit'], unixMs(AT + 9))).toBe(second);
    const lifted = nextPauses(second, [], unixMs(AT + 10));
    expect(nextPauses(lifted, ['fill'], unixMs(AT + 11))).toEqual({ fill: AT + 11 });
    expect(nextPauses(first, ['deposit'], unixMs(AT + 12))).toEqual({ deposit: AT + 12 });
  });

  const oracle = (over: Partial<PerpMarketState['oracle']>) => ({
    markets: [{ ...SOL_PERP, oracle: { ...SOL_PERP.oracle, ...over } }, USDC],
  });

  it.each([
    ['a price', oracle({ price: price(1n), ageSlots: 9, confidenceBps: 50 }), false],
    ['the order of the markets', { markets: [USDC, SOL_PERP] }, false],
    ['an oracle', oracle({ validity: 'old' }), true],
    ['a status', { markets: [{ ...SOL_PERP, status: 'reduceOnly' as const }, USDC] }, true],
    ['a pause', { markets: [{ ...SOL_PERP, pausedOperations: ['fill' as const] }, USDC] }, true],
    ['a shut guard', { markets: [SOL_PERP, { ...USDC, guardRoom: tokenAmount(0n) }] }, true],
    ['a full market', { markets: [SOL_PERP, { ...USDC, depositRoom: tokenAmount(0n) }] }, true],
    ['a missing market', { markets: [SOL_PERP] }, true],
  ])('%s: %#', (_what, over, expected) => {
    expect(permitsDiffer(observation(0), observation(0, over))).toBe(expected);
  });

  it('the first read, and another status, count', () => {
    expect(permitsDiffer(null, observation(0))).toBe(true);
    expect(permitsDiffer(observation(0), observation(1))).toBe(true);
  });
});
