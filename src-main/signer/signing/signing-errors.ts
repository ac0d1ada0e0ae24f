import type { Address, OperationId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';

const NOTHING = 'Nothing was signed.';

/** A refusal outside the message: `rule` is stable, for the log and the tests. */
export function refusedBy(rule: string, message: string, advice: string): KeelError {
  return keelError('SIGNER_REFUSED', 'stop', message, `${NOTHING} ${advice}`, { rule });
}

export function lockedError(): KeelError {
  return keelError(
    'SIGNER_LOCKED',
    'operator',
    'The keys are locked.',
    'Unlock them; the operation goes on by itself.',
  );
}

export function declinedError(): KeelError {
  return keelError(
    'APPROVAL_DECLINED',
    'stop',
    'The confirmation was declined or withdrawn.',
    'Nothing was signed. Request the operation again if you want it.',
  );
}

/** What was thrown is not told: it may hold what must not leave this process. */
export function signerFault(what: string): KeelError {
  return keelError(
    'SIGNER_UNAVAILABLE',
    'retry',
    `The signer failed while ${what}.`,
    'Nothing was signed. Try again; if it happens again, start Keel anew.',
  );
}

export function missingKey(publicKey: Address): KeelError {
  return keelError(
    'KEY_NOT_FOUND',
    'operator',
    `There is no key ${publicKey} in Keel.`,
    'Import the key, or choose another wallet.',
  );
}

export function secondReview(operation: OperationId): KeelError {
  return refusedBy(
    'second-review',
    `Another message of the operation ${operation} is before the trader.`,
    'Answer that one first.',
  );
}

export function secondMessage(operation: OperationId): KeelError {
  return refusedBy(
    'second-message',
    `For the operation ${operation} another message was signed already.`,
    'An operation is signed once; request it anew when it has ended.',
  );
}

export function otherMessage(): KeelError {
  return refusedBy(
    'other-message',
    'The message to sign does something else than the reviewed one.',
    'Do not try again: something asked for more than you approved.',
  );
}

export function memoryFull(): KeelError {
  return refusedBy(
    'memory-full',
    'The signer has signed as many operations as it can remember.',
    'Start Keel anew.',
  );
}
