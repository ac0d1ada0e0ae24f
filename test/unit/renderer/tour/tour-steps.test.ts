import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OperationView } from '#domain/capital-operation.ts';
import { keelError } from '#domain/keel-error.ts';
import { syncHealth, type SyncPhase, type VaultView } from '#domain/vault-state.ts';
import { unixMs } from '#domain/units.ts';
import {
  advance,
  goOn,
  isBorneOut,
  mayStayBroken,
  resume,
  skip,
  TOUR_BEGIN,
  TOUR_STEPS,
  type TourFacts,
  type TourProgress,
  type TourStep,
} from '#renderer/features/tour/tour-steps.ts';
import { deposit, operationOf } from '#test/support/renderer-preview/capital-stories.ts';
import { failing, TIMEOUT, verified } from '#test/support/renderer-preview/stories.ts';
import { onChainVault } from '#test/support/vaults.ts';

const NOW = 1_780_000_000_000;
const calm = verified(onChainVault(1), { cash: 50_000_000n }, NOW);
const failed = failing(calm, TIMEOUT, 4, NOW);
const halted: VaultView = { ...failed, state: { ...failed.state, failure: null } };
const retrying: VaultView = {
  ...calm,
  phase: {
    kind: 'waiting',
    cause: 'heartbeat',
    failedAttempt: 1,
    delayMs: 1_000,
    nextAttemptAtMs: unixMs(NOW + 1_000),
    error: keelError('RPC_UNREACHABLE', 'retry', 'No answer.', 'Wait.'),
  } satisfies SyncPhase,
};

const ended = (state: OperationView['operation']['state']): OperationView =>
  operationOf({ index: 1, intent: deposit(25_000_000n), state, atMs: NOW });

const facts = (part: Partial<TourFacts> = {}): TourFacts => {
  const vault = part.vault === undefined ? calm : part.vault;
  return {
    vault,
    health: vault === null ? null : syncHealth(vault.state, vault.synced, unixMs(NOW), 8_000),
    paper: null,
    inFront: false,
    key: 'ready',
    deposit: null,
    broken: false,
    alerted: false,
    added: 0,
    ...part,
  };
};

const at = (step: TourStep, done: readonly TourStep[] = []): TourProgress => ({
  at: step,
  done,
  skipped: [],
});

describe('a step of the tour', () => {
  it.each<{ step: TourStep; not: Partial<TourFacts>; done: Partial<TourFacts> }>([
    { step: 'see', not: { inFront: true, vault: failed }, done: { inFront: true } },
    { step: 'deposit', not: { deposit: ended('synced') }, done: { deposit: ended('verified') } },
    { step: 'deposit', not: { deposit: ended('rejected') }, done: { deposit: ended('verified') } },
    { step: 'break', not: { broken: true }, done: { broken: true, vault: retrying } },
    {
      step: 'hold',
      not: { broken: true, vault: failed },
      done: { broken: true, vault: failed, alerted: true },
    },
    { step: 'mend', not: { broken: true }, done: { vault: halted } },
    { step: 'mend', not: { broken: null }, done: { vault: halted } },
    { step: 'enable', not: { vault: halted }, done: {} },
    { step: 'own', not: {}, done: { added: 1 } },
  ])('is done by the desk’s state alone: $step', ({ step, not, done }) => {
    expect(advance(at(step), facts(not))).toEqual(at(step));
    expect(advance(at(step), facts(done)).done).toEqual([step]);
  });

  it('waits for the trader to go on, save where waiting would miss what is to be seen', () => {
    const seen = advance(TOUR_BEGIN, facts({ inFront: true }));
    expect(seen.at).toBe('see');
    expect(goOn(seen).at).toBe('deposit');
    expect(advance(at('break'), facts({ broken: true, vault: retrying })).at).toBe('hold');
    expect(advance(at('mend'), facts({ vault: halted })).at).toBe('enable');
  });

  it('is not passed by going on before it is done', () => {
    expect(goOn(TOUR_BEGIN)).toBe(TOUR_BEGIN);
  });

  it('takes what hangs on it along when it is skipped', () => {
    expect(skip(at('break'))).toEqual({
      at: 'own',
      done: [],
      skipped: ['break', 'hold', 'mend', 'enable'],
    });
    expect(skip(at('hold')).at).toBe('mend');
    expect(skip(at('own')).at).toBe('end');
  });
});

describe('a tour that was left', () => {
  it('stands where the desk’s state says', () => {
    expect(resume(facts())).toBe(TOUR_BEGIN);
    expect(resume(facts({ deposit: ended('verified') })).at).toBe('break');
    expect(resume(facts({ deposit: ended('denied') }))).toBe(TOUR_BEGIN);
    expect(resume(facts({ alerted: true, vault: halted })).at).toBe('mend');
    expect(resume(facts({ alerted: true })).at).toBe('own');
  });

  it('claims no deposit that was never verified', () => {
    expect(resume(facts({ alerted: true, vault: halted })).done).toEqual(['break', 'hold']);
  });
});

type Move =
  { readonly kind: 'look'; readonly facts: TourFacts } | { readonly kind: 'next' | 'skip' };

const anyFacts: fc.Arbitrary<TourFacts> = fc
  .record({
    vault: fc.constantFrom(calm, failed, halted, retrying, null),
    inFront: fc.boolean(),
    deposit: fc.constantFrom(null, ended('submitted'), ended('verified'), ended('expired')),
    broken: fc.constantFrom(true, false, null),
    alerted: fc.boolean(),
    added: fc.nat({ max: 2 }),
  })
  .map(facts);
const anyMove: fc.Arbitrary<Move> = fc.oneof(
  { weight: 4, arbitrary: anyFacts.map((seen): Move => ({ kind: 'look', facts: seen })) },
  { weight: 2, arbitrary: fc.constant<Move>({ kind: 'next' }) },
  { weight: 1, arbitrary: fc.constant<Move>({ kind: 'skip' }) },
);

const placeOf = ({ at: step }: TourProgress): number =>
  step === 'end' ? TOUR_STEPS.length : TOUR_STEPS.indexOf(step);

const made = (progress: TourProgress, move: Move): TourProgress => {
  if (move.kind === 'look') return advance(progress, move.facts);
  return move.kind === 'next' ? goOn(progress) : skip(progress);
};

describe('the tour, however the desk flaps', () => {
  it('never goes back, and claims nothing that the desk does not bear out', () => {
    fc.assert(
      fc.property(fc.array(anyMove, { maxLength: 60 }), (moves) => {
        let progress = TOUR_BEGIN;
        for (const move of moves) {
          const next = made(progress, move);
          const newly = next.done.filter((step) => !progress.done.includes(step));
          expect(placeOf(next)).toBeGreaterThanOrEqual(placeOf(progress));
          expect(progress.done.every((step) => next.done.includes(step))).toBe(true);
          expect(newly.length).toBeLessThanOrEqual(1);
          for (const step of newly) {
            expect(move.kind).toBe('look');
            expect(move.kind === 'look' && isBorneOut(step, move.facts)).toBe(true);
          }
          // Every step that lies behind was either done or passed over, and never both.
          for (const step of TOUR_STEPS.slice(0, placeOf(next))) {
            expect([next.done.includes(step), next.skipped.includes(step)].filter(Boolean)).toEqual(
              [true],
            );
          }
          progress = next;
        }
      }),
    );
  });

  it('leaves nothing broken before the breaking and after the mending', () => {
    expect(TOUR_STEPS.filter((step) => mayStayBroken(at(step)))).toEqual(['break', 'hold', 'mend']);
    expect(mayStayBroken({ ...TOUR_BEGIN, at: 'end' })).toBe(false);
  });
});
