import type { KeelError } from '#domain/keel-error.ts';
import type { SyncCause } from '#domain/sync-run.ts';
import type { UnixMs } from '#domain/units.ts';
import { deriveBalances } from '#domain/vault-balances.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { VaultSyncState } from '#domain/vault-state.ts';
import { comesByItself } from './open-run.ts';

export interface RunFailure {
  readonly error: KeelError;
  readonly attempts: number;
  readonly cause: SyncCause;
  readonly atMs: UnixMs;
}

/** A verified sync clears the failure; the halt stays until the trader's own act (S9). */
export function verifiedState(before: VaultSyncState, snapshot: VaultSnapshot): VaultSyncState {
  return {
    observation: { snapshot, balances: deriveBalances(snapshot) },
    verification: { kind: 'verified', slot: snapshot.slot, atMs: snapshot.observedAtMs },
    failure: null,
    halt: before.halt,
  };
}

/**
 * The last good observation stays and trading stops, in one and the same commit (S5). While an outage lasts it keeps
 * the time of its beginning, and the attempts that used the retries up.
 */
export function failedState(before: VaultSyncState, failure: RunFailure): VaultSyncState {
  const { error, attempts, cause, atMs } = failure;
  const outage = before.failure;
  return {
    ...before,
    failure:
      outage === null
        ? { error, attempts, cause, atMs }
        : comesByItself(cause)
          ? { ...outage, error }
          : { error, attempts, cause, atMs: outage.atMs },
    halt: before.halt ?? { error, attempts, sinceMs: atMs },
  };
}

/** Two reads contradict each other: nothing of them is kept but the contradiction (S6). */
export function discrepantState(before: VaultSyncState, failure: RunFailure): VaultSyncState {
  return {
    ...failedState(before, failure),
    verification: { kind: 'discrepant', error: failure.error, atMs: failure.atMs },
  };
}
