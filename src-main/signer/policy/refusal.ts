import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err } from '#domain/result.ts';

/** Names of the policy's rules: stable, for the log and the tests. */
export type PolicyRule =
  | 'message-form'
  | 'venue'
  | 'intent'
  | 'role'
  | 'token'
  | 'fee-payer'
  | 'signers'
  | 'lookup-tables'
  | 'program'
  | 'instruction'
  | 'order'
  | 'memo'
  | 'account'
  | 'argument'
  | 'market-accounts'
  | 'writable'
  | 'unused-account'
  | 'priority-fee';

const ADVICE =
  'Nothing was signed. If nobody changed Keel or its settings, do not try again: something asked for more than you did.';

/** A refusal by the policy. The message names the offending part; it holds no secret, for the policy knows none. */
export function refused(rule: PolicyRule, message: string): KeelError {
  return keelError('SIGNER_REFUSED', 'stop', message, ADVICE, { rule });
}

export function refuse(
  rule: PolicyRule,
  message: string,
): { readonly ok: false; readonly error: KeelError } {
  return err(refused(rule, message));
}
