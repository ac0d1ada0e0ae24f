import type { EngineVault } from './engine-vault.ts';
import type { KeelError } from './keel-error.ts';
import type { SyncCause } from './sync-run.ts';
import type { Slot, UnixMs } from './units.ts';
import type { VaultBalances } from './vault-balances.ts';
import type { VaultSnapshot } from './vault-snapshot.ts';

export interface VaultObservation {
  readonly snapshot: VaultSnapshot;
  readonly balances: VaultBalances;
}

/** Whether a second read has borne out the observation (S6). */
export type Verification =
  | { readonly kind: 'unverified' }
  | { readonly kind: 'verified'; readonly slot: Slot; readonly atMs: UnixMs }
  | { readonly kind: 'discrepant'; readonly error: KeelError; readonly atMs: UnixMs };

/** The failure that used the retries up, or that was permanent; cleared by the next verified sync. */
export interface SyncFailure {
  readonly error: KeelError;
  readonly attempts: number;
  readonly cause: SyncCause;
  readonly atMs: UnixMs;
}

/** Why trading was disabled; stays until the trader enables it again (S9). */
export interface TradingHalt {
  readonly error: KeelError;
  readonly attempts: number;
  readonly sinceMs: UnixMs;
}

/** What the engine does for the vault at this moment; never stored. */
export type SyncPhase =
  | { readonly kind: 'idle' }
  | { readonly kind: 'reading'; readonly cause: SyncCause; readonly attempt: number }
  | {
      readonly kind: 'waiting';
      readonly cause: SyncCause;
      readonly failedAttempt: number;
      readonly delayMs: number;
      readonly nextAttemptAtMs: UnixMs;
      readonly error: KeelError;
    }
  | { readonly kind: 'reconnecting'; readonly nextAttemptAtMs: UnixMs };

/** What is stored of a vault's synchronisation. A failure leaves the last good observation in place (S5). */
export interface VaultSyncState {
  readonly observation: VaultObservation | null;
  readonly verification: Verification;
  readonly failure: SyncFailure | null;
  readonly halt: TradingHalt | null;
}

export const UNSYNCED: VaultSyncState = {
  observation: null,
  verification: { kind: 'unverified' },
  failure: null,
  halt: null,
};

export type SyncHealth = 'fresh' | 'stale' | 'failing' | 'discrepant';

/**
 * Health of the figures at a moment. `synced` says whether this run of Keel has verified the vault yet:
 * figures of an earlier run are stale however young they look (S1).
 */
export function syncHealth(
  state: VaultSyncState,
  synced: boolean,
  nowMs: UnixMs,
  staleAfterMs: number,
): SyncHealth {
  if (state.verification.kind === 'discrepant') return 'discrepant';
  if (state.failure !== null) return 'failing';
  if (!synced || state.verification.kind === 'unverified') return 'stale';
  // A time ahead of now is a clock that was set back: it says nothing about the age.
  return Math.abs(nowMs - state.verification.atMs) > staleAfterMs ? 'stale' : 'fresh';
}

/** One vault as the desk sees it: always whole, ordered by revision. */
export interface VaultView {
  readonly vault: EngineVault;
  readonly state: VaultSyncState;
  readonly phase: SyncPhase;
  /** Whether this run of Keel has verified the vault yet. */
  readonly synced: boolean;
  /** Grows with every published change of the vault; a lower one is ignored. */
  readonly revision: number;
}
