/** What the trader must do before a message is signed (C9). */
import type { ApprovalKind } from '#domain/capital-operation.ts';
import type { Confirmation } from '#domain/signer-window.ts';
import type { SigningLimits } from '#domain/signing.ts';
import type { ExaminedMessage } from '../policy/examine-message.ts';
import type { ParsedReview } from './parse-request.ts';

/** `none`: below the threshold, no window. */
export type Demand = { readonly kind: 'none' } | Confirmation['demand'];

/**
 * Of a dollar coin the signer's own count is the least that is believed; of other tokens the request tells the
 * value, and where nobody can tell it the amount is typed. So it is, however small, where the sub-account's owner is
 * not one of Keel's keys: anybody can name the trader's wallet as the delegate of an account, and money deposited there
 * is that stranger's. Opening a sub-account is always pressed: it moves no token that could be counted, but it pays rent,
 * and perhaps the venue's fee, out of the wallet.
 * @param staysOwn whether the owner of the sub-account is a key whose secret is here, for the same kind of network.
 */
export function demandOf(
  examined: ExaminedMessage,
  review: ParsedReview,
  limits: SigningLimits,
  staysOwn: boolean,
): Demand {
  const { toType } = examined;
  if (toType === null) return { kind: 'press' };
  if (!staysOwn) return { kind: 'type', ...toType };
  const value = countedValue(examined, review);
  if (value === null || value >= limits.typeAmountFrom) return { kind: 'type', ...toType };
  return value >= limits.confirmFrom ? { kind: 'press' } : { kind: 'none' };
}

/** What an answered demand is worth. */
export function approvalFor(demand: Demand): ApprovalKind {
  switch (demand.kind) {
    case 'none':
      return 'below-threshold';
    case 'press':
      return 'confirmed';
    case 'type':
      return 'typed';
  }
}

const STRENGTH: Record<ApprovalKind, number> = { 'below-threshold': 0, confirmed: 1, typed: 2 };

/** Whether an approval given before still meets what is demanded now. */
export function suffices(approval: ApprovalKind, demand: Demand): boolean {
  return STRENGTH[approval] >= STRENGTH[approvalFor(demand)];
}

function countedValue(examined: ExaminedMessage, review: ParsedReview): bigint | null {
  if (examined.mustBeTyped) return null;
  if (examined.value === null) return review.value;
  return review.value !== null && review.value > examined.value ? review.value : examined.value;
}
