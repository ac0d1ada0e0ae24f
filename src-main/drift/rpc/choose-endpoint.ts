import type { EndpointCondition } from '#domain/network.ts';

/** Between two changes that Keel makes by itself, so that two bad endpoints are not played back and forth. */
export const DWELL_MS = 5_000;
/** How long an endpoint before the one in use must have been well until Keel returns to it. */
export const WELL_FOR_MS = 60_000;

export interface Candidate {
  readonly condition: EndpointCondition;
  /** Monotonic: `ok` without a break since then, and not in use; null: it is not `ok`. */
  readonly wellSinceMs: number | null;
}

export interface ChoiceTimes {
  /** Monotonic. */
  readonly nowMs: number;
  /** Last change of endpoint, whoever made it. */
  readonly changedAtMs: number;
}

/**
 * The endpoint to use now, by index. A bad one (`down`, `behind`, `limited`) is left while another is better; one of
 * another cluster at once. The trader's order decides among equals, and an earlier one that was well for a minute is
 * returned to.
 */
export function chooseEndpoint(
  candidates: readonly Candidate[],
  inUse: number,
  { nowMs, changedAtMs }: ChoiceTimes,
): number {
  const current = candidates[inUse]?.condition;
  if (current === undefined) return inUse;
  const rested = nowMs - changedAtMs >= DWELL_MS;
  if (current === 'wrong-cluster') return firstOf(candidates, LEAST_BAD) ?? inUse;
  if (BAD.has(current)) {
    const better = rested ? firstOf(candidates, current === 'down' ? WORTH_A_TRY : USABLE) : null;
    return better ?? inUse;
  }
  const preferred = candidates.findIndex(
    ({ wellSinceMs }, index) =>
      index < inUse && wellSinceMs !== null && nowMs - wellSinceMs >= WELL_FOR_MS,
  );
  return rested && preferred >= 0 ? preferred : inUse;
}

/**
 * The next of the list in turn, around its end: the next that is not known to be bad, else the next of the network's own
 * cluster, else simply the next.
 */
export function nextInTurn(conditions: readonly EndpointCondition[], inUse: number): number {
  const inTurn = conditions
    .map((_, offset) => (inUse + 1 + offset) % conditions.length)
    .slice(0, -1);
  const isGood = (index: number): boolean => {
    const condition = conditions[index];
    return condition !== undefined && condition !== 'wrong-cluster' && !BAD.has(condition);
  };
  return (
    inTurn.find(isGood) ??
    inTurn.find((index) => conditions[index] !== 'wrong-cluster') ??
    inTurn[0] ??
    inUse
  );
}

export const isBad = (condition: EndpointCondition): boolean =>
  BAD.has(condition) || condition === 'wrong-cluster';

const BAD: ReadonlySet<EndpointCondition> = new Set(['down', 'behind', 'limited']);
const USABLE: readonly EndpointCondition[] = ['ok'];
const WORTH_A_TRY: readonly EndpointCondition[] = ['ok', 'slow', 'unknown'];
const LEAST_BAD: readonly EndpointCondition[] = [
  'ok',
  'slow',
  'unknown',
  'limited',
  'behind',
  'down',
];

function firstOf(
  candidates: readonly Candidate[],
  conditions: readonly EndpointCondition[],
): number | null {
  for (const wanted of conditions) {
    const index = candidates.findIndex(({ condition }) => condition === wanted);
    if (index >= 0) return index;
  }
  return null;
}
