import fc from 'fast-check';
import { vaultIdOf } from '#test/support/vaults.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import type { ChartPoint, ValueChart } from '#domain/value-chart.ts';

export const FROM = Date.UTC(2026, 5, 1);
export const STEP = 60_000;

export function pointAt(untilMs: number, part: Partial<ChartPoint> = {}): ChartPoint {
  const equity = part.equity ?? quoteAmount(1_000_000n);
  return {
    fromMs: unixMs(untilMs),
    untilMs: unixMs(untilMs),
    equity,
    lowestEquity: equity,
    highestEquity: equity,
    freeCollateral: equity,
    deployed: quoteAmount(0n),
    unrealizedPnl: quoteAmount(0n),
    healthBps: 9_000,
    lowestHealthBps: 9_000,
    cumulativeFunding: quoteAmount(0n),
    unsettledFunding: quoteAmount(0n),
    holdingsChanged: false,
    afterGap: false,
    ...part,
  };
}

export const chartOf = (points: readonly ChartPoint[], steps = 60): ValueChart => ({
  vaultId: vaultIdOf(1),
  fromMs: unixMs(FROM),
  toMs: unixMs(FROM + steps * STEP),
  stepMs: STEP,
  points,
  firstMs: points[0]?.fromMs ?? null,
});

/** At most one a step, in order. */
export const somePoints = fc
  .uniqueArray(fc.integer({ min: 0, max: 59 }), { maxLength: 60 })
  .chain((slots) => {
    const sorted = slots.toSorted((left, right) => left - right);
    return fc.tuple(
      ...sorted.map((slot) =>
        fc
          .record({
            equity: fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n }),
            below: fc.bigInt({ min: 0n, max: 10n ** 9n }),
            above: fc.bigInt({ min: 0n, max: 10n ** 9n }),
            afterGap: fc.boolean(),
            within: fc.integer({ min: 0, max: STEP - 1 }),
          })
          .map(({ equity, below, above, afterGap, within }) =>
            pointAt(FROM + slot * STEP + within, {
              equity: quoteAmount(equity),
              lowestEquity: quoteAmount(equity - below),
              highestEquity: quoteAmount(equity + above),
              afterGap,
            }),
          ),
      ),
    );
  });
