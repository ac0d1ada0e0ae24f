import { describe, expect, it } from 'vitest';
import type {
  ExchangeObservation,
  MarketState,
  OracleState,
  PerpMarketState,
} from '#domain/exchange-state.ts';
import { exchangeStatusOf } from '#domain/exchange-status.ts';
import { price, slot, type Slot } from '#domain/units.ts';
import { NETWORK } from '../harness.ts';
import { BEAT_MS, SAFE, WatchHarness } from './watch-harness.ts';

const FLAT = { usdc: 100_000_000n };
const ORACLE: OracleState = {
  price: price(150_000_000n),
  ageSlots: 2,
  confidenceBps: 5,
  validity: 'valid',
};
const SOL_PERP: PerpMarketState = {
  kind: 'perp',
  marketIndex: 0,
  name: 'SOL-PERP',
  status: 'active',
  pausedOperations: [],
  oracle: ORACLE,
};

/** The venue tells this with every read from now on. */
function tell(
  harness: WatchHarness,
  bits: number,
  markets: readonly MarketState[] = [],
  at: (read: Slot) => Slot = (read) => read,
): void {
  harness.venue.exchangeAt = (read): ExchangeObservation => ({
    slot: at(read),
    observedAtMs: harness.clock.nowMs(),
    status: exchangeStatusOf(bits),
    markets,
  });
}

async function begun(holdings: Parameters<WatchHarness['begin']>[0] = SAFE) {
  const harness = new WatchHarness();
  tell(harness, 0);
  const [vault] = await harness.begin(holdings);
  if (vault === undefined) throw new Error('no vault');
  return { harness, vault };
}

const viewsTold = (harness: WatchHarness) =>
  harness.eventsOf('EXCHANGE_CHANGED').map(({ view }) => view);

describe('the venue’s own state (M2)', () => {
  it('comes with the heartbeat at no further read, and is told once a heartbeat', async () => {
    const { harness } = await begun();
    await harness.clock.advance(4 * BEAT_MS);
    expect(harness.venue.reads).toHaveLength(4);
    expect(viewsTold(harness)).toHaveLength(4);
    const revisions = viewsTold(harness).map(({ revision }) => revision);
    expect(revisions).toEqual(revisions.toSorted((left, right) => left - right));
    expect(new Set(revisions).size).toBe(4);
    expect(harness.engine.exchangeViews()).toEqual([viewsTold(harness).at(-1)]);
  });

  it('reads in between are not told, unless something is forbidden or allowed by them', async () => {
    const { harness } = await begun();
    await harness.clock.advance(BEAT_MS);
    harness.forget();
    void harness.engine.syncNow(null);
    await harness.clock.advance(100);
    expect(harness.venue.reads.length).toBeGreaterThan(0);
    expect(viewsTold(harness)).toEqual([]);
    tell(harness, 2);
    void harness.engine.syncNow(null);
    await harness.clock.advance(100);
    expect(viewsTold(harness)).toMatchObject([{ observation: { status: { bits: 2 } } }]);
  });

  it('an older slot never overwrites a newer one', async () => {
    const { harness } = await begun();
    tell(harness, 255, [], (read) => slot(read - 1_000n));
    await harness.clock.advance(2 * BEAT_MS);
    expect(harness.engine.exchangeViews()[0]?.observation?.status.bits).toBe(0);
    expect(harness.raised()).toEqual([]);
  });

  it('keeps since when each pause was seen, over a restart, and writes it only when it changes', async () => {
    const { harness, vault } = await begun();
    tell(harness, 2);
    await harness.clock.advance(BEAT_MS);
    const since = harness.clock.nowMs() - 100;
    const writes = harness.disk.watchStore.saves;
    await harness.clock.advance(10 * BEAT_MS);
    expect(harness.disk.watchStore.saves).toBe(writes);
    const next = harness.restart(new Map([[vault, SAFE]]));
    next.clock.suspend(3_600_000);
    next.engine.open();
    expect(next.engine.exchangeViews()).toMatchObject([
      { observation: null, pausedSinceMs: { withdraw: since } },
    ]);
    tell(next, 3);
    next.start();
    await next.clock.advance(100);
    expect(next.engine.exchangeViews()[0]?.pausedSinceMs).toEqual({
      withdraw: since,
      deposit: next.clock.nowMs() - 100,
    });
    expect(next.rings('exchange/')).toBe(0);
  });

  it('a network that began anew is believed from its first slot', async () => {
    const { harness } = await begun();
    harness.engine.networkReplaced(NETWORK);
    tell(harness, 255, [], () => slot(1n));
    await harness.clock.advance(BEAT_MS);
    expect(harness.engine.exchangeViews()[0]?.observation?.status.bits).toBe(255);
  });
});

describe('alerts of the exchange', () => {
  it.each([
    ['critical', 'withdrawals, with a position', 2, SAFE],
    ['critical', 'fills, with a position', 8, SAFE],
    ['critical', 'liquidations, with a position', 16, SAFE],
    ['warning', 'deposits, with a position', 1, SAFE],
    ['warning', 'everything, without a position', 255, FLAT],
  ] as const)('%s: %s', async (severity, _what, bits, holdings) => {
    const { harness } = await begun(holdings);
    tell(harness, bits);
    await harness.clock.advance(3 * BEAT_MS);
    expect(harness.told('exchange/')).toMatchObject([
      { change: 'raised', alert: { key: `exchange/${NETWORK}`, severity, network: NETWORK } },
    ]);
    tell(harness, 0);
    await harness.clock.advance(BEAT_MS);
    expect(harness.changes('exchange/')).toEqual(['raised', 'cleared']);
  });

  it('a vault that is new with its position rings once, as grave as it is', async () => {
    const harness = new WatchHarness();
    tell(harness, 255);
    await harness.begin(SAFE);
    await harness.clock.advance(3 * BEAT_MS);
    expect(harness.raised('exchange/')).toMatchObject([{ severity: 'critical' }]);
    expect(harness.changes('exchange/')).toEqual([]);
  });

  it('says what is not possible, what is, and since when', async () => {
    const { harness } = await begun();
    tell(harness, 255);
    await harness.clock.advance(BEAT_MS);
    const [alert] = harness.raised();
    expect(alert?.title).toBe('The exchange on Practice has paused everything');
    expect(alert?.text).toMatch(/^No order is executed: .* Nobody is liquidated/);
  });

  it('goes with the last vault there', async () => {
    const { harness, vault } = await begun(FLAT);
    tell(harness, 255);
    await harness.clock.advance(BEAT_MS);
    harness.engine.setArchived(vault, true);
    expect(harness.raised()).toEqual([]);
  });

  it('a market in which a vault has a position: what is restricted there', async () => {
    const { harness } = await begun();
    tell(harness, 0, [{ ...SOL_PERP, status: 'reduceOnly' }]);
    await harness.clock.advance(BEAT_MS);
    expect(harness.raised()).toMatchObject([
      { severity: 'warning', title: 'SOL-PERP is restricted on Practice' },
    ]);
    tell(harness, 0, [{ ...SOL_PERP, pausedOperations: ['fill'] }]);
    await harness.clock.advance(BEAT_MS);
    expect(harness.changes()).toEqual(['raised', 'worse']);
    tell(harness, 0, [SOL_PERP]);
    await harness.clock.advance(BEAT_MS);
    expect(harness.raised()).toEqual([]);
  });

  it('a market where nobody has anything at stake is no news', async () => {
    const { harness, vault } = await begun();
    const other = { ...SOL_PERP, marketIndex: 7, name: 'X-PERP', status: 'delisted' as const };
    tell(harness, 0, [other]);
    await harness.clock.advance(BEAT_MS);
    expect(harness.changes()).toEqual([]);
    tell(harness, 0, [{ ...SOL_PERP, status: 'reduceOnly' }]);
    await harness.clock.advance(BEAT_MS);
    expect(harness.raised()).toHaveLength(1);
    harness.venue.set(vault, FLAT);
    await harness.clock.advance(2 * BEAT_MS);
    expect(harness.raised()).toEqual([]);
  });

  it('an oracle rings when it has failed for 30 s, and is over when it was well for 30 s', async () => {
    const { harness } = await begun();
    const bad: MarketState = { ...SOL_PERP, oracle: { ...ORACLE, validity: 'uncertain' } };
    tell(harness, 0, [bad]);
    await harness.clock.advance(6 * BEAT_MS);
    expect(harness.changes()).toEqual([]);
    await harness.clock.advance(BEAT_MS);
    expect(harness.changes()).toEqual(['raised']);
    for (let beat = 0; beat < 20; beat += 1) {
      tell(harness, 0, [beat % 2 === 0 ? SOL_PERP : bad]);
      await harness.clock.advance(BEAT_MS);
    }
    expect(harness.rings()).toBe(1);
    expect(harness.raised()).toHaveLength(1);
    tell(harness, 0, [SOL_PERP]);
    await harness.clock.advance(8 * BEAT_MS);
    expect(harness.raised()).toEqual([]);
  });

  it('an oracle that flickers never rings', async () => {
    const { harness } = await begun();
    const old: MarketState = { ...SOL_PERP, oracle: { ...ORACLE, ageSlots: 151 } };
    for (let beat = 0; beat < 40; beat += 1) {
      tell(harness, 0, [beat % 4 === 3 ? SOL_PERP : old]);
      await harness.clock.advance(BEAT_MS);
    }
    expect(harness.changes()).toEqual([]);
  });
});
