import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { syncRunId } from '#domain/ids.ts';
import type { SyncRun } from '#domain/sync-run.ts';
import { unixMs } from '#domain/units.ts';
import { lengthOf, outOfStep } from '#renderer/features/sync-log/out-of-step.ts';
import { vaultIdOf } from '#test/support/vaults.ts';

const run = (startMs: number, outcome: SyncRun['outcome'], failed = 0): SyncRun => ({
  id: syncRunId(`run-${startMs}`),
  vaultId: vaultIdOf(1),
  cause: 'heartbeat',
  startedAtMs: unixMs(startMs),
  endedAtMs: unixMs(startMs + 4),
  outcome,
  attempts: Array.from({ length: failed }, (_, index) => ({
    ...{ number: index + 1, startedAtMs: unixMs(startMs), durationMs: 1 },
    ...{ outcome: 'failed' as const, error: null, nextDelayMs: null, slot: null },
  })),
});

describe('how long a vault was out of step', () => {
  it('counts from the first run that failed to the end of the next that was verified', () => {
    const spells = outOfStep([
      run(50, 'verified'),
      run(40, 'discrepant'),
      run(20, 'failed', 4),
      run(10, 'verified'),
    ]);
    expect(spells).toEqual([{ fromMs: 20, untilMs: 54, failedAttempts: 4 }]);
    expect(lengthOf(spells, 1_000)).toBe(34);
  });

  it('goes on until now while nothing has been verified since', () => {
    const spells = outOfStep([run(20, 'failed', 1), run(10, 'verified')]);
    expect(spells).toEqual([{ fromMs: 20, untilMs: null, failedAttempts: 1 }]);
    expect(lengthOf(spells, 1_000)).toBe(980);
  });

  it('never counts a moment twice, and nothing where all was verified', () => {
    const outcomes = fc.array(
      fc.constantFrom<SyncRun['outcome']>('verified', 'failed', 'discrepant'),
    );
    fc.assert(
      fc.property(outcomes, (drawn) => {
        const runs = drawn.map((outcome, index) => run(index * 10, outcome, 1)).toReversed();
        const spells = outOfStep(runs);
        const nowMs = drawn.length * 10 + 10;
        expect(lengthOf(spells, nowMs)).toBeLessThanOrEqual(nowMs);
        for (const [index, spell] of spells.entries()) {
          const next = spells[index + 1];
          if (next !== undefined) expect(spell.untilMs ?? nowMs).toBeLessThanOrEqual(next.fromMs);
        }
        expect(spells.length === 0).toBe(drawn.every((outcome) => outcome === 'verified'));
      }),
    );
  });
});
