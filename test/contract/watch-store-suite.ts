/** What every record of the watch must do, whether it lies on the disk or in memory. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Alert } from '#domain/alert.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import { networkId, operationId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import type { WatchStore } from '#main/engine/ports.ts';
import { alertIdOf, alertOf, RAISED_MS } from '#test/support/alerts.ts';
import { codeOf, errorOf } from '#test/unit/store/code-of.ts';

const at = (offsetMs: number) => unixMs(RAISED_MS + offsetMs);

export function describeWatchStore(name: string, open: () => WatchStore): void {
  describe(`${name} as a record of alerts`, () => {
    let store: WatchStore;
    beforeEach(() => {
      store = open();
    });
    const idsOf = (alerts: readonly Alert[]) => alerts.map(({ id }) => id);
    const save = (...alerts: readonly Alert[]) => alerts.forEach((each) => store.saveAlert(each));

    it('is empty at first', () => {
      expect(store.loadRaisedAlerts()).toEqual([]);
      expect(store.loadAlerts(9, null)).toEqual([]);
      expect(store.loadAlert(alertIdOf(1))).toBeNull();
      expect(store.countUnacknowledged()).toBe(0);
      expect(store.acknowledgeAll(at(1))).toBe(0);
    });

    it('gives back what it was given, texts with any sign in them', () => {
      const plain = alertOf(1);
      const odd = alertOf(2, {
        ...{ text: `it's "20 %"\nnot 5 \u2028 ✓`, vaultId: null, network: null },
        ...{ operationId: operationId('00000000-0000-4000-8000-0000000000aa') },
        ...{ clearedAtMs: at(2), acknowledgedAtMs: at(9) },
      });
      save(plain, odd);
      expect(store.loadAlert(plain.id)).toEqual(plain);
      expect(store.loadAlert(odd.id)).toEqual(odd);
    });

    it('replaces an alert by its id, and keeps its place', () => {
      save(alertOf(1), alertOf(2), alertOf(3));
      const worse = alertOf(2, { severity: 'critical', text: 'Health is 19.', changedAtMs: at(5) });
      save(worse);
      expect(store.loadAlert(worse.id)).toEqual(worse);
      expect(idsOf(store.loadAlerts(9, null))).toEqual([3, 2, 1].map(alertIdOf));
    });

    it('refuses a second raised alert of one key, and takes it once the first is cleared', () => {
      const [first, twin] = [alertOf(1), alertOf(2, { key: alertOf(1).key })];
      save(first);
      const error = errorOf(() => store.saveAlert(twin));
      expect(error?.code).toBe('DATABASE_WRITE_FAILED');
      expect(error?.message).toContain(first.id);
      expect(store.loadAlert(twin.id)).toBeNull();
      save({ ...first, clearedAtMs: at(4) }, twin);
      expect(idsOf(store.loadRaisedAlerts())).toEqual([twin.id]);
    });

    it('takes any number of cleared alerts of one key beside the raised one', () => {
      const { key } = alertOf(1);
      save(alertOf(1, { clearedAtMs: at(1) }), alertOf(2, { key }));
      save(alertOf(3, { key, clearedAtMs: at(3) }));
      expect(idsOf(store.loadRaisedAlerts())).toEqual([alertIdOf(2)]);
    });

    it('tells the raised ones, oldest first', () => {
      save(alertOf(3), alertOf(1), alertOf(2, { clearedAtMs: at(2) }), alertOf(4));
      expect(idsOf(store.loadRaisedAlerts())).toEqual([3, 1, 4].map(alertIdOf));
    });

    it.each<[string, Partial<Alert>]>([
      ['come back', { clearedAtMs: null }],
      ['be cleared at another time', { clearedAtMs: at(6) }],
      ['tell another text', { text: 'Nothing happened.' }],
      ['grow worse', { severity: 'critical' }],
      ['change', { changedAtMs: at(6) }],
      ['become another vault’s', { vaultId: null }],
    ])('never lets a cleared alert %s', (_what, change) => {
      const cleared = alertOf(1, { clearedAtMs: at(5) });
      save(cleared);
      expect(codeOf(() => store.saveAlert({ ...cleared, ...change }))).toBe(
        'DATABASE_WRITE_FAILED',
      );
      expect(store.loadAlert(cleared.id)).toEqual(cleared);
    });

    it.each<[string, Partial<Alert>]>([
      ['key', { key: 'margin/other' }],
      ['kind', { kind: 'node' }],
      ['time of raising', { raisedAtMs: at(0) }],
    ])('never lets the %s of an alert change', (_what, change) => {
      save(alertOf(1));
      expect(codeOf(() => store.saveAlert(alertOf(1, change)))).toBe('DATABASE_WRITE_FAILED');
      expect(store.loadAlert(alertIdOf(1))).toEqual(alertOf(1));
    });

    it('refuses one that would be cleared before it was raised', () => {
      const early = alertOf(5, { clearedAtMs: at(4) });
      expect(codeOf(() => store.saveAlert(early))).toBe('DATABASE_WRITE_FAILED');
      save(alertOf(5, { clearedAtMs: at(5) }));
    });

    it('lets an alert be acknowledged once, also a cleared one', () => {
      const raised = alertOf(1, { acknowledgedAtMs: at(3) });
      const cleared = alertOf(2, { clearedAtMs: at(2) });
      save(alertOf(1), raised, cleared, { ...cleared, acknowledgedAtMs: at(7) });
      for (const acknowledgedAtMs of [at(8), null]) {
        const again = { ...raised, acknowledgedAtMs };
        expect(codeOf(() => store.saveAlert(again))).toBe('DATABASE_WRITE_FAILED');
      }
      expect(store.loadAlert(raised.id)).toEqual(raised);
      expect(store.loadAlert(cleared.id)?.acknowledgedAtMs).toBe(at(7));
      save({ ...raised, clearedAtMs: at(9) });
    });

    it('takes an acknowledgement back only where the alert grows worse', () => {
      const warned = alertOf(1, { acknowledgedAtMs: at(3) });
      const again = { ...warned, acknowledgedAtMs: null };
      save(alertOf(1), warned);
      const milder = { ...again, severity: 'info' } as const;
      expect(codeOf(() => store.saveAlert(milder))).toBe('DATABASE_WRITE_FAILED');
      save({ ...again, severity: 'critical' });
      expect(store.countUnacknowledged()).toBe(1);
    });

    it('takes a step that grew worse and was acknowledged anew in one', () => {
      const warned = alertOf(1, { acknowledgedAtMs: at(3) });
      const worse = { ...warned, severity: 'critical', acknowledgedAtMs: at(8) } as const;
      save(warned, worse);
      expect(store.loadAlert(warned.id)).toEqual(worse);
    });

    it('counts and acknowledges what nobody has acknowledged, cleared ones too', () => {
      const seen = alertOf(1, { acknowledgedAtMs: at(2) });
      save(seen, alertOf(2), alertOf(3, { clearedAtMs: at(3) }));
      expect(store.countUnacknowledged()).toBe(2);
      expect(store.acknowledgeAll(at(9))).toBe(2);
      expect(store.countUnacknowledged()).toBe(0);
      expect(store.acknowledgeAll(at(10))).toBe(0);
      expect(store.loadAlert(seen.id)).toEqual(seen);
      expect(store.loadAlert(alertIdOf(3))?.acknowledgedAtMs).toBe(at(9));
    });

    it('pages backwards, and says where the page’s anchor is gone', () => {
      save(...[1, 2, 3, 4, 5].map((number) => alertOf(number)));
      expect(idsOf(store.loadAlerts(2, null))).toEqual([5, 4].map(alertIdOf));
      expect(idsOf(store.loadAlerts(2, alertIdOf(4)))).toEqual([3, 2].map(alertIdOf));
      expect(store.loadAlerts(2, alertIdOf(1))).toEqual([]);
      expect(codeOf(() => store.loadAlerts(2, alertIdOf(9)))).toBe('ALERT_NOT_FOUND');
    });
  });

  describe(`${name} as a record of what is stopped`, () => {
    const halt = (offsetMs: number, source: HaltAll['source'] = 'tray'): HaltAll => ({
      ...{ sinceMs: at(offsetMs), source },
    });

    it('keeps the stop of everything until it is lifted', () => {
      const store = open();
      expect(store.loadHaltAll()).toBeNull();
      store.saveHaltAll(halt(1), at(1));
      store.saveHaltAll(halt(1), at(2));
      expect(store.loadHaltAll()).toEqual(halt(1));
      store.saveHaltAll(null, at(3));
      expect(store.loadHaltAll()).toBeNull();
      store.saveHaltAll(null, at(4));
      store.saveHaltAll(halt(5, 'keyboard'), at(5));
      expect(store.loadHaltAll()).toEqual(halt(5, 'keyboard'));
    });

    it('replaces one stop by another', () => {
      const store = open();
      store.saveHaltAll(halt(1), at(1));
      store.saveHaltAll(halt(2, 'window'), at(2));
      expect(store.loadHaltAll()).toEqual(halt(2, 'window'));
    });

    it('lifts a stop on a clock that was put back', () => {
      const store = open();
      store.saveHaltAll(halt(9), at(9));
      store.saveHaltAll(null, at(1));
      expect(store.loadHaltAll()).toBeNull();
    });

    it('keeps the pauses of each network apart, with when each began', () => {
      const store = open();
      const [practice, mainnet] = [networkId('practice'), networkId('mainnet')];
      expect(store.loadPauses(practice)).toEqual({});
      store.savePauses(practice, { deposit: at(1), fill: at(2) });
      store.savePauses(mainnet, { deposit: at(5) });
      expect(store.loadPauses(practice)).toEqual({ deposit: at(1), fill: at(2) });
      store.savePauses(practice, { fill: at(2), withdraw: at(7) });
      expect(store.loadPauses(practice)).toEqual({ fill: at(2), withdraw: at(7) });
      store.savePauses(practice, { fill: at(8) });
      expect(store.loadPauses(practice)).toEqual({ fill: at(8) });
      store.savePauses(practice, {});
      expect(store.loadPauses(practice)).toEqual({});
      expect(store.loadPauses(mainnet)).toEqual({ deposit: at(5) });
    });
  });
}
