import { describe, expect, it } from 'vitest';
import { FaultPlan } from '#main/practice/faults/fault-plan.ts';

function outcomes(plan: FaultPlan, count: number): (string | null)[] {
  return Array.from({ length: count }, () => plan.nextRequestFault());
}

describe('the fault plan', () => {
  it('repeats itself for the same seed', () => {
    const [one, two, three] = [1, 1, 2].map((seed) => {
      const plan = new FaultPlan(seed);
      plan.set({ rateLimitRate: 0.3, timeoutRate: 0.2 });
      return outcomes(plan, 200);
    });
    expect(one).toEqual(two);
    expect(one).not.toEqual(three);
    expect(new Set(one)).toEqual(new Set([null, 'rate-limit', 'timeout']));
  });

  it('keeps to the share', () => {
    const plan = new FaultPlan(7);
    plan.set({ serverErrorRate: 0.25 });
    const failed = outcomes(plan, 4_000).filter((fault) => fault !== null).length;
    expect(failed / 4_000).toBeCloseTo(0.25, 1);
  });

  it('fails exactly as often as told before anything else', () => {
    const plan = new FaultPlan(1);
    plan.set({ failNext: { count: 2, kind: 'truncate' }, rateLimitRate: 1 });
    expect(outcomes(plan, 3)).toEqual(['truncate', 'truncate', 'rate-limit']);
    expect(plan.faults).toEqual({ rateLimitRate: 1 });
  });

  it('ends every fault that the next set does not name', () => {
    const plan = new FaultPlan(1);
    plan.set({ timeoutRate: 1, dropSendRate: 1, failOnChainRate: 1 });
    plan.set({});
    expect(outcomes(plan, 3)).toEqual([null, null, null]);
    expect(plan.nextSendFault()).toBeNull();
    expect(plan.nextFailsOnChain()).toBe(false);
  });
});
