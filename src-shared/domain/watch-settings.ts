/** Thresholds of the margin, exchange and node watch (M1–M3); health in hundredths of a percent, 0 … 10,000. */
export interface WatchSettings {
  /** Below it the trader is warned. */
  readonly warningHealthBps: number;
  /** Below it the alert is critical, and the gate refuses what adds risk. */
  readonly criticalHealthBps: number;
  /** How far above a threshold health must be before its alert clears: on the line nothing rings twice. */
  readonly hysteresisBps: number;
  /** Last verified figures older than this can no longer be judged: an alert of its own for a vault with margin in use. */
  readonly marginUnknownAfterMs: number;
  /** Median answer time above which nothing that adds risk may begin. */
  readonly maxLatencyMs: number;
  /** Slots behind the highest slot that any endpoint has told. */
  readonly maxSlotLag: number;
  /** Age in slots from which an oracle's price is told as old, beside the exchange's own limits. */
  readonly maxOracleAgeSlots: number;
  /** Requests a second that one endpoint is sent at most; a 429 lowers it for a while. */
  readonly requestsPerSecond: number;
}

export const DEFAULT_WATCH_SETTINGS: WatchSettings = {
  warningHealthBps: 5_000,
  criticalHealthBps: 2_000,
  hysteresisBps: 200,
  marginUnknownAfterMs: 60_000,
  maxLatencyMs: 500,
  maxSlotLag: 50,
  maxOracleAgeSlots: 150,
  requestsPerSecond: 20,
};
