import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ALL_ACTIVITY } from '#domain/activity.ts';
import { unixMs } from '#domain/units.ts';
import { seedDesk } from '#test/support/seed-desk.ts';
import { openTestStore, testFolder } from './open-test-store.ts';

const NOW = Date.UTC(2027, 0, 1);
const order = {
  ...{ nowMs: NOW, vaults: 6, days: 90, operations: 300, openOperations: 2 },
  ...{ activity: 50, alerts: 30, notes: 2 },
} as const;

function seeded(seed: number) {
  const file = join(testFolder(), 'keel.db');
  const desk = seedDesk({ ...order, file, seed });
  return { desk, store: openTestStore(file) };
}

it('fills a database that opens without complaint, the same for the same seed', () => {
  const [{ desk, store }, twin, other] = [seeded(7), seeded(7), seeded(8)];
  expect(store.notices).toEqual([]);
  expect(store.integrityCheck()).toEqual({ ok: true, value: null });
  expect(store.vaultStore.loadVaults()).toEqual(desk.vaults);
  expect(store.journal.loadOpen()).toHaveLength(2);
  expect(store.journal.loadUntold()).toEqual([]);
  const states = new Set(desk.operations.map(({ state }) => state));
  expect(states).toEqual(
    new Set(['verified', 'denied', 'rejected', 'expired', 'discrepant', 'unresolved']),
  );
  expect(store.watchStore.loadAlerts(99, null)).toHaveLength(30);
  const feed = { filter: ALL_ACTIVITY, upTo: null, offset: 0, limit: 99 };
  expect(store.deskRecords.activity.load(feed).total).toBe(50);
  const year = { fromMs: unixMs(NOW - 90 * 86_400_000), toMs: unixMs(NOW), steps: 400 };
  const chartOf = ({ store: { deskRecords } }: typeof twin, index: number) =>
    deskRecords.charts.loadVaultChart(desk.vaults[index]!.id, year).points;
  for (const [index, { id }] of desk.vaults.entries()) {
    expect(store.deskRecords.notes.load(id)).toHaveLength(2);
    const points = chartOf({ desk, store }, index);
    expect(points.length).toBeGreaterThan(330);
    expect(points.filter(({ afterGap }) => afterGap).length).toBeLessThan(6);
    expect(points).toEqual(chartOf(twin, index));
    expect(points).not.toEqual(chartOf(other, index));
  }
}, 60_000);
