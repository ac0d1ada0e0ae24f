import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PaperAccount, PaperEntry } from '#domain/paper-account.ts';
import { MAX_PAPER_CASH, nextPaperEntry, type PaperChange } from '#domain/paper-ledger.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';

const amount = fc.bigInt(-10n, MAX_PAPER_CASH * 2n).map(quoteAmount);
const change: fc.Arbitrary<PaperChange> = fc.oneof(
  fc.record({ kind: fc.constantFrom('credit', 'debit', 'allocate'), amount }),
  fc.record({ kind: fc.constant('reset'), allocation: amount }),
  fc.record({ kind: fc.constant('seed'), cash: amount, from: fc.constant('Live') }),
);

function play(changes: readonly PaperChange[]): readonly PaperEntry[] {
  const entries: PaperEntry[] = [];
  let account: PaperAccount | null = null;
  for (const [index, one] of changes.entries()) {
    const entry = nextPaperEntry(account, one, unixMs(index));
    if (!entry.ok) continue;
    entries.push(entry.value);
    const { cashAfter: cash, revision, atMs: changedAtMs } = entry.value;
    account = { cash, revision, changedAtMs };
  }
  return entries;
}

describe('the paper ledger (V4)', () => {
  it('cash is the sum of all changes, never below zero, revisions grow by one', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        let cash = 0n;
        for (const [index, entry] of play(changes).entries()) {
          cash += entry.change;
          expect(entry.cashAfter).toBe(cash);
          expect(cash >= 0n && cash <= MAX_PAPER_CASH).toBe(true);
          expect(entry.revision).toBe(index + 1);
        }
      }),
    );
  });

  it('a refused change is never in the ledger and names its numbers', () => {
    const account = { cash: quoteAmount(5n), revision: 1, changedAtMs: unixMs(0) };
    const refused = (one: PaperChange) => nextPaperEntry(account, one, unixMs(1));
    expect(refused({ kind: 'debit', amount: quoteAmount(6n) })).toEqual({
      ok: false,
      error: { kind: 'balance-too-low', cash: 5n, amount: 6n },
    });
    expect(refused({ kind: 'credit', amount: quoteAmount(0n) })).toMatchObject({
      error: { kind: 'amount-not-positive' },
    });
    expect(refused({ kind: 'credit', amount: MAX_PAPER_CASH })).toMatchObject({
      error: { kind: 'balance-too-high' },
    });
    expect(refused({ kind: 'allocate', amount: quoteAmount(1n) })).toMatchObject({
      error: { kind: 'already-allocated' },
    });
  });

  it('reset and seed set the cash, and record the difference', () => {
    const account = { cash: quoteAmount(5n), revision: 3, changedAtMs: unixMs(0) };
    const reset = { kind: 'reset', allocation: quoteAmount(2n) } as const;
    expect(nextPaperEntry(account, reset, unixMs(9))).toEqual({
      ok: true,
      value: { kind: 'reset', change: -3n, cashAfter: 2n, revision: 4, atMs: 9, note: '' },
    });
    const seed = { kind: 'seed', cash: quoteAmount(0n), from: 'Mainsail' } as const;
    expect(nextPaperEntry(account, seed, unixMs(9))).toMatchObject({
      value: { change: -5n, cashAfter: 0n, note: 'Seeded from Mainsail' },
    });
  });
});
