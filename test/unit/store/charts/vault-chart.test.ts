import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { writableDb } from '#main/store/database.ts';
import { cutSpan, type ChartSteps } from '#main/store/desk/chart-steps.ts';
import { loadVaultChart } from '#main/store/desk/vault-chart.ts';
import { connect } from '#main/store/connect.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { onChainVault } from '#test/support/vaults.ts';
import { codeOf } from '../code-of.ts';
import { START_MS } from '../observations.ts';
import { openTestStore, testFolder } from '../open-test-store.ts';
import { commitsOf, DAY, HOUR, MINUTE, modelPoints, seenFrom, type Seen } from './chart-model.ts';

const vault = onChainVault(1);
const other = onChainVault(2);

function storeWith(seen: readonly Seen[], clock = new FakeClock()) {
  const file = join(testFolder(), 'keel.db');
  const opened = openTestStore(file, clock);
  for (const each of [vault, other]) opened.vaultStore.insertVault(each);
  // The neighbour must never show.
  const noise = { equity: 7, healthBps: 1, settled: 9, accrued: 9, scaled: 9 };
  opened.vaultStore.commitSyncs([
    ...commitsOf(other, [{ ...noise, atMs: START_MS + 1 }], 'noise'),
    ...commitsOf(vault, seen, 'run'),
  ]);
  return { ...opened, file, charts: opened.deskRecords.charts };
}

function drain(maintain: ReturnType<typeof openTestStore>['maintain']): void {
  for (;;) {
    const slice = maintain();
    if (!slice.ok) throw new Error(slice.error.message);
    if (slice.value.done) return;
  }
}

/** Steps as the chart says that it cut them. */
function stepsOf(fromMs: number, toMs: number, stepMs: number) {
  const count = Math.max(1, Math.ceil((toMs + 1 - fromMs) / stepMs));
  return Array.from({ length: count }, (_, index) => ({
    fromMs: fromMs + index * stepMs,
    untilMs: fromMs + (index + 1) * stepMs - 1,
  }));
}

const spans = fc.record({
  beginMs: fc.integer({ min: -HOUR, max: 5 * HOUR }),
  lengthMs: fc.oneof(
    fc.integer({ min: 1, max: 9 * HOUR }),
    fc.constantFrom(DAY, 13 * DAY, 15 * DAY, 60 * DAY, 400 * DAY),
  ),
  steps: fc.integer({ min: 10, max: 400 }),
});

describe('the chart of a vault', () => {
  it('says of every span what the observations say, narrow or wide', () => {
    fc.assert(
      fc.property(seenFrom(START_MS), spans, (seen, { beginMs, lengthMs, steps }) => {
        const { charts } = storeWith(seen);
        const fromMs = unixMs(START_MS + beginMs);
        const toMs = unixMs(fromMs + lengthMs);
        const chart = charts.loadVaultChart(vault.id, { fromMs, toMs, steps });
        const cut = stepsOf(chart.fromMs, toMs, chart.stepMs);
        const wide = chart.stepMs % HOUR === 0;
        // The end belongs to the last step; a wide one has its whole hours.
        const last = cut.length > 1 && !wide && (toMs - fromMs) % chart.stepMs === 0;
        if (last) cut.splice(-2, 2, { fromMs: cut.at(-2)!.fromMs, untilMs: toMs });
        else if (!wide) cut.splice(-1, 1, { fromMs: cut.at(-1)!.fromMs, untilMs: toMs });
        else {
          const rollup = chart.stepMs % DAY === 0 && lengthMs / steps >= DAY ? DAY : HOUR;
          const end = Math.floor(toMs / rollup) * rollup + rollup - 1;
          cut.splice(-1, 1, { fromMs: cut.at(-1)!.fromMs, untilMs: end });
        }
        expect(chart.points).toEqual(modelPoints(seen, cut, chart.stepMs));
        expect(chart.points.length).toBeLessThanOrEqual(steps);
        expect(chart.firstMs).toBe(seen[0]!.atMs);
        expect(chart.fromMs).toBeLessThanOrEqual(fromMs);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('says the same from the rollup and from the points, thinned or not', () => {
    const input = fc.tuple(seenFrom(START_MS, 90), fc.integer({ min: 1, max: 30 }), fc.boolean());
    fc.assert(
      fc.property(input, ([seen, hours, thinned]) => {
        const clock = new FakeClock();
        const opened = storeWith(seen, clock);
        if (thinned) {
          void clock.advance(seen.at(-1)!.atMs + 90 * DAY - clock.nowMs());
          drain(opened.maintain);
        }
        opened.close();
        const connection = connect(opened, true);
        const db = writableDb(connection);
        const fromMs = BigInt(START_MS);
        const toMs = BigInt(Math.ceil(seen.at(-1)!.atMs / HOUR) * HOUR + HOUR - 1);
        const stepMs = BigInt(hours * HOUR);
        const count = Number((toMs - fromMs) / stepMs) + 1;
        const span = { fromMs: unixMs(START_MS), toMs: unixMs(Number(toMs)), steps: count };
        const steps: ChartSteps = { rollup: null, fromMs, toMs, stepMs, count };
        const fromPoints = loadVaultChart(db, vault.id, span, steps);
        const hour = cutSpan({ ...span, toMs: unixMs(START_MS + 100 * HOUR), steps: 100 }).rollup;
        const fromRollup = loadVaultChart(db, vault.id, span, { ...steps, rollup: hour });
        connection.close();
        expect(fromRollup).toEqual(fromPoints);
        const model = modelPoints(
          seen,
          stepsOf(START_MS, Number(toMs), hours * HOUR),
          hours * HOUR,
        );
        expect(fromPoints.points).toEqual(model);
      }),
      { numRuns: 50 },
    );
  }, 60_000);

  it('shows a dip of one read still after a month of thinning, and nothing of it as a gap', () => {
    const seen = Array.from({ length: 60 }, (_, index) => ({
      ...{ atMs: START_MS + HOUR + index * MINUTE, equity: 500 + index, healthBps: 9_000 },
      ...{ settled: 0, accrued: 1, scaled: 1 },
    }));
    seen[30] = { ...seen[30]!, equity: -4, healthBps: 12 };
    const clock = new FakeClock();
    const { charts, maintain, vaultStore } = storeWith(seen, clock);
    void clock.advance(START_MS + 60 * DAY - clock.nowMs());
    drain(maintain);
    expect(vaultStore.loadHistory(vault.id, unixMs(0), unixMs(10 ** 14))).toHaveLength(2);
    const span = { fromMs: unixMs(START_MS), toMs: unixMs(START_MS + 3 * HOUR), steps: 10 };
    for (const steps of [10, 2_000]) {
      const { points } = charts.loadVaultChart(vault.id, { ...span, steps });
      expect(Math.min(...points.map(({ lowestHealthBps }) => lowestHealthBps))).toBe(12);
      expect(points.map(({ lowestEquity }) => lowestEquity)).toContain(-4n);
      expect(points.some(({ afterGap }) => afterGap)).toBe(false);
    }
  });

  it('is empty for a vault that was never observed, and refuses one that is not there', () => {
    const { charts, vaultStore } = storeWith([]);
    const span = { fromMs: unixMs(0), toMs: unixMs(START_MS), steps: 10 };
    expect(charts.loadVaultChart(vault.id, span)).toMatchObject({ points: [], firstMs: null });
    vaultStore.updateVault({ ...other, archivedAtMs: unixMs(START_MS + 5) });
    const about = { fromMs: unixMs(START_MS), toMs: unixMs(START_MS + 50), steps: 10 };
    expect(charts.loadVaultChart(other.id, about).points).toHaveLength(1);
    expect(codeOf(() => charts.loadVaultChart(onChainVault(9).id, span))).toBe('VAULT_NOT_FOUND');
  });
});
