/** Faults that the practice network can be told to have, in any mix. Absent: none. Rates are 0 … 1. */
export interface PracticeFaults {
  /** Added to every reply, milliseconds. */
  readonly latencyMs?: number;
  /** Share of requests answered with HTTP 429. */
  readonly rateLimitRate?: number;
  /** Share of requests answered with HTTP 503. */
  readonly serverErrorRate?: number;
  /** Share of requests never answered. */
  readonly timeoutRate?: number;
  /** New HTTP connections are reset at once. */
  readonly refuseConnections?: boolean;
  /** Share of replies cut off half-way. */
  readonly truncateRate?: number;
  /** Share of replies that are not JSON-RPC. */
  readonly malformedRate?: number;
  /** `getGenesisHash` answers another cluster's hash. */
  readonly wrongGenesis?: boolean;
  /** Reads answer from this many slots ago. */
  readonly lagSlots?: number;
  /** The slot stands still, and with it every account. */
  readonly freezeSlots?: boolean;
  /** WebSockets stay open and say nothing. */
  readonly silentSockets?: boolean;
  /** Open WebSockets are closed and new ones refused. */
  readonly closeSockets?: boolean;
  /** Share of sent transactions that are acknowledged and dropped. */
  readonly dropSendRate?: number;
  /** Share of sent transactions that land while the reply is lost. */
  readonly loseReplyRate?: number;
  /** Sent transactions land this many slots later. */
  readonly lateLandingSlots?: number;
  /** Share of sent transactions that fail on chain. */
  readonly failOnChainRate?: number;
  /** The next so many HTTP requests fail with the given kind, then all is well: for exact attempt counts. */
  readonly failNext?: {
    readonly count: number;
    readonly kind: 'timeout' | 'rate-limit' | 'server-error' | 'reset' | 'truncate' | 'malformed';
  };
}
