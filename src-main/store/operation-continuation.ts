import { mayFollow } from '#domain/advance-operation.ts';
import { isFinal, type CapitalOperation } from '#domain/capital-operation.ts';
import { toJson } from './rows.ts';

const FIXED = ['id', 'network', 'vaultType', 'intent', 'createdAtMs'] as const;
/** Fixed with the message: what is signed is what was simulated and approved. */
const FIXED_WITH_MESSAGE = ['signerKey', 'value', 'expectation', 'simulation', 'approval'] as const;

/** In words, why one row of an operation does not follow the stored one; null where it does. */
export function continuationProblem(
  stored: CapitalOperation,
  next: CapitalOperation,
): string | null {
  if (isFinal(stored.state)) return `it has ended as ${stored.state}`;
  if (!mayFollow(stored.state, next.state)) return `${next.state} cannot follow ${stored.state}`;
  const changed = firstChanged(FIXED, stored, next) ?? changedAfterMessage(stored, next);
  if (changed !== null) return `its ${changed} would change`;
  return transitionProblem(stored, next) ?? endProblem(next);
}

function firstChanged(
  keys: readonly (keyof CapitalOperation)[],
  stored: CapitalOperation,
  next: CapitalOperation,
): string | null {
  return keys.find((key) => !same(stored[key], next[key])) ?? null;
}

function changedAfterMessage(stored: CapitalOperation, next: CapitalOperation): string | null {
  const { transaction } = stored;
  if (transaction === null) return null;
  if (next.transaction === null) return 'message';
  const { signature, wire, ...message } = transaction;
  const { signature: nextSignature, wire: nextWire, ...nextMessage } = next.transaction;
  if (!same(message, nextMessage)) return 'message';
  if (signature !== null && signature !== nextSignature) return 'signature';
  if (wire !== null && wire !== nextWire) return 'signed bytes';
  return firstChanged(FIXED_WITH_MESSAGE, stored, next);
}

function transitionProblem(stored: CapitalOperation, next: CapitalOperation): string | null {
  const known = stored.transitions.length;
  if (next.transitions.length !== known + 1) {
    return `${next.transitions.length} transitions do not follow ${known}`;
  }
  if (!same(next.transitions.slice(0, known), stored.transitions)) {
    return 'a transition on record would change';
  }
  const last = next.transitions.at(-1)?.state;
  return last === next.state ? null : `its last transition is to ${last}, its state ${next.state}`;
}

function endProblem({ state, endedAtMs }: CapitalOperation): string | null {
  if (isFinal(state) === (endedAtMs !== null)) return null;
  return `state ${state} does not go with endedAtMs ${endedAtMs}`;
}

/** By value; keys in any order. */
function same(left: unknown, right: unknown): boolean {
  return toJson(sorted(left)) === toJson(sorted(right));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
}
