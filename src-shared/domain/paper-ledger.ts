import type { PaperAccount, PaperEntry, PaperEntryKind } from './paper-account.ts';
import { err, ok, type Result } from './result.ts';
import { quoteAmount, type QuoteAmount, type UnixMs } from './units.ts';

/** One billion in quote: far above any paper vault, far below SQLite's integers. */
export const MAX_PAPER_CASH = quoteAmount(1_000_000_000_000_000n);

/** What the trader asks of a paper vault's ledger. Amounts are quote units of 10^-6. */
export type PaperChange =
  | { readonly kind: 'allocate'; readonly amount: QuoteAmount }
  | { readonly kind: 'credit'; readonly amount: QuoteAmount }
  | { readonly kind: 'debit'; readonly amount: QuoteAmount }
  | { readonly kind: 'reset'; readonly allocation: QuoteAmount }
  | { readonly kind: 'seed'; readonly cash: QuoteAmount; readonly from: string };

export type PaperProblem =
  | { readonly kind: 'amount-not-positive'; readonly amount: QuoteAmount }
  | { readonly kind: 'balance-too-low'; readonly cash: QuoteAmount; readonly amount: QuoteAmount }
  | { readonly kind: 'balance-too-high'; readonly cashAfter: QuoteAmount }
  | { readonly kind: 'already-allocated'; readonly cash: QuoteAmount };

/**
 * The ledger line that a change leads to. Cash never falls below zero (V4) and each line's change is
 * exactly the difference of the heads before and after it, so that the lines add up to the cash.
 */
export function nextPaperEntry(
  account: PaperAccount | null,
  change: PaperChange,
  atMs: UnixMs,
): Result<PaperEntry, PaperProblem> {
  const cash = account?.cash ?? quoteAmount(0n);
  const problem = problemOf(account, change);
  if (problem !== null) return err(problem);
  const cashAfter = cashAfterOf(cash, change);
  if (cashAfter < 0n)
    return err({ kind: 'balance-too-low', cash, amount: quoteAmount(cash - cashAfter) });
  if (cashAfter > MAX_PAPER_CASH) return err({ kind: 'balance-too-high', cashAfter });
  return ok({
    kind: change.kind satisfies PaperEntryKind,
    change: quoteAmount(cashAfter - cash),
    cashAfter,
    revision: (account?.revision ?? 0) + 1,
    atMs,
    note: change.kind === 'seed' ? `Seeded from ${change.from}` : '',
  });
}

function problemOf(account: PaperAccount | null, change: PaperChange): PaperProblem | null {
  switch (change.kind) {
    case 'allocate':
      if (account !== null) return { kind: 'already-allocated', cash: account.cash };
      return positive(change.amount);
    case 'credit':
    case 'debit':
      return positive(change.amount);
    case 'reset':
      return positive(change.allocation);
    case 'seed':
      return null;
  }
}

function positive(amount: QuoteAmount): PaperProblem | null {
  return amount > 0n ? null : { kind: 'amount-not-positive', amount };
}

function cashAfterOf(cash: QuoteAmount, change: PaperChange): QuoteAmount {
  switch (change.kind) {
    case 'allocate':
    case 'credit':
      return quoteAmount(cash + change.amount);
    case 'debit':
      return quoteAmount(cash - change.amount);
    case 'reset':
      return change.allocation;
    case 'seed':
      return change.cash;
  }
}
