/** From the approved message to the chain's proof. Only proof ends an operation here: a time-out is never an outcome. */
import { groupDigits } from '#domain/decimal.ts';
import type { Happening } from '#domain/advance-operation.ts';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import { assertNever } from '#domain/assert-never.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { unixMs } from '#domain/units.ts';
import type { CapitalVenue, TransactionStatus } from '../ports.ts';
import { notKnownYet, provedExpired } from './capital-errors.ts';
import { mayAsk, type OperationRun } from './operation-run.ts';
import { subjectOf } from './subject.ts';

/** The same bytes go out again after this long. */
const RESEND_MS = 2_000;
/** After this long without proof the operation is told of as unresolved (C8). */
const UNRESOLVED_AFTER_MS = 30_000;
const FIRST_POLLS_MS = [500, 500, 1_000];
const POLL_MS = 2_000;
const LONGEST_POLL_MS = 10_000;
const NOT_THERE_RETRY_MS = 10_000;
const LOCKED_RETRY_MS = 10_000;
const SIGNER_RETRY_MS = 3_000;

/** What ends it: the signer will never sign this message. */
const NEVER_SIGNED: readonly KeelError['code'][] = [
  'SIGNER_REFUSED',
  'APPROVAL_DECLINED',
  'KEY_NOT_FOUND',
];

/** Asks for the signature of the one message. Its bytes were never sent, so that its height alone proves its expiry. */
export async function sign(run: OperationRun): Promise<Happening | null> {
  const venue = await venueOf(run);
  const { transaction } = run.operation;
  if (venue === null || transaction === null) return null;
  const subject = subjectOf(run.operation, run.ports.vaults);
  if (!subject.ok) {
    await run.waitFor(subject.error, NOT_THERE_RETRY_MS);
    return null;
  }
  const unlocksBefore = run.ports.unlocks();
  // A signer that was started anew knows of no approval, and asks the trader again.
  if (run.resumed && mayAsk(run, run.operation.signerKey)) run.show({ kind: 'confirmation' });
  const signed = await run.act('sign', () => (run.mayGoOn() ? venue.sign(subject.value) : null));
  if (signed === null) return null;
  if (signed.ok)
    return {
      kind: 'signed',
      ...signed.value,
      cause: 'One transaction, and never a second one for this operation.',
    };
  const { error } = signed;
  if (NEVER_SIGNED.includes(error.code)) {
    return { kind: 'denied', error, cause: `Never signed, never sent: ${error.message}` };
  }
  const status = await run.act('read-status', () => venue.readStatus(transaction));
  if (status.ok) {
    run.sawHeight(heightOf(status.value));
    if (status.value.kind === 'expired') return expired(status.value.proof, false);
  }
  if (run.ports.unlocks() !== unlocksBefore) return null;
  const locked = error.code === 'SIGNER_LOCKED';
  const delayMs = locked ? LOCKED_RETRY_MS : SIGNER_RETRY_MS;
  const nextAttemptAtMs = unixMs(run.ports.deps.clock.nowMs() + delayMs);
  await run.waitForSigner(
    delayMs,
    locked ? { kind: 'unlock' } : { kind: 'node', error, nextAttemptAtMs },
  );
  return null;
}

export function submit(): Promise<Happening | null> {
  return Promise.resolve({
    kind: 'submitted',
    cause: 'The signed bytes were on disk before the first was sent.',
  });
}

/** Sends the same bytes while they can land, and asks until the chain proves what became of them. */
export async function watch(run: OperationRun): Promise<Happening | null> {
  const { transaction } = run.operation;
  const { memory } = run;
  memory.watchingSinceMs ??= run.ports.deps.clock.monotonicMs();
  const venue = await venueOf(run);
  if (transaction === null) return null;
  if (venue === null) return unresolvedAfter(run, transaction);
  const first = !memory.hasAsked;
  memory.hasAsked = true;
  // After a restart the chain is asked first: the bytes may have landed long ago.
  if (!(first && run.resumed)) await send(run, venue, transaction);
  if (run.stopped) return null;
  const status = await run.act('read-status', () => venue.readStatus(transaction));
  if (run.stopped) return null;
  if (status.ok) {
    run.sawHeight(heightOf(status.value));
    const proved = proofOf(status.value);
    if (proved !== null) return proved;
    const height = heightOf(status.value);
    memory.mayLand = height === null || height <= transaction.lastValidBlockHeight;
  }
  const unresolved = unresolvedAfter(run, transaction);
  if (unresolved !== null) return unresolved;
  await pauseBetween(run, status.ok ? memory.sendError : status.error);
  return null;
}

/** Also where the network is not there: silence is no proof, however it comes about. */
function unresolvedAfter(
  { operation, memory, ports }: OperationRun,
  transaction: OperationTransaction,
): Happening | null {
  const nowMs = ports.deps.clock.monotonicMs();
  const watchedMs = nowMs - (memory.watchingSinceMs ?? nowMs);
  if (operation.state !== 'submitted' || watchedMs < UNRESOLVED_AFTER_MS) return null;
  const error = notKnownYet(transaction);
  return { kind: 'unresolved', error, cause: error.message };
}

async function send(
  run: OperationRun,
  venue: CapitalVenue,
  transaction: OperationTransaction,
): Promise<void> {
  const { memory } = run;
  const nowMs = run.ports.deps.clock.monotonicMs();
  const due = memory.lastSendMs === null || nowMs - memory.lastSendMs >= RESEND_MS;
  // While everything is halted nothing leaves, not even bytes that may have left before: the chain is only asked.
  const mayLeave = (): boolean => run.ports.gate.haltAll === null && !run.stopped;
  if (!due || !memory.mayLand || !mayLeave()) return;
  memory.lastSendMs = nowMs;
  const sent = await run.act('send', () => venue.send(transaction, mayLeave));
  memory.sendError = sent.ok ? null : sent.error;
}

async function pauseBetween(run: OperationRun, error: KeelError | null): Promise<void> {
  const { memory, operation } = run;
  const polls = memory.failures;
  memory.failures += 1;
  const delayMs =
    operation.state === 'submitted'
      ? (FIRST_POLLS_MS[polls] ?? POLL_MS)
      : Math.min(LONGEST_POLL_MS, POLL_MS + polls * 1_000);
  if (error !== null) {
    await run.waitFor(error, delayMs);
    return;
  }
  run.show(null);
  await run.pause(delayMs);
}

function proofOf(status: TransactionStatus): Happening | null {
  switch (status.kind) {
    case 'unknown':
      return null;
    case 'landed':
      return {
        kind: 'confirmed',
        landedAtSlot: status.slot,
        cause: `Landed at slot ${groupDigits(status.slot)}.`,
      };
    case 'failed': {
      const { error, slot } = status;
      const cause = `Failed on chain at slot ${groupDigits(slot)}: ${error.message}`;
      return { kind: 'rejected', error, landedAtSlot: slot, cause };
    }
    case 'expired':
      return expired(status.proof, true);
    default:
      return assertNever(status);
  }
}

function expired(proof: string, sent: boolean): Happening {
  const error = provedExpired(proof, sent);
  return { kind: 'expired', error, cause: error.message };
}

function heightOf(status: TransactionStatus): bigint | null {
  return status.kind === 'unknown' || status.kind === 'expired'
    ? status.finalizedBlockHeight
    : null;
}

async function venueOf(run: OperationRun): Promise<CapitalVenue | null> {
  const { network, vaultType } = run.operation;
  const venue = run.ports.venues.of(network, vaultType);
  if (venue.ok) return venue.value;
  await run.waitFor(venue.error, NOT_THERE_RETRY_MS);
  return null;
}
