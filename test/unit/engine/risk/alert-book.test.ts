import { describe, expect, it } from 'vitest';
import { alertId } from '#domain/alert.ts';
import { SLICE } from '#main/engine/sync/in-slices.ts';
import { BEAT_MS, SAFE, WatchHarness } from './watch-harness.ts';

const LOW = { healthBps: 4_000 };

describe('the inbox', () => {
  it('is loaded newest first, with the revision that was told last', async () => {
    const harness = new WatchHarness();
    const vaults = await harness.begin(SAFE, 2);
    for (const vault of vaults) await harness.beat(vault, LOW);
    const { alerts, unacknowledged } = harness.inbox();
    expect(unacknowledged).toBe(2);
    expect(alerts.map(({ alert }) => alert.vaultId)).toEqual([...vaults].reverse());
    const told = harness.told();
    for (const { alert, revision } of alerts) {
      expect(told.findLast((each) => each.alert.id === alert.id)?.revision).toBe(revision);
    }
  });

  it('an alert is acknowledged once; each change has a higher revision', async () => {
    const harness = new WatchHarness();
    const [vault] = await harness.begin();
    if (vault === undefined) throw new Error('no vault');
    await harness.beat(vault, LOW);
    const [alert] = harness.raised();
    if (alert === undefined) throw new Error('not raised');
    for (const _again of [1, 2]) {
      expect(harness.engine.acknowledgeAlert(alert.id)).toEqual({ ok: true, value: {} });
      await harness.clock.advance(1_000);
    }
    expect(harness.changes()).toEqual(['raised', 'acknowledged']);
    const revisions = harness.told().map(({ revision }) => revision);
    expect(revisions[1]).toBeGreaterThan(revisions[0] ?? Infinity);
    expect(harness.inbox().unacknowledged).toBe(0);
  });

  it('what there is not cannot be acknowledged', async () => {
    const harness = new WatchHarness();
    await harness.begin();
    expect(harness.engine.acknowledgeAlert(alertId('none'))).toMatchObject({
      ok: false,
      error: { code: 'ALERT_NOT_FOUND', remedy: 'fix-input' },
    });
  });

  it('all are acknowledged, cleared ones too, and each is told', async () => {
    const harness = new WatchHarness();
    const [first, second] = await harness.begin(SAFE, 2);
    if (first === undefined || second === undefined) throw new Error('no vaults');
    await harness.beat(first, LOW);
    await harness.beat(first, SAFE);
    await harness.beat(second, LOW);
    expect(harness.engine.acknowledgeAllAlerts()).toEqual({ ok: true, value: { acknowledged: 2 } });
    expect(harness.changes().filter((change) => change === 'acknowledged')).toHaveLength(2);
    expect(harness.inbox().unacknowledged).toBe(0);
    await harness.beat(second, { healthBps: 3_900 });
    expect(harness.raised()[0]?.acknowledgedAtMs).not.toBeNull();
    expect(harness.engine.acknowledgeAllAlerts()).toEqual({ ok: true, value: { acknowledged: 0 } });
  });
});

describe('a store that fails', () => {
  it('keeps no alert from the trader, stops no sync, and takes it when it can', async () => {
    const harness = new WatchHarness();
    const [vault] = await harness.begin();
    if (vault === undefined) throw new Error('no vault');
    harness.disk.watchStore.failing = true;
    await harness.beat(vault, LOW);
    expect(harness.changes()).toEqual(['raised']);
    expect(harness.view(vault).state.verification.kind).toBe('verified');
    expect(harness.raised()).toEqual([]);
    await harness.beat(vault, SAFE);
    await harness.beat(vault, LOW);
    expect(harness.changes()).toEqual(['raised', 'cleared', 'raised']);
    harness.disk.watchStore.failing = false;
    await harness.clock.advance(10_000);
    expect(harness.inbox().alerts).toHaveLength(2);
    expect(harness.raised()).toHaveLength(1);
    expect(harness.changes()).toHaveLength(3);
  });

  it('says so where the trader asks it to write', async () => {
    const harness = new WatchHarness();
    const [vault] = await harness.begin();
    if (vault === undefined) throw new Error('no vault');
    await harness.beat(vault, LOW);
    const [alert] = harness.raised();
    if (alert === undefined) throw new Error('not raised');
    harness.disk.watchStore.failing = true;
    expect(harness.engine.acknowledgeAlert(alert.id)).toMatchObject({
      ok: false,
      error: { code: 'DATABASE_WRITE_FAILED' },
    });
    expect(harness.changes()).toEqual(['raised']);
  });
});

describe('what the watch costs', () => {
  it('400 vaults: nothing is written at a heartbeat that changes nothing', async () => {
    const harness = new WatchHarness();
    await harness.begin(SAFE, 400);
    const before = harness.disk.watchStore.saves;
    const timers = harness.clock.pending;
    await harness.clock.advance(8 * BEAT_MS);
    expect(harness.disk.watchStore.saves).toBe(before);
    expect(harness.told()).toEqual([]);
    expect(harness.clock.pending).toBe(timers);
  });

  it('400 vaults whose health moves while it is low: each is written twice a minute at most', async () => {
    const harness = new WatchHarness();
    const vaults = await harness.begin({ ...SAFE, healthBps: 4_900 }, 400);
    const before = harness.disk.watchStore.saves;
    for (let beat = 1; beat <= 12; beat += 1) {
      for (const vault of vaults) harness.venue.set(vault, { ...SAFE, healthBps: 4_900 - beat });
      await harness.clock.advance(BEAT_MS);
    }
    expect(harness.disk.watchStore.saves - before).toBeLessThanOrEqual(2 * 400);
    expect(harness.rings()).toBe(0);
  });

  it('400 vaults that fail at once: one write of alerts for each slice of them, and one for all that grow old', async () => {
    const harness = new WatchHarness();
    await harness.begin(SAFE, 400);
    const before = harness.disk.watchStore.transactions;
    harness.venue.standing = { kind: 'whole', code: 'RPC_UNREACHABLE' };
    await harness.clock.advance(60_000);
    expect(harness.raised('sync/')).toHaveLength(400);
    expect(harness.raised('margin-unknown/')).toHaveLength(400);
    expect(harness.disk.watchStore.transactions - before).toBeLessThanOrEqual(400 / SLICE + 25);
  });
});
