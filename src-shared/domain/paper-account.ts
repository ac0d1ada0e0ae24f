import type { OperationId } from './ids.ts';
import type { QuoteAmount, UnixMs } from './units.ts';

/** The ledger head of a paper vault. */
export interface PaperAccount {
  readonly cash: QuoteAmount;
  /** Grows by one with each entry; stands in for the slot. */
  readonly revision: number;
  readonly changedAtMs: UnixMs;
}

export type PaperEntryKind = 'allocate' | 'credit' | 'debit' | 'reset' | 'seed';

/** One line of a paper vault's ledger; `cashAfter` is what the head becomes. */
export interface PaperEntry {
  readonly kind: PaperEntryKind;
  /** Signed change of cash. */
  readonly change: QuoteAmount;
  readonly cashAfter: QuoteAmount;
  readonly revision: number;
  readonly atMs: UnixMs;
  /** In words, for instance the vault it was seeded from. */
  readonly note: string;
  /** The capital operation that the line belongs to: one line of it in each vault at most. */
  readonly operationId?: OperationId;
}
