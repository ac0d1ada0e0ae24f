import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deriveBalances } from '#domain/vault-balances.ts';
import type { VaultObservation } from '#domain/vault-state.ts';
import { appendObservation } from '#renderer/features/charts/live-append.ts';
import { snapshotOf } from '#test/support/renderer-preview/stories.ts';
import { chartOf, FROM, pointAt, STEP } from './made-up-points.ts';

const END = FROM + 60 * STEP;

function seen(atMs: number, cash: bigint, healthBps = 9_000): VaultObservation {
  const snapshot = snapshotOf({ cash, healthBps }, 1n, atMs);
  return { snapshot, balances: deriveBalances(snapshot) };
}

describe('a chart that goes on by itself', () => {
  const full = chartOf([pointAt(END - STEP + 5)]);

  it('moves its last point, and keeps what the step has seen', () => {
    const once = appendObservation(full, seen(END - 20, 400n, 4_000));
    const twice = appendObservation(once, seen(END - 10, 2_000_000n));
    expect(twice.points).toHaveLength(1);
    expect(twice.points[0]).toMatchObject({
      ...{ equity: 2_000_000n, lowestEquity: 400n, highestEquity: 2_000_000n },
      ...{ healthBps: 9_000, lowestHealthBps: 4_000, fromMs: END - STEP + 5, untilMs: END - 10 },
    });
  });

  it('knows what it has, and takes nothing older', () => {
    expect(appendObservation(full, seen(END - STEP + 5, 1n))).toBe(full);
    expect(appendObservation(full, seen(FROM, 1n))).toBe(full);
  });

  it('pushes the oldest step out when a new one begins', () => {
    const chart = chartOf([pointAt(FROM + 5), pointAt(END - 10)]);
    const next = appendObservation(chart, seen(END + 10, 7n));
    expect(next.toMs - next.fromMs).toBe(chart.toMs - chart.fromMs);
    expect(next.points.map(({ untilMs }) => untilMs)).toEqual([END - 10, END + 10]);
    expect(next.points.at(-1)?.afterGap).toBe(false);
  });

  it('draws no line over a silence', () => {
    const next = appendObservation(full, seen(END + 20 * STEP, 7n));
    expect(next.points.at(-1)).toMatchObject({ afterGap: true, equity: 7n });
  });

  it('stays on its grid, in order and within its length, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -5 * STEP, max: 70 * STEP }), { maxLength: 40 }),
        (at) => {
          let chart = full;
          for (const [index, offset] of at.entries()) {
            chart = appendObservation(chart, seen(END + offset, BigInt(index)));
            const times = chart.points.map(({ untilMs }) => untilMs);
            expect(times).toEqual(times.toSorted((left, right) => left - right));
            expect((chart.fromMs - FROM) % STEP).toBe(0);
            expect(chart.toMs - chart.fromMs).toBe(60 * STEP);
            for (const time of times) expect(time).toBeLessThan(chart.toMs);
            const slots = times.map((time) => Math.floor((time - chart.fromMs) / STEP));
            expect(new Set(slots).size).toBe(slots.length);
          }
        },
      ),
    );
  });
});
