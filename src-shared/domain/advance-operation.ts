/**
 * The life of a capital operation (C4–C7), in one pure function. Invariants: an end is final; one message is approved,
 * once; it is signed once, and only when it was approved; nothing that may have been sent ends without proof.
 */
import type { CapitalIntent } from './capital-intent.ts';
import {
  isFinal,
  type ApprovalKind,
  type CapitalOperation,
  type Expectation,
  type OperationState,
  type OperationTransaction,
  type SimulatedChange,
} from './capital-operation.ts';
import type { Address, NetworkId, OperationId } from './ids.ts';
import { keelError, type KeelError } from './keel-error.ts';
import { err, ok, type Result } from './result.ts';
import type { QuoteAmount, Slot, UnixMs } from './units.ts';

/** What happened; its kind is the state that it leads to. */
export type Happening = {
  /** In words: why, with the figures. */
  readonly cause: string;
} & (
  | {
      readonly kind: 'validated';
      readonly signerKey: Address | null;
      readonly value: QuoteAmount | null;
    }
  /** Also of an operation that is planned anew, because its plan was lost or is old. */
  | {
      readonly kind: 'planned';
      readonly expectation: Expectation;
      readonly signerKey: Address | null;
      readonly value: QuoteAmount | null;
    }
  | { readonly kind: 'simulated'; readonly simulation: SimulatedChange }
  | {
      readonly kind: 'approved';
      readonly approval: ApprovalKind;
      /** Unsigned: the one message that this operation will ever have. */
      readonly transaction: OperationTransaction;
    }
  | { readonly kind: 'signed'; readonly signature: string; readonly wire: string }
  | { readonly kind: 'submitted' }
  | { readonly kind: 'unresolved'; readonly error: KeelError }
  | { readonly kind: 'confirmed'; readonly landedAtSlot: Slot }
  | { readonly kind: 'synced' }
  | { readonly kind: 'verified' }
  | { readonly kind: 'discrepant'; readonly error: KeelError }
  | { readonly kind: 'denied'; readonly error: KeelError }
  /** `landedAtSlot` null: the simulation refused it, nothing was sent. */
  | { readonly kind: 'rejected'; readonly error: KeelError; readonly landedAtSlot: Slot | null }
  | { readonly kind: 'expired'; readonly error: KeelError }
);

export type OperationEvent = Happening & { readonly atMs: UnixMs };

/**
 * Where each state can lead. Up to the signature a refusal still ends it: what was never sent cannot land, and nothing is
 * sent before `submitted` is on record. From there on only the chain's proof ends it.
 */
const FOLLOWERS: Readonly<Record<OperationState, readonly OperationState[]>> = {
  requested: ['validated', 'denied'],
  validated: ['planned', 'denied'],
  planned: ['simulated', 'planned', 'denied', 'rejected'],
  simulated: ['approved', 'planned', 'denied'],
  approved: ['signed', 'denied', 'expired'],
  signed: ['submitted', 'denied'],
  submitted: ['confirmed', 'unresolved', 'rejected', 'expired'],
  unresolved: ['confirmed', 'rejected', 'expired'],
  confirmed: ['synced'],
  synced: ['verified', 'discrepant'],
  verified: [],
  discrepant: [],
  denied: [],
  rejected: [],
  expired: [],
};

export function mayFollow(before: OperationState, after: OperationState): boolean {
  return FOLLOWERS[before].includes(after);
}

/** The trader may take it back until the approval is on record; afterwards its bytes may exist. */
export function mayCancel(state: OperationState): boolean {
  return isUnsent(state) && state !== 'approved' && state !== 'signed';
}

/** Nothing of it has left: Keel's own no still ends it (M4). */
export function isUnsent(state: OperationState): boolean {
  return mayFollow(state, 'denied');
}

export interface NewOperation {
  readonly id: OperationId;
  readonly network: NetworkId;
  readonly vaultType: CapitalOperation['vaultType'];
  readonly intent: CapitalIntent;
  readonly signerKey: Address | null;
  readonly value: QuoteAmount | null;
  readonly atMs: UnixMs;
  readonly cause: string;
}

export function newOperation({ atMs, cause, ...given }: NewOperation): CapitalOperation {
  return {
    ...given,
    state: 'requested',
    expectation: null,
    simulation: null,
    approval: null,
    transaction: null,
    landedAtSlot: null,
    error: null,
    transitions: [{ state: 'requested', atMs, cause }],
    createdAtMs: atMs,
    endedAtMs: null,
  };
}

/** The operation after the event; `ENGINE_FAULT` for an event that cannot follow, and nothing has changed then. */
export function advanceOperation(
  operation: CapitalOperation,
  event: OperationEvent,
): Result<CapitalOperation, KeelError> {
  const problem = problemOf(operation, event);
  if (problem !== null) return err(illegal(operation, event, problem));
  const { kind: state, atMs, cause } = event;
  return ok({
    ...operation,
    ...changesOf(operation, event),
    state,
    transitions: [...operation.transitions, { state, atMs, cause }],
    endedAtMs: isFinal(state) ? atMs : null,
  });
}

function changesOf(
  { transaction }: CapitalOperation,
  event: OperationEvent,
): Partial<CapitalOperation> {
  switch (event.kind) {
    case 'validated':
      return { signerKey: event.signerKey, value: event.value };
    case 'planned':
      return {
        expectation: event.expectation,
        signerKey: event.signerKey,
        value: event.value,
        simulation: null,
      };
    case 'simulated':
      return { simulation: event.simulation };
    case 'approved':
      return { approval: event.approval, transaction: event.transaction };
    case 'signed': {
      const { signature, wire } = event;
      return transaction === null ? {} : { transaction: { ...transaction, signature, wire } };
    }
    case 'submitted':
    case 'synced':
    case 'verified':
      return {};
    case 'confirmed':
      return { landedAtSlot: event.landedAtSlot, error: null };
    case 'rejected':
      return { landedAtSlot: event.landedAtSlot, error: event.error };
    case 'unresolved':
    case 'discrepant':
    case 'denied':
    case 'expired':
      return { error: event.error };
  }
}

/** In words, why the event cannot follow; null: it can. */
function problemOf(operation: CapitalOperation, event: OperationEvent): string | null {
  const { state, transaction } = operation;
  if (!mayFollow(state, event.kind)) return `“${event.kind}” cannot follow “${state}”`;
  if (event.cause.trim() === '') return 'the cause is not told';
  switch (event.kind) {
    case 'approved':
      if (transaction !== null) return 'a message has been approved already';
      if (event.transaction.message === '') return 'there is no message';
      return event.transaction.signature === null && event.transaction.wire === null
        ? null
        : 'the message is signed before its approval is on record';
    case 'signed':
      if (transaction === null) return 'there is no approved message';
      if (transaction.signature !== null) return 'it has been signed already';
      return event.signature === '' || event.wire === '' ? 'there is no signature' : null;
    case 'submitted':
      return transaction?.wire === null ? 'there are no signed bytes' : null;
    case 'denied':
      return operation.transitions.some((each) => each.state === 'submitted')
        ? 'its bytes may have been sent'
        : null;
    case 'rejected':
      return state === 'planned' || event.landedAtSlot !== null
        ? null
        : 'the slot of the failed transaction is not known';
    default:
      return null;
  }
}

function illegal({ id, state }: CapitalOperation, event: OperationEvent, why: string): KeelError {
  return keelError(
    'ENGINE_FAULT',
    'operator',
    `Operation ${id}: ${why}.`,
    'Nothing was changed. Send the log to the support and restart Keel.',
    { operation: id, state, event: event.kind },
  );
}
