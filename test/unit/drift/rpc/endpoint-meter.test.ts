import { describe, expect, it } from 'vitest';
import { EndpointMeter, type CallOutcome } from '#main/drift/rpc/endpoint-meter.ts';

function metered(...outcomes: readonly CallOutcome[]): EndpointMeter {
  const meter = new EndpointMeter();
  outcomes.forEach((outcome, index) =>
    meter.note({ startedMs: index * 1_000, durationMs: 100, outcome }),
  );
  return meter;
}

describe('what the meter reads', () => {
  it('takes percentiles by nearest rank over the calls that succeeded, the median of the last nine', () => {
    const meter = new EndpointMeter();
    for (let ms = 1; ms <= 99; ms += 1) {
      meter.note({ startedMs: ms, durationMs: ms, outcome: 'ok' });
    }
    meter.note({ startedMs: 100, durationMs: 4_000, outcome: 'failed' });
    expect(meter.read(200)).toEqual({
      calls: 100,
      succeeded: 99,
      errors: 1,
      rateLimited: 0,
      latencyP50Ms: 95,
      latencyP95Ms: 95,
      latencyP99Ms: 99,
    });
  });

  it('knows after five calls that a node has grown slow, and tells no percentile below the median', () => {
    const meter = new EndpointMeter();
    const note = (count: number, durationMs: number): void => {
      for (let call = 0; call < count; call += 1) {
        meter.note({ startedMs: 1, durationMs, outcome: 'ok' });
      }
    };
    note(95, 10);
    note(4, 700);
    expect(meter.read(2)).toMatchObject({ latencyP50Ms: 10, latencyP95Ms: 10, latencyP99Ms: 700 });
    note(1, 700);
    expect(meter.read(2)).toMatchObject({ latencyP50Ms: 700, latencyP95Ms: 700 });
  });

  it('keeps a hundred calls of five minutes', () => {
    const meter = metered(...Array.from({ length: 150 }, () => 'ok' as const));
    expect(meter.read(150_000).calls).toBe(100);
    expect(meter.read(50_000 + 300_000).calls).toBe(99);
    expect(meter.read(1_000_000)).toMatchObject({ calls: 0, latencyP50Ms: null });
  });

  it('tells rate limits among the errors', () => {
    expect(metered('ok', 'limited', 'failed', 'behind').read(5_000)).toMatchObject({
      calls: 4,
      errors: 3,
      rateLimited: 1,
    });
  });
});

describe('failures in a row', () => {
  it('count until an answer, whatever it says', () => {
    expect(metered('ok', 'failed', 'failed').failuresInRow).toBe(2);
    expect(metered('failed', 'failed', 'refused').failuresInRow).toBe(0);
    expect(metered('failed', 'ok', 'failed').failuresInRow).toBe(1);
    expect(metered('failed', 'limited', 'failed').failuresInRow).toBe(2);
    expect(metered('behind', 'behind').behindInRow).toBe(2);
    expect(metered('behind', 'behind', 'ok').behindInRow).toBe(0);
  });

  it('count calls that were under way together as one', () => {
    const meter = new EndpointMeter();
    for (let call = 0; call < 5; call += 1) {
      meter.note({ startedMs: 0, durationMs: 4_000, outcome: 'failed' });
    }
    expect(meter.failuresInRow).toBe(1);
    meter.note({ startedMs: 5_000, durationMs: 10, outcome: 'failed' });
    expect(meter.failuresInRow).toBe(2);
  });

  it('are forgotten with the rest', () => {
    const meter = metered('failed', 'failed');
    meter.forget();
    expect([meter.failuresInRow, meter.read(2_000).calls]).toEqual([0, 0]);
  });
});
