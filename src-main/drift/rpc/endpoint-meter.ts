const KEPT_CALLS = 100;
const KEPT_MS = 5 * 60_000;
/** A node that has grown slow is to be known within half a minute: a heartbeat is one call in five seconds. */
const MEDIAN_CALLS = 9;

/**
 * How a call ended. `refused`: the node answered, and would not do it. `behind`: it has not seen the slot that was asked
 * for. `limited`: too many requests. `failed`: no answer that can be used.
 */
export type CallOutcome = 'ok' | 'refused' | 'behind' | 'limited' | 'failed';

export interface MeteredCall {
  /** Monotonic. */
  readonly startedMs: number;
  /** Until the reply was there, without Keel's own work on it. */
  readonly durationMs: number;
  readonly outcome: CallOutcome;
}

/**
 * Over the last calls; the latencies over those that succeeded, null where there are none. The median is that of the last
 * nine; the other percentiles are never told below it.
 */
export interface MeterReading {
  readonly calls: number;
  readonly succeeded: number;
  readonly errors: number;
  readonly rateLimited: number;
  readonly latencyP50Ms: number | null;
  readonly latencyP95Ms: number | null;
  readonly latencyP99Ms: number | null;
}

/** What one endpoint's calls came to: at most a hundred of them, of the last five minutes. */
export class EndpointMeter {
  #calls: MeteredCall[] = [];
  #failuresInRow = 0;
  #failedAtMs = Number.NEGATIVE_INFINITY;
  #behindInRow = 0;
  #behindAtMs = Number.NEGATIVE_INFINITY;

  /** Failures since the last answer; calls that were under way together count as one. */
  get failuresInRow(): number {
    return this.#failuresInRow;
  }

  get behindInRow(): number {
    return this.#behindInRow;
  }

  note(call: MeteredCall): void {
    const endedMs = call.startedMs + call.durationMs;
    this.#calls.push(call);
    if (this.#calls.length > KEPT_CALLS) this.#calls.shift();
    switch (call.outcome) {
      case 'ok':
        this.#failuresInRow = 0;
        this.#behindInRow = 0;
        return;
      case 'refused':
        this.#failuresInRow = 0;
        return;
      case 'behind':
        this.#failuresInRow = 0;
        if (call.startedMs >= this.#behindAtMs) this.#behindInRow += 1;
        this.#behindAtMs = endedMs;
        return;
      case 'limited':
        return;
      case 'failed':
        if (call.startedMs >= this.#failedAtMs) this.#failuresInRow += 1;
        this.#failedAtMs = endedMs;
        return;
    }
  }

  read(nowMs: number): MeterReading {
    this.#calls = this.#calls.filter(({ startedMs }) => nowMs - startedMs < KEPT_MS);
    const durations = this.#calls
      .filter(({ outcome }) => outcome === 'ok')
      .map(({ durationMs }) => durationMs);
    const median = percentile(durations.slice(-MEDIAN_CALLS), 50);
    const atLeast = (percent: number): number | null =>
      median === null ? null : Math.max(median, percentile(durations, percent) ?? median);
    return {
      calls: this.#calls.length,
      succeeded: durations.length,
      errors: this.#calls.length - durations.length,
      rateLimited: this.#calls.filter(({ outcome }) => outcome === 'limited').length,
      latencyP50Ms: median,
      latencyP95Ms: atLeast(95),
      latencyP99Ms: atLeast(99),
    };
  }

  /** What was measured before the computer slept says nothing of now. */
  forget(): void {
    this.#calls = [];
    this.#failuresInRow = 0;
    this.#behindInRow = 0;
  }
}

/** Nearest rank, in whole milliseconds. */
function percentile(durations: readonly number[], percent: number): number | null {
  const sorted = durations.toSorted((left, right) => left - right);
  const value = sorted[Math.ceil((sorted.length * percent) / 100) - 1];
  return value === undefined ? null : Math.round(value);
}
