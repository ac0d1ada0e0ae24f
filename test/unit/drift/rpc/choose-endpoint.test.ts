import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EndpointCondition } from '#domain/network.ts';
import {
  chooseEndpoint,
  DWELL_MS,
  nextInTurn,
  WELL_FOR_MS,
  type Candidate,
} from '#main/drift/rpc/choose-endpoint.ts';

const NOW_MS = 1_000_000;
const rested = { nowMs: NOW_MS, changedAtMs: NOW_MS - DWELL_MS };
const of = (condition: EndpointCondition, wellSinceMs: number | null = null): Candidate => ({
  condition,
  wellSinceMs,
});

describe('leaving an endpoint', () => {
  it.each(['down', 'behind', 'limited'] as const)('that is %s, for one that is well', (bad) => {
    expect(chooseEndpoint([of(bad), of('down'), of('ok')], 0, rested)).toBe(2);
    expect(chooseEndpoint([of(bad), of('down'), of('behind')], 0, rested)).toBe(0);
  });

  it('that is down, even for one of which nothing is known', () => {
    expect(chooseEndpoint([of('down'), of('unknown')], 0, rested)).toBe(1);
    expect(chooseEndpoint([of('behind'), of('unknown')], 0, rested)).toBe(0);
  });

  it('that is merely slow: never', () => {
    expect(chooseEndpoint([of('slow'), of('ok')], 0, rested)).toBe(0);
  });

  it('waits a little after a change, except for another cluster', () => {
    const fresh = { nowMs: NOW_MS, changedAtMs: NOW_MS - DWELL_MS + 1 };
    expect(chooseEndpoint([of('ok'), of('down')], 1, fresh)).toBe(1);
    expect(chooseEndpoint([of('ok'), of('wrong-cluster')], 1, fresh)).toBe(0);
    expect(chooseEndpoint([of('down'), of('wrong-cluster')], 1, fresh)).toBe(0);
    expect(chooseEndpoint([of('wrong-cluster'), of('wrong-cluster')], 1, fresh)).toBe(1);
  });
});

describe('returning to an earlier endpoint', () => {
  it('when it was well for a minute without a break', () => {
    const before = of('ok', NOW_MS - WELL_FOR_MS);
    expect(chooseEndpoint([before, of('ok')], 1, rested)).toBe(0);
    expect(chooseEndpoint([of('ok', NOW_MS - WELL_FOR_MS + 1), of('ok')], 1, rested)).toBe(1);
    expect(chooseEndpoint([of('down'), before, of('ok')], 2, rested)).toBe(1);
    expect(chooseEndpoint([of('ok'), before], 0, rested)).toBe(0);
  });
});

describe('in turn', () => {
  it('passes over what is known to be bad, and over another cluster before anything else', () => {
    expect(nextInTurn(['ok', 'ok', 'ok'], 2)).toBe(0);
    expect(nextInTurn(['down', 'down', 'unknown'], 0)).toBe(2);
    expect(nextInTurn(['down', 'wrong-cluster', 'down'], 0)).toBe(2);
    expect(nextInTurn(['down', 'wrong-cluster'], 0)).toBe(1);
    expect(nextInTurn(['down'], 0)).toBe(0);
  });
});

it('does not flap: at most a change in every five seconds, and no return before a minute', () => {
  const condition = fc.constantFrom<EndpointCondition>(
    'unknown',
    'ok',
    'behind',
    'slow',
    'limited',
    'down',
  );
  fc.assert(
    fc.property(
      fc.integer({ min: 2, max: 4 }).chain((count) =>
        fc.array(
          fc.record({
            afterMs: fc.integer({ min: 1, max: 3_000 }),
            conditions: fc.array(condition, { minLength: count, maxLength: count }),
          }),
          { maxLength: 300 },
        ),
      ),
      (steps) => {
        let [nowMs, inUse, changedAtMs] = [0, 0, Number.NEGATIVE_INFINITY];
        const since = new Map<number, number>();
        const changes: number[] = [];
        for (const { afterMs, conditions } of steps) {
          nowMs += afterMs;
          conditions.forEach((one, index) => {
            if (one !== 'ok') since.delete(index);
            else if (!since.has(index)) since.set(index, nowMs);
          });
          const candidates = conditions.map((one, index) => of(one, since.get(index) ?? null));
          const chosen = chooseEndpoint(candidates, inUse, { nowMs, changedAtMs });
          if (chosen === inUse) continue;
          if (['ok', 'slow', 'unknown'].includes(conditions[inUse] ?? '')) {
            expect(nowMs - (since.get(chosen) ?? nowMs)).toBeGreaterThanOrEqual(WELL_FOR_MS);
          }
          changes.push(nowMs);
          [inUse, changedAtMs] = [chosen, nowMs];
        }
        for (const fromMs of changes) {
          const within = changes.filter((atMs) => atMs >= fromMs && atMs < fromMs + 60_000);
          expect(within.length).toBeLessThanOrEqual(60_000 / DWELL_MS);
        }
      },
    ),
  );
});
