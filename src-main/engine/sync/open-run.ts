import type { SyncRunId, VaultId } from '#domain/ids.ts';
import { isTransient, type KeelError } from '#domain/keel-error.ts';
import type { SyncAttempt, SyncCause, SyncRun } from '#domain/sync-run.ts';
import { retryDelayAfter, type SyncSettings } from '#domain/sync-settings.ts';
import type { UnixMs } from '#domain/units.ts';
import type { Verdict } from './read-round.ts';

export type RunEnd =
  { readonly verified: true } | { readonly verified: false; readonly error: KeelError };

export type RunWaiter = (end: RunEnd) => void;

/** A run whose attempts are not over. */
export interface OpenRun {
  readonly id: SyncRunId;
  readonly vaultId: VaultId;
  readonly cause: SyncCause;
  readonly startedAtMs: UnixMs;
  /** As they were when the run began; a single attempt has `maxRetries` 0. */
  readonly settings: SyncSettings;
  readonly waiters: readonly RunWaiter[];
  readonly attempts: readonly SyncAttempt[];
  /** Monotonic time of the next attempt. */
  readonly dueMs: number;
  /** Whether a change of the vault has brought an attempt forward. */
  readonly hurried: boolean;
}

/** Causes after which nothing stored is taken for granted: they always read twice (S6). */
const ALWAYS_CONFIRMED: ReadonlySet<SyncCause> = new Set<SyncCause>([
  'start',
  'request',
  'reconnect',
  'wake',
  'operation',
  'created',
]);

export function alwaysConfirmed(cause: SyncCause): boolean {
  return ALWAYS_CONFIRMED.has(cause);
}

export function comesByItself(cause: SyncCause): boolean {
  return cause === 'reconnect' || cause === 'heartbeat' || cause === 'subscription';
}

/**
 * A vault in an outage has used its retries up: what comes by itself tries once; what is asked for tries fully, and so
 * does what the node's own socket tells of, for then it is there.
 */
export function settingsFor(
  cause: SyncCause,
  inOutage: boolean,
  settings: SyncSettings,
): SyncSettings {
  return inOutage && comesByItself(cause) && cause !== 'subscription'
    ? { ...settings, maxRetries: 0 }
    : settings;
}

/** Which cause a run is recorded under when several ask for it at once: the strongest. */
const STRENGTH: readonly SyncCause[] = [
  'heartbeat',
  'subscription',
  'start',
  'reconnect',
  'wake',
  'created',
  'operation',
  'request',
];

export function strongerCause(left: SyncCause, right: SyncCause): SyncCause {
  return STRENGTH.indexOf(left) >= STRENGTH.indexOf(right) ? left : right;
}

/** The attempt that a verdict makes, with the pause before the next one: null where none follows (S4). */
export function attemptOf(run: OpenRun, startedAtMs: UnixMs, verdict: Verdict): SyncAttempt {
  const number = run.attempts.length + 1;
  const base = { number, startedAtMs, durationMs: verdict.durationMs };
  switch (verdict.kind) {
    case 'verified':
      return {
        ...base,
        outcome: 'verified',
        error: null,
        nextDelayMs: null,
        slot: verdict.snapshot.slot,
      };
    case 'discrepant': {
      const { error, slot } = verdict;
      return { ...base, outcome: 'failed', error, nextDelayMs: null, slot };
    }
    case 'failed': {
      const { error, slot, movedOn } = verdict;
      const nextDelayMs = isTransient(error) ? retryDelayAfter(number, run.settings) : null;
      return { ...base, outcome: movedOn ? 'moved-on' : 'failed', error, nextDelayMs, slot };
    }
  }
}

export function closeRun(
  run: OpenRun,
  attempt: SyncAttempt,
  outcome: SyncRun['outcome'],
  endedAtMs: UnixMs,
): SyncRun {
  const { id, vaultId, cause, startedAtMs } = run;
  const attempts = [...run.attempts, attempt];
  return { id, vaultId, cause, startedAtMs, endedAtMs, outcome, attempts };
}
