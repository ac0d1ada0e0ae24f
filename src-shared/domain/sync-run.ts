import type { SyncRunId, VaultId } from './ids.ts';
import type { KeelError } from './keel-error.ts';
import type { Slot, UnixMs } from './units.ts';

export const SYNC_CAUSES = [
  'start',
  'heartbeat',
  'subscription',
  'request',
  'reconnect',
  'wake',
  'operation',
  'created',
] as const;

export type SyncCause = (typeof SYNC_CAUSES)[number];

/** One read and its verdict (S4). */
export interface SyncAttempt {
  /** 1 … maxRetries + 1. */
  readonly number: number;
  readonly startedAtMs: UnixMs;
  readonly durationMs: number;
  readonly outcome: 'verified' | 'moved-on' | 'failed';
  readonly error: KeelError | null;
  /** Pause before the next attempt; null where none follows. */
  readonly nextDelayMs: number | null;
  readonly slot: Slot | null;
}

/** All attempts that one cause led to, for one vault. */
export interface SyncRun {
  readonly id: SyncRunId;
  readonly vaultId: VaultId;
  readonly cause: SyncCause;
  readonly startedAtMs: UnixMs;
  readonly endedAtMs: UnixMs;
  readonly outcome: 'verified' | 'failed' | 'discrepant';
  readonly attempts: readonly SyncAttempt[];
}
