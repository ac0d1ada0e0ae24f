/** Everything is halted at any moment of any operations, between any two turns of the event loop: nothing leaves after it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CRASH_POINTS, type CapitalRequest, type CrashPoint } from '#main/engine/index.ts';
import type { SendFault } from '#test/support/fake-capital-venue.ts';
import { Rig } from './rig.ts';

const MINUTE_MS = 60_000;
const SEND_FAULTS: readonly SendFault[] = ['land', 'drop', 'lose-reply', 'late', 'fail', 'refuse'];

interface Moment {
  readonly point: CrashPoint;
  readonly visit: number;
  /** Turns of promises after the point, none: within it. */
  readonly turns: number;
}

interface Play {
  readonly kinds: readonly ('deposit' | 'withdraw' | 'transfer' | 'creation')[];
  readonly moment: Moment;
  /** Where the moment does not come: by the clock. */
  readonly latestMs: number;
  readonly sends: readonly SendFault[];
  readonly sendWaitMs: number;
  readonly approvalMs: number;
  readonly killed: boolean;
  readonly liftAfterMs: number | null;
}

const plays: fc.Arbitrary<Play> = fc.record({
  kinds: fc.uniqueArray(fc.constantFrom('deposit', 'withdraw', 'transfer', 'creation' as const), {
    minLength: 1,
    maxLength: 3,
  }),
  moment: fc.record({
    point: fc.constantFrom(...CRASH_POINTS.filter((point) => !point.startsWith('before-commit'))),
    visit: fc.integer({ min: 1, max: 3 }),
    turns: fc.integer({ min: 0, max: 12 }),
  }),
  latestMs: fc.integer({ min: 1, max: 5_000 }),
  sends: fc.array(fc.constantFrom(...SEND_FAULTS), { maxLength: 3 }),
  sendWaitMs: fc.constantFrom(0, 0, 700),
  approvalMs: fc.constantFrom(0, 0, 2_000),
  killed: fc.boolean(),
  liftAfterMs: fc.constantFrom(null, 10_000),
});

async function turnsLater(turns: number, act: () => void): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
  act();
}

const requestOf = (rig: Rig, kind: Play['kinds'][number]): CapitalRequest => {
  if (kind === 'creation') return rig.creation;
  if (kind === 'transfer') return rig.transfer(5n, 2, 3);
  return rig.move(kind, 5n, kind === 'deposit' ? 0 : 1);
};

async function play(script: Play) {
  const rig = new Rig();
  await rig.begin([100n, 100n, 100n, 100n].map((units) => units * 1_000_000n));
  Object.assign(rig.chain, {
    sendFaults: [...script.sends],
    sendWaitMs: script.sendWaitMs,
    approvalMs: script.approvalMs,
  });
  let sendsBefore: number | null = null;
  const halt = (): void => {
    if (sendsBefore !== null || !rig.alive) return;
    rig.engine.haltAll('window');
    sendsBefore = rig.chain.sends.length;
    if (script.killed) rig.kill();
  };
  let visits = 0;
  rig.killAt = (point) => {
    if (point === script.moment.point) visits += 1;
    if (point === script.moment.point && visits === script.moment.visit) {
      if (script.moment.turns === 0) halt();
      else void turnsLater(script.moment.turns, halt);
    }
    return false;
  };
  for (const kind of script.kinds) void rig.engine.requestCapital(requestOf(rig, kind));
  await rig.clock.advance(script.latestMs);
  halt();
  rig.killAt = null;
  if (!rig.alive) rig.start();
  await rig.clock.advance(script.liftAfterMs ?? 5 * MINUTE_MS);
  const sendsAfter = rig.chain.sends.length;
  if (script.liftAfterMs !== null) rig.engine.liftHaltAll();
  rig.chain.heal();
  await rig.clock.advance(5 * MINUTE_MS);
  return { rig, sendsBefore, sendsAfter };
}

describe('everything halted at any moment', () => {
  it('nothing leaves after it, what was not sent is denied, what was sent ends by proof', async () => {
    let watched = 0;
    let ended = 0;
    await fc.assert(
      fc.asyncProperty(plays, async (script) => {
        const { rig, sendsBefore, sendsAfter } = await play(script);
        expect(sendsAfter).toBe(sendsBefore);
        expect(rig.chain.violations).toEqual([]);
        expect(rig.journal.loadOpen()).toEqual([]);
        for (const { id, state, transitions, endedAtMs } of rig.journal.all()) {
          const wasSubmitted = transitions.some((each) => each.state === 'submitted');
          if (wasSubmitted) watched += 1;
          else ended += 1;
          const ends = wasSubmitted ? ['verified', 'rejected', 'expired'] : ['denied'];
          expect(ends).toContain(state);
          expect(endedAtMs).not.toBeNull();
          const fates = { verified: 'landed', rejected: 'failed' } as Record<string, string>;
          expect(rig.chain.fateOf(id)).toBe(fates[state] ?? 'none');
        }
        for (const id of rig.vaults) expect(rig.vaultView(id).state.halt).not.toBeNull();
      }),
      { numRuns: 400 },
    );
    // The moments are spread: both sides of the send are met often.
    expect(watched).toBeGreaterThan(40);
    expect(ended).toBeGreaterThan(40);
  }, 120_000);
});
