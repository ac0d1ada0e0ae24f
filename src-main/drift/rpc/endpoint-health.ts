import type { EndpointCondition } from '#domain/network.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';

/** From so many failed calls in a row an endpoint counts as down; calls that ran together count as one. */
const DOWN_AFTER_FAILURES = 2;
const BEHIND_AFTER_REFUSALS = 2;
/** One slow answer is no median. */
const SLOW_AFTER_CALLS = 3;

export type EndpointLimits = Pick<
  WatchSettings,
  'maxLatencyMs' | 'maxSlotLag' | 'requestsPerSecond'
>;

/** What is known of an endpoint, for `judgeEndpoint`. */
export interface EndpointFacts {
  readonly isWrongCluster: boolean;
  /** Null: no pause. */
  readonly pausedForMs: number | null;
  readonly failuresInRow: number;
  /** In words; null: nothing has failed. */
  readonly lastFailure: string | null;
  readonly behindInRow: number;
  /** The same slot for a long time, or no read at the slot that Keel has seen. */
  readonly standsBehind: boolean;
  readonly slotLag: number | null;
  readonly succeeded: number;
  readonly latencyP50Ms: number | null;
}

export interface JudgedEndpoint {
  readonly condition: EndpointCondition;
  /** In words where the condition is not `ok`; never a URL. */
  readonly reason: string | null;
}

/** The worst that is true of an endpoint now. */
export function judgeEndpoint(facts: EndpointFacts, limits: EndpointLimits): JudgedEndpoint {
  const { pausedForMs, slotLag, latencyP50Ms } = facts;
  if (facts.isWrongCluster) {
    return judged('wrong-cluster', 'It belongs to another network: Keel does not use it.');
  }
  if (pausedForMs !== null) {
    const seconds = Math.max(1, Math.ceil(pausedForMs / 1_000));
    return judged(
      'limited',
      `It answered “too many requests”: Keel asks nothing for ${seconds} s more.`,
    );
  }
  if (facts.failuresInRow >= DOWN_AFTER_FAILURES) {
    return judged('down', facts.lastFailure ?? 'Its last calls failed.');
  }
  if (slotLag !== null && slotLag > limits.maxSlotLag) {
    return judged(
      'behind',
      `It is ${slotLag} slots behind the cluster; the limit is ${limits.maxSlotLag}.`,
    );
  }
  if (facts.standsBehind || facts.behindInRow >= BEHIND_AFTER_REFUSALS) {
    return judged('behind', 'It has not reached the slot that Keel has already seen.');
  }
  if (facts.succeeded === 0) return judged('unknown', 'It has not answered yet.');
  const isSlow =
    facts.succeeded >= SLOW_AFTER_CALLS &&
    latencyP50Ms !== null &&
    latencyP50Ms > limits.maxLatencyMs;
  return isSlow
    ? judged(
        'slow',
        `Its median answer takes ${latencyP50Ms} ms; the limit is ${limits.maxLatencyMs} ms.`,
      )
    : judged('ok', null);
}

const judged = (condition: EndpointCondition, reason: string | null): JudgedEndpoint => ({
  condition,
  reason,
});
