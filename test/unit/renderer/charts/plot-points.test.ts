import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quoteAmount, unixMs } from '#domain/units.ts';
import { networkId } from '#domain/ids.ts';
import {
  barsOf,
  bySlot,
  gridOf,
  nextSlot,
  toDrawn,
} from '#renderer/features/charts/plot-points.ts';
import { readSlot, slotsOf } from '#renderer/features/charts/chart-reading.ts';
import {
  equityPoints,
  fundingPoints,
  totalsPoints,
  vaultPanels,
} from '#renderer/features/charts/plot-panels.ts';
import { chartOf, FROM, pointAt, somePoints, STEP } from './made-up-points.ts';

const THRESHOLDS = { warningHealthBps: 5_000, criticalHealthBps: 2_000 };

describe('what a plot draws', () => {
  it('holds every step once, each point in its own, and nothing where nothing was observed', () => {
    fc.assert(
      fc.property(somePoints, (points) => {
        const grid = gridOf(chartOf(points));
        const bars = barsOf(grid, equityPoints(points), 6);
        expect(bars).toHaveLength(60);
        expect(bars.map(({ slot }) => slot)).toEqual([...bars.keys()]);
        const drawn = bars.filter(({ value }) => value !== undefined);
        expect(drawn).toHaveLength(points.length);
        for (const [index, bar] of drawn.entries()) {
          const point = points[index];
          expect(bar.value).toBe(Number(point?.equity) / 1e6);
          expect(bar.gap).toBe(point?.afterGap);
          expect(bar.low ?? 0).toBeLessThanOrEqual(bar.high ?? 0);
        }
      }),
    );
  });

  it('keeps the extremes of both where two points fall into one step', () => {
    const grid = gridOf(chartOf([]));
    const [early, late] = equityPoints([
      pointAt(FROM + 10, {
        equity: quoteAmount(5n),
        lowestEquity: quoteAmount(1n),
        afterGap: true,
      }),
      pointAt(FROM + 20, { equity: quoteAmount(7n), highestEquity: quoteAmount(9n) }),
    ]);
    if (early === undefined || late === undefined) throw new Error('two points');
    expect(bySlot(grid, [early, late]).get(0)).toMatchObject({
      ...{ value: 7n, low: 1n, high: 9n, afterGap: true },
    });
  });

  it('walks from point to point and stops at the ends', () => {
    expect(nextSlot([2, 5, 9], null, -1)).toBe(9);
    expect(nextSlot([2, 5, 9], null, 1)).toBe(2);
    expect(nextSlot([2, 5, 9], 5, 1)).toBe(9);
    expect(nextSlot([2, 5, 9], 4, -1)).toBe(2);
    expect(nextSlot([2, 5, 9], 9, 1)).toBe(9);
    expect(nextSlot([], 3, 1)).toBeNull();
  });

  it('makes floats to draw only', () => expect(toDrawn(-1_234_567n, 6)).toBe(-1.234567));
});

describe('the panels of a vault', () => {
  it('reads out the exact figures, and says what was not observed', () => {
    const chart = chartOf([
      pointAt(FROM, { cumulativeFunding: null }),
      pointAt(FROM + STEP, {
        equity: quoteAmount(18_442_905_117n),
        lowestEquity: quoteAmount(18_400_000_000n),
        highestEquity: quoteAmount(18_442_905_117n),
        healthBps: 4_996,
        lowestHealthBps: 4_996,
        holdingsChanged: true,
      }),
    ]);
    const grid = gridOf(chart);
    const panels = vaultPanels(chart, THRESHOLDS, 'USDC');
    const said = readSlot(panels, slotsOf(panels, grid), grid, 1);
    expect(said).toContain('Equity 18,442.91 USDC, 18,400.00 to 18,442.91');
    expect(said).toContain('Health 49.9 of 100');
    expect(said).toContain('Funding per step not observed');
    expect(said).toContain('holdings changed');
    expect(readSlot(panels, slotsOf(panels, grid), grid, 30)).toContain('Equity not observed');
  });

  it('sums up to what came in, whatever the steps', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.bigInt(-(10n ** 12n), 10n ** 12n))), (totals) => {
        const points = totals.map((total, index) =>
          pointAt(FROM + index * STEP, {
            cumulativeFunding: total === null ? null : quoteAmount(total),
            unsettledFunding: total === null ? null : quoteAmount(3n),
          }),
        );
        const known = totals.filter((total) => total !== null);
        const sum = fundingPoints(points).reduce((before, { value }) => before + value, 0n);
        expect(sum).toBe(known.length === 0 ? 0n : (known.at(-1) ?? 0n) - (known[0] ?? 0n));
        expect(fundingPoints(points)).toHaveLength(Math.max(0, known.length - 1));
      }),
    );
  });

  it('breaks the line of the totals where a vault was not observed, and never draws a zero', () => {
    const at = (index: number, equity: bigint | null) => ({
      atMs: unixMs(FROM + index * STEP),
      equity: equity === null ? null : quoteAmount(equity),
      funding: null,
      vaults: 2,
    });
    const line = { money: 'live', network: networkId('mainnet') } as const;
    const drawn = totalsPoints({ ...line, points: [at(0, 5n), at(1, null), at(2, 7n), at(3, 8n)] });
    expect(drawn.map(({ value, afterGap }) => [value, afterGap])).toEqual([
      [5n, true],
      [7n, true],
      [8n, false],
    ]);
  });
});
