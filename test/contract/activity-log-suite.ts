/** What every activity log must do, whatever it is made of. */
import { describe, expect, it } from 'vitest';
import {
  ALL_ACTIVITY,
  type ActivityFilter,
  type ActivityQuery,
  type NewActivity,
} from '#domain/activity.ts';
import { unixMs } from '#domain/units.ts';
import type { ActivityLog } from '#main/engine/desk-ports.ts';
import { vaultIdOf } from '#test/support/vaults.ts';

export function describeActivityLog(name: string, create: () => ActivityLog): void {
  const entry = (number: number, over: Partial<NewActivity> = {}): NewActivity => ({
    atMs: unixMs(1_000 + number),
    kind: 'vault',
    tone: 'info',
    actor: 'trader',
    title: `Entry ${number}`,
    text: '',
    vaultId: null,
    network: null,
    operationId: null,
    alertId: null,
    ...over,
  });
  const query = (filter: Partial<ActivityFilter> = {}, over: Partial<ActivityQuery> = {}) => ({
    ...{ upTo: null, offset: 0, limit: 100 },
    ...over,
    filter: { ...ALL_ACTIVITY, ...filter },
  });
  const titles = (log: ActivityLog, filter: Partial<ActivityFilter> = {}): readonly string[] =>
    log.load(query(filter)).entries.map(({ title }) => title);

  describe(`the activity log of ${name}`, () => {
    it('is empty at first', () => {
      expect(create().load(query())).toEqual({ entries: [], total: 0, upTo: null });
    });

    it('gives each entry the next place, in the order given, and shows the newest first', () => {
      const log = create();
      const [first, second] = log.record([entry(1), entry(2)]);
      expect(first).toEqual({ ...entry(1), id: first!.id });
      expect(second!.id).toBe(first!.id + 1);
      expect(log.load(query()).entries).toEqual([second, first]);
    });

    it('leaves out what was told before, over batches and within one', () => {
      const log = create();
      expect(log.record([{ ...entry(1), once: 'a' }, entry(2)])).toHaveLength(2);
      const told = log.record([{ ...entry(3), once: 'a' }, { ...entry(4), once: 'b' }, entry(5)]);
      expect(told.map(({ title }) => title)).toEqual(['Entry 4', 'Entry 5']);
      expect(
        log.record([
          { ...entry(6), once: 'c' },
          { ...entry(7), once: 'c' },
        ]),
      ).toHaveLength(1);
      expect(log.load(query()).total).toBe(5);
    });

    it('holds the list still while new entries come', () => {
      const log = create();
      log.record([1, 2, 3, 4].map((number) => entry(number)));
      const first = log.load(query({}, { limit: 2 }));
      log.record([entry(5), entry(6)]);
      const next = log.load(query({}, { limit: 2, offset: 2, upTo: first.upTo }));
      expect(first.entries.map(({ title }) => title)).toEqual(['Entry 4', 'Entry 3']);
      expect(next.entries.map(({ title }) => title)).toEqual(['Entry 2', 'Entry 1']);
      expect([first.total, next.total, log.load(query()).total]).toEqual([4, 4, 6]);
    });

    it('lets through what every part of the filter lets through', () => {
      const log = create();
      log.record([
        entry(1, { kind: 'sync', tone: 'warning', vaultId: vaultIdOf(1) }),
        entry(2, { kind: 'sync', tone: 'good', vaultId: vaultIdOf(2) }),
        entry(3, { kind: 'alert', tone: 'warning', vaultId: vaultIdOf(1), text: 'Node is SLOW' }),
      ]);
      expect(titles(log, { kinds: ['sync'] })).toEqual(['Entry 2', 'Entry 1']);
      expect(titles(log, { tones: ['warning'], vaultIds: [vaultIdOf(1)] })).toEqual([
        'Entry 3',
        'Entry 1',
      ]);
      expect(titles(log, { text: ' slow ' })).toEqual(['Entry 3']);
      expect(titles(log, { fromMs: unixMs(1_002), toMs: unixMs(1_002) })).toEqual(['Entry 2']);
      expect(titles(log, { kinds: ['sync'], text: 'slow' })).toEqual([]);
    });

    it('takes what is searched for as it is', () => {
      const log = create();
      log.record([
        entry(1, { title: '100 %' }),
        entry(2, { title: 'a_b' }),
        entry(3, { title: `'` }),
      ]);
      expect(titles(log, { text: '%' })).toEqual(['100 %']);
      expect(titles(log, { text: '_' })).toEqual(['a_b']);
      expect(titles(log, { text: `'` })).toEqual([`'`]);
      expect(titles(log, { text: `\\` })).toEqual([]);
      expect(titles(log, { text: `' OR 1=1 --` })).toEqual([]);
    });
  });
}
