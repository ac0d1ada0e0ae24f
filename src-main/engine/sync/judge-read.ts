import type { KeelError } from '#domain/keel-error.ts';
import { rawQuantitiesOf, type VaultSnapshot } from '#domain/vault-snapshot.ts';
import { readsDisagree, slotOlder } from '../engine-errors.ts';

export type ReadJudgement =
  | { readonly kind: 'verified' }
  | { readonly kind: 'read-again'; readonly moved: boolean }
  | { readonly kind: 'discrepant'; readonly error: KeelError }
  | { readonly kind: 'older'; readonly error: KeelError };

export interface ReadSoFar {
  /** The stored observation's snapshot: nothing older may replace it (S7). */
  readonly stored: VaultSnapshot | null;
  /** Whether an equal read bears the stored snapshot out, so that no second read is needed. */
  readonly storedIsVerified: boolean;
  /** The read before this one in the same attempt. */
  readonly first: VaultSnapshot | null;
}

/** What a fresh read means next to what is known (S6, S7). Pure. */
export function judgeRead(known: ReadSoFar, read: VaultSnapshot): ReadJudgement {
  const { stored, storedIsVerified, first } = known;
  const floor = first ?? stored;
  if (floor !== null && read.slot < floor.slot) {
    return { kind: 'older', error: slotOlder(floor.slot, read.slot) };
  }
  const holdings = rawQuantitiesOf(read);
  const storedHoldings = stored === null ? null : rawQuantitiesOf(stored);
  if (stored !== null && stored.slot === read.slot && storedHoldings !== holdings) {
    return {
      kind: 'discrepant',
      error: readsDisagree(read.slot, storedHoldings ?? '', holdings),
    };
  }
  if (first === null) {
    return storedIsVerified && storedHoldings === holdings
      ? { kind: 'verified' }
      : { kind: 'read-again', moved: false };
  }
  const firstHoldings = rawQuantitiesOf(first);
  if (firstHoldings !== holdings) {
    return read.slot > first.slot
      ? { kind: 'read-again', moved: true }
      : { kind: 'discrepant', error: readsDisagree(read.slot, firstHoldings, holdings) };
  }
  return { kind: 'verified' };
}
