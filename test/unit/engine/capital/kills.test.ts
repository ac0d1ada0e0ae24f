import { describe, expect, it } from 'vitest';
import type { FinalState } from '#domain/capital-operation.ts';
import { CRASH_POINTS, type CapitalRequest, type CrashPoint } from '#main/engine/index.ts';
import { Rig } from './rig.ts';

const START = [100_000_000n, 100_000_000n];

const BEFORE_THE_ROW: readonly CrashPoint[] = [
  'before-read-facts',
  'after-read-facts',
  'before-commit:requested',
];

interface Scenario {
  readonly name: string;
  readonly ask: (rig: Rig) => CapitalRequest;
  readonly prepare: (rig: Rig) => void;
  /** Ends that the truth allows; a kill may turn a landing into an expiry, never into something else. */
  readonly ends: readonly FinalState[];
}

const deposit = (rig: Rig): CapitalRequest => rig.move('deposit', 7_000_000n);
const nothing = (): void => undefined;

const SCENARIOS: readonly Scenario[] = [
  { name: 'a deposit', ask: deposit, prepare: nothing, ends: ['verified'] },
  { name: 'a transfer', ask: (rig) => rig.transfer(7n), prepare: nothing, ends: ['verified'] },
  { name: 'a creation', ask: (rig) => rig.creation, prepare: nothing, ends: ['verified'] },
  {
    name: 'a dropped send',
    ask: deposit,
    prepare: ({ chain }) => (chain.standingSend = 'drop'),
    ends: ['expired'],
  },
  {
    name: 'a failure on chain',
    ask: deposit,
    prepare: ({ chain }) => (chain.standingSend = 'fail'),
    ends: ['rejected'],
  },
  {
    name: 'a lost reply and a late landing',
    ask: deposit,
    prepare: ({ chain }) => (chain.sendFaults = ['late', 'refuse', 'drop', 'lose-reply']),
    ends: ['verified'],
  },
  {
    name: 'a discrepancy',
    ask: deposit,
    prepare: ({ chain }) => (chain.skim = 1n),
    ends: ['discrepant'],
  },
  {
    name: 'a trader who takes long',
    ask: deposit,
    prepare: ({ chain }) => (chain.approvalMs = 20_000),
    ends: ['verified'],
  },
  {
    name: 'a refusal by the trader',
    ask: deposit,
    prepare: ({ chain }) => (chain.approves = false),
    ends: ['denied'],
  },
];

async function play(scenario: Scenario, killAt: CrashPoint | null, visit: number): Promise<Rig> {
  const rig = new Rig();
  await rig.begin(START);
  scenario.prepare(rig);
  let visits = 0;
  rig.killAt = (point) => {
    if (point !== killAt) return false;
    visits += 1;
    return visits === visit;
  };
  void rig.engine.requestCapital(scenario.ask(rig));
  for (let step = 0; step < 20; step += 1) {
    await rig.clock.advance(15_000);
    if (!rig.alive) rig.start();
  }
  return rig;
}

/** What the desk says is what the chain did, and nothing was done without leave. */
function judge(rig: Rig, ends: readonly FinalState[]): void {
  expect(rig.chain.violations).toEqual([]);
  expect(rig.journal.loadOpen()).toEqual([]);
  for (const { id, state } of rig.journal.all()) {
    expect(rig.chain.messagesSignedOf(id)).toBeLessThanOrEqual(1);
    expect(ends).toContain(state);
    const fate = rig.chain.fateOf(id);
    expect(fate).toBe(
      state === 'verified' || state === 'discrepant'
        ? 'landed'
        : state === 'rejected'
          ? 'failed'
          : 'none',
    );
  }
}

describe('killing the process at every point of an operation', () => {
  const seen = new Set<CrashPoint>();

  it.each(SCENARIOS)('$name', async (scenario) => {
    const whole = await play(scenario, null, 0);
    judge(whole, scenario.ends);
    expect(whole.journal.all()).toHaveLength(1);
    const points = new Set(whole.points);
    for (const point of points) seen.add(point);
    for (const point of points) {
      for (const visit of [1, 2]) {
        const rig = await play(scenario, point, visit);
        judge(rig, scenario.ends);
        const twice = whole.points.filter((each) => each === point).length > 1;
        if (visit === 1 || twice) expect(rig.kills, point).toBe(1);
        // Before its row is on record nothing was acknowledged, and nothing is done.
        const lost = visit === 1 && BEFORE_THE_ROW.includes(point);
        expect(rig.journal.all()).toHaveLength(lost ? 0 : 1);
      }
    }
  });

  it('knows every point', () => {
    const missing = CRASH_POINTS.filter((point) => !seen.has(point));
    expect(missing).toEqual([]);
  });
});
