import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Alert, AlertView } from '#domain/alert.ts';
import { unixMs } from '#domain/units.ts';
import { createBridge, type Bridge } from '#renderer/bridge/bridge.ts';
import { alertsForBanners, bannersInOrder } from '#renderer/features/alarms/alert-banners.ts';
import { groupAlerts, standingOfAlert } from '#renderer/features/inbox/alert-words.ts';
import {
  inAlertOrder,
  INITIAL_ALERTS,
  loadAlerts,
  receiveAlerts,
  useAlertStore,
} from '#renderer/stores/alert-store.ts';
import type { Alarm } from '#renderer/stores/alarms.ts';
import { alertIdOf, alertOf, alertsOf } from '#test/support/renderer-preview/alert-stories.ts';
import { createFakeKeel } from '#test/support/renderer-preview/fake-keel.ts';
import { storyDesk, TIMEOUT } from '#test/support/renderer-preview/stories.ts';

const NOW = 1_780_000_000_000;

const bridgeWith = (alerts: readonly AlertView[]) => {
  const fake = createFakeKeel(storyDesk('first', NOW), NOW, [], alerts);
  return { fake, bridge: createBridge(() => fake.api) satisfies Bridge };
};
const held = () => useAlertStore.getState();
const unseen = () =>
  held().olderUnacknowledged +
  [...held().alerts.values()].filter(({ alert }) => alert.acknowledgedAtMs === null).length;
const acknowledged = ({ alert }: AlertView, revision = 2): AlertView => ({
  alert: { ...alert, acknowledgedAtMs: unixMs(NOW) },
  revision,
});

beforeEach(() => useAlertStore.setState(INITIAL_ALERTS, true));

describe('the inbox', () => {
  it('keeps the highest revision of each alert, in whatever order they arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 1 }), (revisions) => {
        useAlertStore.setState(INITIAL_ALERTS, true);
        const alert = alertOf(1, {}, 0, NOW);
        for (const revision of revisions) receiveAlerts([{ alert, revision }]);
        expect(held().alerts.get(alert.id)?.revision).toBe(Math.max(...revisions));
      }),
    );
  });

  it('counts what nobody has seen to, also beyond what is loaded', async () => {
    const all = alertsOf('many', NOW);
    const expected = all.filter(({ alert }) => alert.acknowledgedAtMs === null).length;
    const { bridge } = bridgeWith(all);
    await loadAlerts(bridge);
    expect(held().alerts.size).toBe(100);
    expect(held().hasOlder).toBe(true);
    expect(unseen()).toBe(expected);

    const beyond = all[201];
    const raised = { alert: alertOf(900, {}, 0, NOW), revision: 1 };
    if (beyond === undefined) throw new Error('the story is too short');
    receiveAlerts([raised]);
    expect(unseen()).toBe(expected + 1);
    receiveAlerts([acknowledged(beyond)]);
    expect(beyond.alert.acknowledgedAtMs).toBeNull();
    expect(unseen()).toBe(expected);
  });

  it('pages back to the first alert', async () => {
    const all = alertsOf('many', NOW);
    const { bridge } = bridgeWith(all);
    await loadAlerts(bridge);
    while (held().hasOlder) {
      await loadAlerts(bridge, inAlertOrder(held().alerts).at(-1)?.id ?? null);
    }
    expect(inAlertOrder(held().alerts).map(({ id }) => id)).toEqual(
      all.map(({ alert }) => alert.id),
    );
    expect(held().olderUnacknowledged).toBe(0);
  });

  it('keeps what it holds when it cannot be read, and says so', async () => {
    const { fake, bridge } = bridgeWith([]);
    receiveAlerts([{ alert: alertOf(1, {}, 0, NOW), revision: 1 }]);
    fake.refuse('alert.load', TIMEOUT);
    await loadAlerts(bridge);
    expect(held()).toMatchObject({ failure: TIMEOUT, loaded: false, loading: false });
    expect(held().alerts.size).toBe(1);
  });
});

describe('the groups', () => {
  it('put what lasts first, the gravest on top', () => {
    const lasting = (index: number, severity: Alert['severity']) =>
      alertOf(index, { severity }, index * 1_000, NOW);
    const news = alertOf(9, { clearedAtMs: unixMs(NOW - 500) }, 500, NOW);
    const over = alertOf(8, { clearedAtMs: unixMs(NOW) }, 500, NOW);
    const { raised, earlier } = groupAlerts([
      lasting(1, 'info'),
      news,
      lasting(2, 'warning'),
      over,
      lasting(3, 'critical'),
    ]);
    expect(raised.map(({ severity }) => severity)).toEqual(['critical', 'warning', 'info']);
    expect(earlier.map(({ id }) => id)).toEqual([alertIdOf(9), alertIdOf(8)]);
    expect([news, over, lasting(1, 'info')].map(standingOfAlert)).toEqual([
      'news',
      'over',
      'raised',
    ]);
  });
});

describe('the banners of critical alerts', () => {
  const [main] = storyDesk('first', NOW).views;
  if (main === undefined) throw new Error('the story has no vault');
  const critical = (kind: Alert['kind']) =>
    alertOf(
      1,
      { severity: 'critical', kind, vaultId: main.vault.id, network: main.vault.network },
      0,
      NOW,
    );
  const alarm = (kind: Alarm['kind'], views: Alarm['views'] = [main]): Alarm => ({
    key: kind,
    kind,
    views,
    status: null,
    error: null,
    attempts: null,
    nextAttemptAtMs: null,
  });

  it('show only what lasts, is critical and was not acknowledged', () => {
    const seen = { ...critical('margin'), acknowledgedAtMs: unixMs(NOW) };
    const over = { ...critical('margin'), clearedAtMs: unixMs(NOW) };
    const mild = { ...critical('margin'), severity: 'warning' as const };
    expect(alertsForBanners([seen, over, mild], [])).toEqual([]);
    expect(alertsForBanners([critical('margin')], [alarm('failing')])).toHaveLength(1);
  });

  it('stand above what only warns, and below an alarm as grave', () => {
    const alarms = [alarm('failing'), alarm('stale'), alarm('halted')];
    const banners = bannersInOrder(alarms, [critical('margin')]);
    expect(
      banners.map((banner) =>
        banner.kind === 'alarm' ? banner.alarm.kind : `alert ${banner.alert.kind}`,
      ),
    ).toEqual(['failing', 'alert margin', 'stale', 'halted']);
  });

  it('never tell what an alarm tells already', () => {
    expect(alertsForBanners([critical('sync')], [alarm('failing')])).toEqual([]);
    expect(alertsForBanners([critical('margin-unknown')], [alarm('stale')])).toEqual([]);
    expect(alertsForBanners([critical('node')], [alarm('network')])).toEqual([]);
    expect(alertsForBanners([critical('margin-unknown')], [alarm('network')])).toEqual([]);
    expect(alertsForBanners([critical('engine')], [alarm('engine', [])])).toEqual([]);
    expect(alertsForBanners([critical('halt')], [])).toEqual([]);
    expect(alertsForBanners([critical('sync')], [alarm('failing', [])])).toHaveLength(1);
  });
});
