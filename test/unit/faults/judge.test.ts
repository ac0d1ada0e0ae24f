import { describe, expect, it } from 'vitest';
import { judge, type ToldOperation } from '#scripts/faults/judge.ts';
import type { LandedOperation } from '#scripts/faults/ledger.ts';

const TOLD: ToldOperation = {
  id: 'one',
  state: 'verified',
  kind: 'deposit',
  amount: 5n,
  marketIndex: 0,
  users: ['user'],
};

const LANDED: LandedOperation = {
  operationId: 'one',
  signature: 'signature',
  failed: false,
  kind: 'deposit',
  amount: 5n,
  marketIndex: 0,
  users: ['user'],
};

const counts = (told: readonly ToldOperation[], landed: readonly LandedOperation[]) => {
  const verdict = judge(told, landed, new Set(['one']));
  return Object.fromEntries(Object.entries(verdict).map(([name, found]) => [name, found.length]));
};

const FINE = { lost: 0, doubled: 0, wrong: 0, unresolved: 0 };

describe('the verdict on a fault run', () => {
  it('finds nothing where what is told is what landed', () => {
    expect(counts([TOLD], [LANDED])).toEqual(FINE);
    expect(counts([{ ...TOLD, state: 'expired' }], [])).toEqual(FINE);
    expect(counts([{ ...TOLD, state: 'rejected' }], [{ ...LANDED, failed: true }])).toEqual(FINE);
  });

  it('finds what was acknowledged and is not on record, and what landed behind its back', () => {
    expect(counts([], [])).toEqual({ ...FINE, lost: 1 });
    expect(counts([], [LANDED])).toEqual({ ...FINE, lost: 2 });
    for (const state of ['denied', 'rejected']) {
      expect(counts([{ ...TOLD, state }], [LANDED])).toEqual({ ...FINE, lost: 1 });
    }
    expect(counts([{ ...TOLD, state: 'expired' }], [LANDED])).toMatchObject({ lost: 1, wrong: 1 });
  });

  it('finds a second transaction of one operation', () => {
    const again = { ...LANDED, signature: 'another' };
    expect(counts([TOLD], [LANDED, again])).toEqual({ ...FINE, doubled: 1 });
  });

  it('finds a success that the chain does not know, and a discrepancy', () => {
    expect(counts([TOLD], [])).toEqual({ ...FINE, wrong: 1 });
    expect(counts([TOLD], [{ ...LANDED, failed: true }])).toEqual({ ...FINE, wrong: 1 });
    expect(counts([{ ...TOLD, state: 'discrepant' }], [LANDED])).toEqual({ ...FINE, wrong: 1 });
  });

  it.each([
    { amount: 6n },
    { marketIndex: 1 },
    { users: ['other'] },
    { kind: 'withdraw' as const },
  ])('finds %o where another was asked', (difference) => {
    expect(counts([TOLD], [{ ...LANDED, ...difference }])).toEqual({ ...FINE, wrong: 1 });
  });

  it('finds what has not ended', () => {
    expect(counts([{ ...TOLD, state: 'unresolved' }], [])).toEqual({ ...FINE, unresolved: 1 });
  });
});
