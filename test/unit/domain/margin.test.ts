import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatHealthBps,
  healthBpsOf,
  liquidationDistanceBps,
  marginLevel,
  type MarginLevel,
} from '#domain/margin.ts';
import { baseAmount, price } from '#domain/units.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';

const level = (previous: MarginLevel | null, healthBps: number) =>
  marginLevel(previous, healthBps, DEFAULT_WATCH_SETTINGS);

/** Levels of healths seen one after another. */
function levels(...healths: readonly number[]): (MarginLevel | null)[] {
  let previous: MarginLevel | null = null;
  return healths.map((healthBps) => {
    previous = level(previous, healthBps);
    return previous;
  });
}

describe('the level of a margin', () => {
  it.each([
    [5_000, null],
    [4_999, 'warning'],
    [2_000, 'warning'],
    [1_999, 'critical'],
    [0, 'critical'],
    [10_000, null],
  ] as const)('health of %i hundredths: %s', (healthBps, expected) => {
    expect(level(null, healthBps)).toBe(expected);
  });

  it('50.4 → 49.9 → 50.1 → 49.8 warns once', () => {
    expect(levels(5_040, 4_990, 5_010, 4_980)).toEqual([null, 'warning', 'warning', 'warning']);
  });

  it('ends at the threshold and the hysteresis, not before', () => {
    expect(levels(4_990, 5_199, 5_200)).toEqual(['warning', 'warning', null]);
    expect(levels(1_990, 2_199, 2_200)).toEqual(['critical', 'critical', 'warning']);
    expect(levels(1_990, 5_199, 5_200)).toEqual(['critical', 'warning', null]);
  });

  it('of a warning is no critical one on the line: on it is not below it', () => {
    expect(levels(4_990, 2_000, 2_100, 2_199)).toEqual(Array.from({ length: 4 }, () => 'warning'));
    expect(levels(4_990, 2_000, 1_999)).toEqual(['warning', 'warning', 'critical']);
  });

  it('full health ends every level, however high the thresholds are', () => {
    const settings = { warningHealthBps: 9_900, criticalHealthBps: 9_900, hysteresisBps: 200 };
    expect(marginLevel('critical', 9_999, settings)).toBe('critical');
    expect(marginLevel('critical', 10_000, settings)).toBeNull();
  });

  const health = fc.integer({ min: 0, max: 10_000 });
  const settings = fc.record({
    warningHealthBps: health,
    criticalHealthBps: health,
    hysteresisBps: fc.integer({ min: 0, max: 2_000 }),
  });

  it('is never milder than the thresholds alone would have it, nor lasts past its end', () => {
    fc.assert(
      fc.property(
        health,
        settings,
        fc.constantFrom(null, 'warning', 'critical'),
        (bps, limits, previous) => {
          const found = marginLevel(previous, bps, limits);
          if (bps < limits.criticalHealthBps) expect(found).toBe('critical');
          else if (bps < limits.warningHealthBps) expect(found).not.toBeNull();
          else if (previous === null) expect(found).toBeNull();
          const ends = Math.max(limits.warningHealthBps, limits.criticalHealthBps);
          if (bps >= Math.min(ends + limits.hysteresisBps, 10_000)) expect(found).toBeNull();
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('a health that wavers by less than the hysteresis changes the level once at most', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2_200, max: 9_800 }),
        fc.array(fc.integer({ min: 0, max: 199 }), { minLength: 1, maxLength: 40 }),
        (low, waves) => {
          const seen = levels(...waves.map((wave) => low + wave));
          const changes = seen.filter((each, index) => index > 0 && each !== seen[index - 1]);
          expect(changes.length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

describe('health', () => {
  it('is rounded down and is that of the venue at its ends', () => {
    expect(healthBpsOf(3n, 2n, false)).toBe(3_333);
    expect(healthBpsOf(0n, 0n, false)).toBe(10_000);
    expect(healthBpsOf(100n, 100n, false)).toBe(0);
    expect(healthBpsOf(100n, 1n, true)).toBe(0);
    expect(healthBpsOf(-1n, 0n, false)).toBe(0);
  });

  it.each([
    [4_999, '49.9'],
    [5_000, '50'],
    [5, '0'],
    [10_000, '100'],
  ])('%i hundredths read %s', (bps, text) => {
    expect(formatHealthBps(bps)).toBe(text);
  });
});

describe('the distance to the liquidation price', () => {
  const position = (base: bigint, oracle: bigint, liquidation: bigint | null) => ({
    baseSize: baseAmount(base),
    oraclePrice: price(oracle),
    liquidationPrice: liquidation === null ? null : price(liquidation),
  });

  it('a long is hurt by a fall, a short by a rise', () => {
    expect(liquidationDistanceBps(position(1n, 150_000_000n, 120_000_000n), 4_000)).toBe(2_000);
    expect(liquidationDistanceBps(position(-1n, 150_000_000n, 180_000_000n), 4_000)).toBe(2_000);
  });

  it('is rounded down, towards danger, on both sides of the price', () => {
    expect(liquidationDistanceBps(position(1n, 3n, 2n), 4_000)).toBe(3_333);
    expect(liquidationDistanceBps(position(1n, 3n, 4n), 0)).toBe(-3_334);
  });

  it('past the price it is negative; while there is health it cannot be past', () => {
    expect(liquidationDistanceBps(position(1n, 100n, 110n), 0)).toBe(-1_000);
    expect(liquidationDistanceBps(position(-1n, 100n, 90n), 0)).toBe(-1_000);
    expect(liquidationDistanceBps(position(-1n, 100n, 90n), 1)).toBe(1_000);
  });

  it('is unknown without a liquidation price, a size or a price to measure from', () => {
    expect(liquidationDistanceBps(position(1n, 100n, null), 1)).toBeNull();
    expect(liquidationDistanceBps(position(0n, 100n, 90n), 1)).toBeNull();
    expect(liquidationDistanceBps(position(1n, 0n, 90n), 1)).toBeNull();
  });

  it('never says that there is more room than there is', () => {
    const units = fc.bigInt({ min: 1_000n, max: 10n ** 14n });
    fc.assert(
      fc.property(units, units, fc.boolean(), (oracle, liquidation, long) => {
        const bps = liquidationDistanceBps(position(long ? 1n : -1n, oracle, liquidation), 0);
        const room = long ? oracle - liquidation : liquidation - oracle;
        expect(BigInt(bps ?? 0) * oracle).toBeLessThanOrEqual(room * 10_000n);
        expect(BigInt((bps ?? 0) + 1) * oracle).toBeGreaterThan(room * 10_000n);
      }),
    );
  });
});
