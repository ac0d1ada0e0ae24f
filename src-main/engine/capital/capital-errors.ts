import { groupDigits } from '#domain/decimal.ts';
import type { CapitalRefusal } from '#domain/check-capital.ts';
import type { TokenRef } from '#domain/capital-intent.ts';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import type { OperationId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';

/** Keel's own no, with every rule that was broken and what would pass (C2). */
export function capitalDenied(refusals: readonly CapitalRefusal[]): KeelError {
  const advice = refusals.find(({ wouldPass }) => wouldPass !== null)?.wouldPass;
  return keelError(
    'CAPITAL_DENIED',
    'fix-input',
    refusals.map(({ text }) => text).join(' '),
    advice ?? 'Nothing can be moved this way now. Try again when the rule no longer holds.',
    { rules: refusals.map(({ rule }) => rule).join(', ') },
  );
}

export function healthTooLow(health: number, wanted: number): KeelError {
  return keelError(
    'CAPITAL_DENIED',
    'fix-input',
    `The simulation leaves health at ${health}; ${wanted} is the least that may be left.`,
    'Move a smaller amount, or lower the limit in the settings.',
    { rules: 'health-after', health: String(health), wanted: String(wanted) },
  );
}

export function healthNotShown(name: string): KeelError {
  return keelError(
    'CAPITAL_DENIED',
    'retry',
    `The simulation does not show what would be left of “${name}”, so that its health cannot be checked.`,
    'Try again. If it lasts, use another endpoint.',
    { rules: 'health-after' },
  );
}

export function subAccountTaken(wanted: number, next: number): KeelError {
  return keelError(
    'CAPITAL_DENIED',
    'retry',
    `Sub-account ${wanted} is no longer the authority’s next one: that is ${next} now.`,
    'Another client opened one meanwhile. Ask again.',
    { wanted: String(wanted), next: String(next) },
  );
}

export function operationOpen(id: OperationId, state: string): KeelError {
  return keelError(
    'OPERATION_OPEN',
    'operator',
    `Operation ${id} is still open (${state}) and changes the same account.`,
    'Wait until it has ended, or cancel it while it is not signed; then ask again.',
    { operation: id, state },
  );
}

export function operationNotFound(id: OperationId): KeelError {
  return keelError(
    'OPERATION_NOT_FOUND',
    'fix-input',
    `operationId: there is no operation ${id}.`,
    'Load the list of operations again.',
  );
}

export function pastCancel(id: OperationId, state: string, ended: boolean): KeelError {
  return keelError(
    'OPERATION_PAST_CANCEL',
    'operator',
    `Operation ${id} is “${state}” and can no longer be cancelled.`,
    ended
      ? 'It has ended. Ask for a new one if you want more.'
      : 'Its bytes may be on the chain already: Keel follows it to its end.',
    { operation: id, state },
  );
}

export function cancelledByTrader(): KeelError {
  return keelError(
    'CAPITAL_DENIED',
    'operator',
    'The trader cancelled the operation before it was signed.',
    'Nothing was sent. Ask again when you want it.',
  );
}

export function notKnownYet({ lastValidBlockHeight }: OperationTransaction): KeelError {
  return keelError(
    'TRANSACTION_UNRESOLVED',
    'retry',
    `It is not known yet whether the transaction landed: Keel watches until block ${groupDigits(lastValidBlockHeight)}.`,
    'There is nothing to do: Keel keeps asking until the chain proves the outcome.',
    { lastValidBlockHeight: lastValidBlockHeight.toString() },
  );
}

export function provedExpired(proof: string, sent: boolean): KeelError {
  return keelError(
    'TRANSACTION_EXPIRED',
    'retry',
    sent
      ? `The transaction never landed and no longer can: ${proof}`
      : `The transaction was never signed in time: ${proof}`,
    'No money has moved. Ask again for a new operation.',
  );
}

export function venueReplaced(): KeelError {
  return keelError(
    'RPC_UNREACHABLE',
    'retry',
    'The network’s endpoint was changed while Keel waited for its answer.',
    'Keel asks the new endpoint.',
  );
}

export function tokenChanged(was: TokenRef, now: TokenRef): KeelError {
  return keelError(
    'CAPITAL_DENIED',
    'stop',
    `Token market ${was.marketIndex} was ${was.symbol} (${was.mint}) when it was asked for and is ${now.symbol} (${now.mint}) now.`,
    'Nothing was sent. Compare the endpoint with another one before you ask again.',
    { was: was.mint, now: now.mint },
  );
}
