import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { OPERATION_STATES, OPERATION_STEPS } from '#domain/capital-operation.ts';
import { mayCancel } from '#renderer/features/operations/operation-acts.tsx';
import { deriveSteps } from '#renderer/features/operations/derive-steps.ts';
import {
  outcomeWords,
  routeOf,
  titleOf,
  unresolvedTitle,
  waitWords,
} from '#renderer/features/operations/operation-words.ts';
import {
  simulatedVaults,
  stillBefore,
  walletChange,
} from '#renderer/features/operations/simulated-lines.ts';
import {
  deposit,
  NODE_WAIT,
  operationOf,
  operationStories,
} from '#test/support/renderer-preview/capital-stories.ts';
import { vaultIdOf } from '#test/support/vaults.ts';

const NOW = 1_780_000_000_000;
const INTENT = deposit(1_000_000_000n);
const of = (state: (typeof OPERATION_STATES)[number], after?: (typeof OPERATION_STEPS)[number]) =>
  operationOf({
    index: 1,
    intent: INTENT,
    state,
    atMs: NOW,
    ...(after === undefined ? {} : { after }),
  });

describe('the steps', () => {
  it('are ten, with one under way until the last is done', () => {
    for (const [index, step] of OPERATION_STEPS.entries()) {
      const progress = deriveSteps(of(step).operation).map((line) => line.progress);
      expect(progress).toHaveLength(10);
      expect(progress.filter((each) => each === 'done')).toHaveLength(index + 1);
      expect(progress.filter((each) => each === 'current')).toHaveLength(index === 9 ? 0 : 1);
    }
  });

  it('never show a bad end as going on, nor an open one as ended', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('denied', 'rejected', 'expired', 'discrepant', 'unresolved' as const),
        fc.constantFrom(...OPERATION_STEPS),
        (state, after) => {
          const lines = deriveSteps(of(state, after).operation);
          const current = lines.filter(({ progress }) => progress === 'current');
          const failed = lines.filter(({ progress }) => progress === 'failed');
          expect(current.map((line) => line.state)).toEqual(
            state === 'unresolved' ? ['unresolved'] : [],
          );
          expect(failed.map((line) => line.state)).toEqual(state === 'unresolved' ? [] : [state]);
          expect(lines.findIndex((line) => line.state === state)).toBe(
            OPERATION_STEPS.indexOf(after) + 1,
          );
        },
      ),
    );
  });

  it('may be cancelled only before it is signed', () => {
    const cancellable = OPERATION_STATES.filter((state) => mayCancel(of(state)));
    expect(cancellable).toEqual(['requested', 'validated', 'planned', 'simulated', 'approved']);
  });
});

describe('the words', () => {
  const named = (index: number) => operationStories(NOW)[index - 1];

  it('tell what and where', () => {
    expect(titleOf(INTENT)).toBe('Deposit 1,000.00 USDC');
    const transfer = named(4)?.operation.intent ?? INTENT;
    expect(routeOf(transfer, (id) => (id === vaultIdOf(1) ? 'A' : 'B'))).toBe('A → B');
  });

  it('tell until which block an unresolved one is watched, and never call it failed', () => {
    const view = named(2) ?? of('unresolved');
    expect(unresolvedTitle(view)).toBe(
      'Unresolved: watching until block 290,112,874 (now 290,112,771)',
    );
    expect(unresolvedTitle({ ...view, finalizedBlockHeight: null })).toContain('not asked yet');
    expect(outcomeWords(view)?.text).not.toMatch(/fail/i);
  });

  it.each([
    [5, 'Denied: Keel did not go on', 'Nothing was sent.'],
    [6, 'Rejected by the chain: nothing moved but the fee', 'InsufficientCollateral'],
    [7, 'Expired: proved never landed', 'You may try again.'],
    [8, 'Discrepant: it landed, but the figures differ', 'Do not trade.'],
  ])('tell the outcome of story %i', (index, title, text) => {
    const view = named(index);
    const words = view === undefined ? null : outcomeWords(view);
    expect(words?.title).toBe(title);
    expect(words?.text).toContain(text);
  });

  it('tell a simulation’s no from the chain’s', () => {
    expect(outcomeWords(of('rejected', 'planned'))?.title).toBe(
      'Rejected by the simulation: nothing was sent',
    );
  });

  it('count down to the next try of a node that does not answer', () => {
    expect(waitWords(NODE_WAIT(NOW), NOW)).toBe('The node does not answer: next try in 3 s.');
    expect(waitWords(NODE_WAIT(NOW), NOW + 60_000)).toContain('0 s');
    expect(waitWords(null, NOW)).toBeNull();
  });
});

describe('the simulated change', () => {
  it('is before and after, exact to the last unit, and the wallet beside it', () => {
    const { operation } = of('simulated');
    const [vault] = simulatedVaults(operation, () => null);
    expect(vault?.lines).toEqual([
      { label: 'USDC', before: '18,442.905117', after: '19,442.905117' },
      { label: 'Collateral', before: null, after: '19,442.91' },
      { label: 'Health', before: null, after: '83' },
    ]);
    expect(walletChange(operation)).toBe('−1,000.00 USDC, −0.000005 SOL');
  });

  it('no longer takes the desk’s figures for those before once it has landed', () => {
    expect(stillBefore(of('submitted').operation)).toBe(true);
    expect(stillBefore(of('confirmed').operation)).toBe(false);
    expect(stillBefore(of('verified').operation)).toBe(false);
  });
});
