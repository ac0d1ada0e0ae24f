import { describe, expect, it } from 'vitest';
import type { EndpointCondition, EndpointHealth, NetworkStatus } from '#domain/network.ts';
import { NETWORK } from '../harness.ts';
import { SAFE, WatchHarness } from './watch-harness.ts';

const MINUTE_MS = 60_000;
const FLAT = { usdc: 100_000_000n };

const endpoint = (index: number, condition: EndpointCondition, inUse: boolean): EndpointHealth => ({
  label: index === 0 ? 'A' : 'B',
  index,
  inUse,
  condition,
  reason: null,
  slot: 1_000n,
  slotLag: 0,
  latencyP50Ms: 40,
  latencyP95Ms: 80,
  latencyP99Ms: 120,
  calls: 100,
  errors: 0,
  rateLimited: 0,
  budgetPerSecond: 20,
  pausedUntilMs: null,
  askedAtMs: null,
});

/** Two endpoints, one of them in use. */
function status(
  conditions: readonly [EndpointCondition, EndpointCondition],
  inUse: 0 | 1 = 0,
  connection: NetworkStatus['connection'] = 'connected',
): NetworkStatus {
  return {
    network: NETWORK,
    endpointLabel: inUse === 0 ? 'A' : 'B',
    endpointIndex: inUse,
    endpointCount: 2,
    socket: 'live',
    connection,
    slot: 1_000n,
    latencyMs: 40,
    nextAttemptAtMs: null,
    endpoints: conditions.map((condition, index) => endpoint(index, condition, index === inUse)),
  };
}

const WELL = status(['ok', 'ok']);
const DOWN = status(['down', 'down'], 0, 'reconnecting');

async function begun(holdings: Parameters<WatchHarness['begin']>[0] = FLAT) {
  const harness = new WatchHarness();
  await harness.begin(holdings);
  harness.venue.tellStatus(WELL);
  return harness;
}

async function tell(harness: WatchHarness, next: NetworkStatus, forMs: number): Promise<void> {
  harness.venue.tellStatus(next);
  await harness.clock.advance(forMs);
}

describe('the line to the network (M3)', () => {
  it.each([
    ['warning', FLAT],
    ['critical', SAFE],
  ] as const)('lost, with what is at stake: %s', async (severity, holdings) => {
    const harness = await begun(holdings);
    await tell(harness, DOWN, 29_999);
    expect(harness.changes('node/')).toEqual([]);
    await harness.clock.advance(1);
    expect(harness.raised('node/')).toMatchObject([
      { key: `node/${NETWORK}/down`, severity, title: 'No connection to Practice' },
    ]);
    await tell(harness, WELL, 5_000);
    expect(harness.changes('node/')).toEqual(['raised', 'cleared']);
  });

  it('one endpoint that is down is no outage', async () => {
    const harness = await begun();
    await tell(harness, status(['ok', 'down']), MINUTE_MS);
    expect(harness.changes()).toEqual([]);
  });

  it('another network’s node is critical where it was to be used, and a warning beside', async () => {
    const harness = await begun();
    await tell(harness, status(['ok', 'wrong-cluster']), 0);
    expect(harness.raised()).toMatchObject([
      { key: `node/${NETWORK}/cluster`, severity: 'warning' },
    ]);
    expect(harness.raised()[0]?.text).toContain('“B” belongs to another network');
    await tell(harness, status(['wrong-cluster', 'wrong-cluster'], 0, 'wrong-cluster'), 0);
    await harness.clock.advance(5 * MINUTE_MS);
    expect(harness.changes('node/')).toEqual(['raised', 'worse']);
    expect(harness.raised('node/')).toMatchObject([{ severity: 'critical' }]);
  });

  it('moving to another endpoint and back is told as news', async () => {
    const harness = await begun();
    await tell(harness, status(['down', 'ok'], 1), 6 * MINUTE_MS);
    await tell(harness, WELL, MINUTE_MS);
    expect(harness.told().map(({ alert }) => [alert.severity, alert.title, alert.text])).toEqual([
      ['info', 'Now reading from “B”', '“A” did not answer.'],
      [
        'info',
        'Reading from “A” again',
        '“A” answers well again; Practice was read from “B” meanwhile.',
      ],
    ]);
    expect(harness.raised()).toEqual([]);
  });

  it('going round all endpoints in an outage is no move', async () => {
    const harness = await begun();
    for (const inUse of [1, 0, 1, 0] as const) {
      await tell(harness, status(['down', 'down'], inUse, 'reconnecting'), 10_000);
    }
    expect(harness.changes(`node/${NETWORK}/in-use`)).toEqual([]);
  });

  it('an endpoint that limits Keel for 30 s is told, a short pause is not', async () => {
    const harness = await begun();
    await tell(harness, status(['limited', 'ok']), 29_000);
    await tell(harness, WELL, 1_000);
    expect(harness.changes()).toEqual([]);
    await tell(harness, status(['limited', 'ok']), 30_000);
    expect(harness.raised()).toMatchObject([
      { severity: 'warning', title: '“A” limits Keel’s requests' },
    ]);
    await tell(harness, WELL, 30_000);
    expect(harness.raised()).toEqual([]);
  });

  it('a line that flaps for an hour rings every five minutes at most, each key by itself', async () => {
    const harness = await begun();
    const rangAt = new Map<string, number[]>();
    for (let round = 0; round < 80; round += 1) {
      await tell(harness, DOWN, 32_000);
      await tell(harness, status(['down', 'ok'], 1), 6_000);
      await tell(harness, WELL, 7_000);
    }
    for (const { atMs, event } of harness.events) {
      if (event.type !== 'ALERT_CHANGED' || !['raised', 'worse'].includes(event.change)) continue;
      const { key } = event.view.alert;
      rangAt.set(key, [...(rangAt.get(key) ?? []), atMs]);
    }
    expect([...rangAt.keys()].toSorted()).toEqual([
      `node/${NETWORK}/down`,
      `node/${NETWORK}/in-use`,
    ]);
    for (const times of rangAt.values()) {
      expect(times.length).toBeGreaterThan(5);
      times.slice(1).forEach((at, index) => {
        expect(at - (times[index] ?? 0)).toBeGreaterThanOrEqual(5 * MINUTE_MS);
      });
    }
  });

  it('what lasts is told when the five minutes are over, without a further word of the node', async () => {
    const harness = await begun();
    await tell(harness, DOWN, 35_000);
    await tell(harness, WELL, 10_000);
    await tell(harness, DOWN, 4 * MINUTE_MS);
    expect(harness.rings('node/')).toBe(1);
    await harness.clock.advance(MINUTE_MS);
    expect(harness.rings('node/')).toBe(2);
  });

  it('goes on over a restart; before the first answer nothing is cleared', async () => {
    const harness = await begun();
    await tell(harness, DOWN, 35_000);
    const next = harness.restart();
    next.start();
    await tell(next, status(['unknown', 'unknown'], 0, 'connecting'), MINUTE_MS);
    expect(next.changes('node/')).toEqual([]);
    await tell(next, DOWN, MINUTE_MS);
    expect(next.changes('node/')).toEqual([]);
    await tell(next, WELL, 5_000);
    expect(next.changes('node/')).toEqual(['cleared']);
  });

  it('stops with the engine', async () => {
    const harness = await begun();
    await tell(harness, DOWN, 1_000);
    harness.engine.stop();
    expect(harness.clock.pending).toBe(0);
  });
});
