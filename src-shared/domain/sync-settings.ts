/** Everything of synchronisation that the trader may change in Settings; durations in milliseconds. */
export interface SyncSettings {
  readonly heartbeatMs: number;
  readonly maxRetries: number;
  readonly firstRetryDelayMs: number;
  readonly reconnectEveryMs: number;
  readonly staleAfterMs: number;
  readonly rpcTimeoutMs: number;
}

export const DEFAULT_SYNC_SETTINGS: SyncSettings = {
  heartbeatMs: 5_000,
  maxRetries: 3,
  firstRetryDelayMs: 1_000,
  reconnectEveryMs: 10_000,
  staleAfterMs: 8_000,
  rpcTimeoutMs: 2_000,
};

/** Pause after the given failed attempt (1-based), doubling: 1 s, 2 s, 4 s; null when the retries are used up. */
export function retryDelayAfter(attempt: number, settings: SyncSettings): number | null {
  return attempt > settings.maxRetries ? null : settings.firstRetryDelayMs * 2 ** (attempt - 1);
}
