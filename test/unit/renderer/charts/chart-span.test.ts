import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_CHART_STEPS, MIN_CHART_STEPS } from '#domain/value-chart.ts';
import {
  fittingRange,
  panSpan,
  spanOf,
  stepsFor,
  zoomSpan,
} from '#renderer/features/charts/chart-span.ts';

const NOW = Date.UTC(2026, 5, 1);
const HOUR = 3_600_000;
const spans = fc
  .tuple(fc.integer({ min: 60_000, max: 400 * 24 * HOUR }), fc.nat(24 * HOUR))
  .map(([length, ago]) => ({ fromMs: NOW - ago - length, toMs: NOW - ago }));

describe('the span of a chart', () => {
  it('ends now for a range, and begins with what is known for everything', () => {
    expect(spanOf({ kind: 'range', range: '24h' }, NOW, null)).toEqual({
      fromMs: NOW - 24 * HOUR,
      toMs: NOW,
    });
    expect(spanOf({ kind: 'range', range: 'all' }, NOW, NOW - 5 * HOUR)).toEqual({
      fromMs: NOW - 5 * HOUR,
      toMs: NOW,
    });
    const free = { fromMs: 1, toMs: 2 };
    expect(spanOf({ kind: 'free', span: free }, NOW, null)).toBe(free);
  });

  it('zooms around the place that it is told, and never beyond now', () => {
    const day = { fromMs: NOW - 24 * HOUR, toMs: NOW };
    expect(zoomSpan(day, 0.5, 0, NOW)).toEqual({ fromMs: NOW - 24 * HOUR, toMs: NOW - 12 * HOUR });
    expect(zoomSpan(day, 0.5, 1, NOW)).toEqual({ fromMs: NOW - 12 * HOUR, toMs: NOW });
    expect(zoomSpan(day, 2, 0.5, NOW)).toEqual({ fromMs: NOW - 48 * HOUR, toMs: NOW });
    expect(panSpan(day, 1, NOW)).toEqual(day);
    expect(panSpan(day, -0.5, NOW).toMs).toBe(NOW - 12 * HOUR);
  });

  it('keeps an order, a shortest length and its end before now, whatever is pressed', () => {
    const acts = fc.array(
      fc.oneof(
        fc.record({
          zoom: fc.double({ min: 0.1, max: 10, noNaN: true }),
          at: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
        fc.record({ pan: fc.double({ min: -3, max: 3, noNaN: true }) }),
      ),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(spans, acts, (start, done) => {
        let span = start;
        for (const act of done) {
          span =
            'zoom' in act ? zoomSpan(span, act.zoom, act.at, NOW) : panSpan(span, act.pan, NOW);
          expect(span.toMs - span.fromMs).toBeGreaterThanOrEqual(60_000);
          expect(span.toMs).toBeLessThanOrEqual(NOW);
        }
      }),
    );
  });

  it('asks for a number of steps that the store allows, whatever the width', () => {
    fc.assert(
      fc.property(spans, fc.integer({ min: 0, max: 20_000 }), (span, width) => {
        const steps = stepsFor(width, span);
        expect(steps).toBeGreaterThanOrEqual(MIN_CHART_STEPS);
        expect(steps).toBeLessThanOrEqual(MAX_CHART_STEPS);
        expect(Number.isInteger(steps)).toBe(true);
      }),
    );
    const day = { fromMs: NOW - 24 * HOUR, toMs: NOW };
    expect(stepsFor(1_000, day)).toBe(500);
    expect(stepsFor(1_020, day)).toBe(500);
  });

  it('begins with a range that a young history fills', () => {
    expect(fittingRange('7d', NOW, NOW - 60_000)).toBe('1h');
    expect(fittingRange('7d', NOW, NOW - 5 * HOUR)).toBe('24h');
    expect(fittingRange('7d', NOW, NOW - 30 * HOUR)).toBe('7d');
    expect(fittingRange('24h', NOW, NOW - 2 * HOUR)).toBe('24h');
    expect(fittingRange('24h', NOW, NOW - 3 * HOUR)).toBe('24h');
    expect(fittingRange('24h', NOW, null)).toBe('24h');
  });
});
