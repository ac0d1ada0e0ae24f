import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { networkId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import type { TotalsPoint } from '#domain/value-chart.ts';
import type { TotalsGroup } from '#main/engine/desk-ports.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { onChainVault } from '#test/support/vaults.ts';
import { START_MS } from '../observations.ts';
import { openTestStore, testFolder } from '../open-test-store.ts';
import { commitsOf, DAY, HOUR, rowsOf, seenFrom, SILENCE, type Seen } from './chart-model.ts';

interface Member {
  readonly seen: readonly Seen[];
  readonly createdMs: number;
  readonly archivedMs: number | null;
  readonly line: 0 | 1 | 2;
}

const LINES = [
  { money: 'live', network: networkId('mainnet') },
  { money: 'practice', network: networkId('practice') },
  { money: 'paper', network: networkId('practice') },
] as const;

const offset = fc.oneof(fc.integer({ min: 0, max: 6 * HOUR }), fc.constantFrom(DAY, 30 * DAY));
const member: fc.Arbitrary<Member> = fc.record({
  seen: fc.oneof(
    { weight: 9, arbitrary: offset.chain((ms) => seenFrom(START_MS + ms, 30)) },
    { weight: 1, arbitrary: fc.constant<readonly Seen[]>([]) },
  ),
  createdMs: offset.map((ms) => START_MS + ms),
  archivedMs: fc.option(offset.map((ms) => START_MS + ms)),
  line: fc.constantFrom(0 as const, 1 as const, 2 as const),
});

/** One moment, added up from every observation. */
function modelPoint(members: readonly Member[], lastMs: number, nearMs: number) {
  const counting = members.filter(({ seen, createdMs, archivedMs }) => {
    const since = Math.min(createdMs, seen[0]?.atMs ?? createdMs);
    return since <= lastMs && (archivedMs === null || lastMs < archivedMs);
  });
  const values = counting.map(({ seen }) => {
    const row = rowsOf(seen).findLast(({ atMs }) => atMs <= lastMs);
    return row !== undefined && lastMs - row.untilMs <= nearMs ? row : null;
  });
  const sum = (of: (seen: Seen) => number) =>
    values.length === 0 || values.includes(null)
      ? null
      : BigInt(values.reduce((total, value) => total + of(value!), 0));
  return {
    equity: sum(({ equity }) => equity),
    funding: sum(({ settled, accrued }) => settled + accrued),
    vaults: counting.length,
  };
}

function storeWith(members: readonly Member[], nowMs: number) {
  const clock = new FakeClock(nowMs);
  const opened = openTestStore(join(testFolder(), 'keel.db'), clock);
  const groups = members.map(({ seen, createdMs, archivedMs, line }, index): TotalsGroup => {
    const vault = onChainVault(index);
    opened.vaultStore.insertVault(vault);
    opened.vaultStore.commitSyncs(commitsOf(vault, seen, `run-${index}`));
    return {
      ...{ vaultId: vault.id, ...LINES[line], createdAtMs: unixMs(createdMs) },
      archivedAtMs: archivedMs === null ? null : unixMs(archivedMs),
    };
  });
  return { ...opened, groups, charts: opened.deskRecords.charts };
}

describe('the chart of totals', () => {
  it('is at every step what the observations add up to, or unknown', async () => {
    const input = fc.record({
      members: fc.array(member, { maxLength: 6 }),
      beginMs: fc.integer({ min: -HOUR, max: 7 * HOUR }),
      lengthMs: fc.oneof(
        fc.integer({ min: 1, max: 9 * HOUR }),
        fc.constantFrom(DAY, 15 * DAY, 60 * DAY, 400 * DAY),
      ),
      steps: fc.integer({ min: 10, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(input, async ({ members, beginMs, lengthMs, steps }) => {
        const fromMs = unixMs(START_MS + beginMs);
        // A wide span ends with a whole hour or day here: what of a part of one counts is told apart below.
        const exactMs = fromMs + lengthMs;
        const toMs = unixMs(
          lengthMs / steps >= HOUR || lengthMs > 14 * DAY ? endOfDay(exactMs) : exactMs,
        );
        const { charts, groups } = storeWith(members, toMs);
        const chart = await charts.loadTotalsChart(groups, { fromMs, toMs, steps });
        expect(chart.toMs).toBe(toMs);
        expect(chart.lines.map(({ money, network }) => `${money} ${network}`)).toEqual([
          ...new Set(members.map(({ line }) => `${LINES[line].money} ${LINES[line].network}`)),
        ]);
        for (const { money, network, points } of chart.lines) {
          const of = members.filter(
            ({ line }) => LINES[line].money === money && LINES[line].network === network,
          );
          expect(points.length).toBeLessThanOrEqual(steps);
          expect(points).toEqual(
            points.map((_, index): TotalsPoint => {
              const isLast = index === points.length - 1;
              const end = chart.fromMs + (index + 1) * chart.stepMs;
              const lastMs = isLast ? toMs : end - 1;
              const model = modelPoint(of, lastMs, Math.max(chart.stepMs, SILENCE));
              return { atMs: unixMs(isLast ? toMs : end), ...model } as TotalsPoint;
            }),
          );
          if (points.length > 0)
            expect(chart.fromMs + points.length * chart.stepMs).toBeGreaterThanOrEqual(toMs);
        }
      }),
      { numRuns: 50 },
    );
  }, 60_000);

  it('adds up at whole hours what was thinned, and gives hundreds of vaults fewer steps', async () => {
    const seen = Array.from({ length: 240 }, (_, index) => ({
      ...{ atMs: START_MS + index * 30_000, equity: index, healthBps: 9_000 },
      ...{ settled: 0, accrued: 1, scaled: 1 },
    }));
    const one = { seen, createdMs: START_MS, archivedMs: null, line: 0 } as const;
    const { charts, groups, maintain } = storeWith([one, one], START_MS + 60 * DAY);
    for (let done = false; !done;) {
      const slice = maintain();
      if (!slice.ok) throw new Error(slice.error.message);
      done = slice.value.done;
    }
    const span = { fromMs: unixMs(START_MS), toMs: unixMs(START_MS + 2 * HOUR - 1), steps: 100 };
    const { lines, stepMs } = await charts.loadTotalsChart(groups, span);
    expect(stepMs).toBe(HOUR);
    expect(lines[0]?.points.map(({ equity }) => equity)).toEqual([238n, 478n]);
    const many = Array.from({ length: 2_000 }, () => groups[0]!);
    const crowd = await charts.loadTotalsChart(many, {
      ...span,
      steps: 2_000,
      toMs: unixMs(START_MS + 300 * HOUR),
    });
    expect(crowd.lines[0]?.points.length).toBeLessThanOrEqual(100);
  });

  it('refuses a vault that is not there', async () => {
    const { charts, groups } = storeWith(
      [{ seen: [], createdMs: 0, archivedMs: null, line: 0 }],
      0,
    );
    const missing = { ...groups[0]!, vaultId: onChainVault(9).id };
    const span = { fromMs: unixMs(0), toMs: unixMs(9), steps: 10 };
    await expect(charts.loadTotalsChart([missing], span)).rejects.toThrow('no vault');
  });
});

const endOfDay = (atMs: number): number => Math.floor(atMs / DAY) * DAY + DAY - 1;
