/** What the bench asks of its target processes and what they report. Plain data: it crosses processes. */

export interface PracticeOrder {
  readonly dataDir: string;
  readonly authorities: number;
  /** Of each authority. */
  readonly subAccounts: number;
}

/** Where a practice network is and who is on it. */
export interface PracticePlace {
  readonly httpUrl: string;
  readonly webSocketUrl: string;
  readonly genesisHash: string;
  readonly program: string;
  readonly stateSeed: string;
  readonly quoteMint: string;
  readonly starter: { readonly authority: string; readonly subAccountId: number };
  readonly authorities: readonly string[];
  readonly subAccounts: number;
}

export interface EngineOrder {
  readonly dataDir: string;
  readonly practice: PracticePlace;
  readonly vaults: number;
  readonly heartbeatMs: number;
  /** Heartbeats measured after all vaults are verified; 0: only the database is filled. */
  readonly beats: number;
}

/** Delay of an event loop by `monitorEventLoopDelay`, milliseconds above its resolution. */
export interface Hold {
  readonly maxMs: number;
  /** The longest of a second, the median of all seconds. */
  readonly typicalMs: number;
  /** Null where the process reports seconds alone. */
  readonly p99Ms: number | null;
}

export interface EngineReport {
  readonly vaults: number;
  readonly beats: number;
  /** From the start of a round to the last event handed over, milliseconds, median. */
  readonly roundMs: number;
  /** Of the heartbeats: how long the loop was held by the clock, milliseconds. */
  readonly hold: Hold;
  /** From the first read of all vaults until all are verified. */
  readonly coldHold: Hold;
  /** Processor time of the longest turn of the loop: what Keel itself holds it for, whatever else runs. */
  readonly turnCpuMaxMs: number;
  /** Share of one core, 0 … 1. */
  readonly cpuShare: number;
  readonly rssMb: number;
}

export interface ReadOrder {
  readonly practice: PracticePlace;
  readonly vaults: number;
  readonly rounds: number;
  readonly withSdk: boolean;
}

/** Medians, milliseconds. */
export interface ReadReport {
  readonly vaults: number;
  readonly calls: number;
  readonly bareMs: number;
  readonly keelMs: number;
  readonly keelColdMs: number;
  /** The SDK's own way; null where it was not asked. */
  readonly sdk: SdkReport | null;
}

export interface SdkReport {
  readonly users: number;
  readonly refreshMs: number;
  /** HTTP requests of one refresh, as the server counted them. */
  readonly requests: number;
}

export interface CommitOrder {
  readonly dataDir: string;
  readonly vaults: number;
  readonly rounds: number;
}

/** Medians, milliseconds. */
export interface CommitReport {
  readonly vaults: number;
  /** In slices, as the engine commits them. */
  readonly slicesMs: number;
  /** All vaults in one transaction. */
  readonly oneMs: number;
  readonly loadBackMs: number;
  /** As many rows of the same size by one bare statement, in one transaction. */
  readonly bareMs: number;
}

export interface ChartOrder {
  readonly dataDir: string;
  /** Each with a year of history. */
  readonly vaults: number;
  readonly rounds: number;
}

/** Medians, milliseconds. */
export interface ChartReport {
  readonly vaults: number;
  /** Of one vault's year. */
  readonly rows: number;
  readonly steps: number;
  /** All rows of one vault, read and parsed. */
  readonly rowsMs: number;
  readonly chartMs: number;
  /** Of all vaults together. */
  readonly totalsMs: number;
}
