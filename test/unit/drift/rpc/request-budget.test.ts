/** A budget that is never exceeded in any second, and a node's wish to be left alone that is kept. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RequestBudget, type Admission } from '#main/drift/rpc/request-budget.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

interface Asked {
  admission: Admission | null;
  atMs: number;
}

function budgetOf(limit: number, waitMs = 4_000) {
  const clock = new FakeClock();
  const budget = new RequestBudget({ clock, limit: () => limit, waitMs: () => waitMs });
  const ask = (urgent = false): Asked => {
    const asked: Asked = { admission: null, atMs: 0 };
    void budget.admit(urgent).then((admission) => {
      asked.admission = admission;
      asked.atMs = clock.monotonicMs();
    });
    return asked;
  };
  return { clock, budget, ask };
}

const admissions = (asked: readonly Asked[]) => asked.map(({ admission }) => admission);

describe('the budget of a second', () => {
  it('sends as many at once, and the others in their order when there is room', async () => {
    const { clock, ask } = budgetOf(2);
    const calls = [ask(), ask(), ask(), ask(), ask()];
    await clock.advance(0);
    expect(admissions(calls)).toEqual(['sent', 'sent', null, null, null]);
    await clock.advance(999);
    expect(admissions(calls)).toEqual(['sent', 'sent', null, null, null]);
    await clock.advance(1);
    expect(admissions(calls)).toEqual(['sent', 'sent', 'sent', 'sent', null]);
    await clock.advance(1_000);
    expect(admissions(calls)).toEqual(['sent', 'sent', 'sent', 'sent', 'sent']);
  });

  it('lets urgent calls go before those that waited longer', async () => {
    const { clock, ask } = budgetOf(1);
    const first = ask();
    const read = ask();
    const send = ask(true);
    await clock.advance(1_000);
    expect(admissions([first, read, send])).toEqual(['sent', null, 'sent']);
  });

  it('answers a call whose turn does not come in time without sending it', async () => {
    const { clock, ask } = budgetOf(1, 1_500);
    const calls = [ask(), ask(), ask()];
    await clock.advance(1_500);
    expect(admissions(calls)).toEqual(['sent', 'sent', 'busy']);
    await clock.advance(10_000);
    expect(clock.pending).toBe(0);
  });

  it('is never exceeded in any second, whatever is asked and whatever the node says', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('ask' as const), urgent: fc.boolean() }),
      fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 1_300 }) }),
      fc.record({
        kind: fc.constant('limited' as const),
        afterMs: fc.option(fc.integer({ min: 250, max: 5_000 })),
      }),
      fc.record({ kind: fc.constant('wake' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 6 }),
        fc.array(step, { maxLength: 60 }),
        async (limit, steps) => {
          const { clock, budget, ask } = budgetOf(limit);
          const calls: Asked[] = [];
          const pauses: { fromMs: number; toMs: number }[] = [];
          for (const one of steps) {
            const nowMs = clock.monotonicMs();
            if (one.kind === 'ask') calls.push(ask(one.urgent));
            else if (one.kind === 'wait') await clock.advance(one.ms);
            else if (one.kind === 'limited') {
              await clock.advance(0);
              budget.limited(nowMs, one.afterMs);
              pauses.push({ fromMs: nowMs, toMs: nowMs + (budget.pausedForMs ?? 0) });
            } else {
              await clock.advance(0);
              budget.endPause();
              for (const pause of pauses) pause.toMs = Math.min(pause.toMs, nowMs);
            }
          }
          await clock.advance(120_000);
          expect(calls.every(({ admission }) => admission !== null)).toBe(true);
          const sent = calls
            .filter(({ admission }) => admission === 'sent')
            .map(({ atMs }) => atMs);
          for (const fromMs of sent) {
            expect(
              sent.filter((atMs) => atMs >= fromMs && atMs < fromMs + 1_000).length,
            ).toBeLessThanOrEqual(limit);
          }
          for (const { fromMs, toMs } of pauses) {
            expect(sent.filter((atMs) => atMs > fromMs && atMs < toMs)).toEqual([]);
          }
        },
      ),
      { numRuns: 150 },
    );
  });
});

describe('a node that answers “too many requests”', () => {
  it('is left alone for as long as it asks, and then asked half as often', async () => {
    const { clock, budget, ask } = budgetOf(20);
    budget.limited(clock.monotonicMs(), 3_000);
    const calls = Array.from({ length: 15 }, () => ask());
    await clock.advance(2_999);
    expect(admissions(calls)).not.toContain('sent');
    await clock.advance(1);
    expect(calls.filter(({ admission }) => admission === 'sent')).toHaveLength(10);
    expect(budget.rate).toBe(10);
  });

  it('refuses at once what would wait longer than it can', async () => {
    const { clock, budget, ask } = budgetOf(20);
    const waiting = Array.from({ length: 21 }, () => ask()).at(-1);
    budget.limited(clock.monotonicMs(), 30_000);
    const asked = ask();
    await clock.advance(0);
    expect(admissions([asked, ...(waiting === undefined ? [] : [waiting])])).toEqual([
      'paused',
      'paused',
    ]);
  });

  it('halves once for calls that were under way together', () => {
    const { clock, budget } = budgetOf(20);
    const sentAtMs = clock.monotonicMs() - 100;
    for (let reply = 0; reply < 5; reply += 1) budget.limited(sentAtMs, 1_000);
    expect(budget.rate).toBe(10);
  });

  it('is given pauses that double where it names none, and never above a minute', async () => {
    const { clock, budget } = budgetOf(20);
    const pauses: (number | null)[] = [];
    for (let times = 0; times < 8; times += 1) {
      budget.limited(clock.monotonicMs(), null);
      pauses.push(budget.pausedForMs);
      await clock.advance(budget.pausedForMs ?? 0);
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]);
    expect(budget.rate).toBe(4);
    budget.answered(clock.monotonicMs());
    budget.limited(clock.monotonicMs(), null);
    expect(budget.pausedForMs).toBe(1_000);
  });

  it('is in the row still, whatever comes back of what was sent before it said so', async () => {
    const { clock, budget } = budgetOf(20);
    const sentBeforeMs = clock.monotonicMs();
    await clock.advance(100);
    budget.limited(clock.monotonicMs(), null);
    budget.answered(sentBeforeMs);
    await clock.advance(1_000);
    budget.limited(clock.monotonicMs(), null);
    expect(budget.pausedForMs).toBe(2_000);
  });

  it('gets its budget back step by step', async () => {
    const { clock, budget } = budgetOf(20);
    budget.limited(clock.monotonicMs(), 1_000);
    const rates: number[] = [];
    await clock.advance(1_000);
    for (let times = 0; times < 12; times += 1) {
      rates.push(budget.rate);
      await clock.advance(5_000);
    }
    expect(rates).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 20]);
  });
});
