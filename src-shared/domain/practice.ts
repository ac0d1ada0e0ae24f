import type { MarketOperation, MarketStatus } from './exchange-state.ts';

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

/** Which of the practice network's two nodes something is about. */
export const PRACTICE_NODES = ['both', 'a', 'b'] as const;
export type PracticeNode = (typeof PRACTICE_NODES)[number];

export const PRACTICE_ORACLES = ['walks', 'holds', 'stops'] as const;

/**
 * What the oracle of a market does from now on. `walks`: a new price every other slot, as usual; `holds`: the same price,
 * posted anew; `stops`: it is not posted any more, and its age grows.
 */
export type PracticeOracle = (typeof PRACTICE_ORACLES)[number];

/** What is made of one market of the practice network. Absent: it stays as it is. */
export interface PracticeMarketChange {
  readonly kind: 'spot' | 'perp';
  readonly marketIndex: number;
  readonly status?: Exclude<MarketStatus, 'unknown'>;
  /** All that are paused from now on; empty: none. Only those that the kind of market has. */
  readonly pausedOperations?: readonly MarketOperation[];
  /** 10^-6 quote, posted at once. SOL and SOL-PERP have one oracle, and so with the others. */
  readonly price?: bigint | undefined;
  readonly oracle?: PracticeOracle;
  /** Confidence of the price in hundredths of a percent of it; 0: the usual one. */
  readonly confidenceBps?: number;
  /** Only spot; the token's smallest unit; 0: no cap. */
  readonly depositCap?: bigint | undefined;
  /** Only spot; `shut`: nothing but small depositors' own principal gets out. */
  readonly withdrawGuard?: 'usual' | 'shut';
}

/** The price of a market is moved until a sub-account of the practice trader has the given health, and held there. */
export interface PracticeHealth {
  readonly subAccountId: number;
  readonly marketIndex: number;
  /** Hundredths of a percent. */
  readonly healthBps: number;
}

/** An order of another client for a sub-account of the practice trader, filled at once and whole, or refused. */
export interface PracticeTrade {
  readonly subAccountId: number;
  readonly marketIndex: number;
  readonly side: 'long' | 'short';
  /** 10^-9 of the base asset, above zero. */
  readonly base: bigint;
}
