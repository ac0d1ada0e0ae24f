import type { PracticeFaults } from '#domain/practice.ts';
import { CRASH_POINTS, type CrashPoint } from '#main/engine/capital/crash-points.ts';
import { seededRandom } from '#main/practice/faults/random.ts';

/** How one kill is made, and what the network suffers meanwhile. */
export interface PlannedKill {
  /** Null: from outside, after the delay. */
  readonly point: CrashPoint | null;
  readonly delayMs: number;
  readonly faults: PracticeFaults;
  /** Opens a sub-account, because the point lies on no other path. */
  readonly creates: boolean;
  readonly cancels: boolean;
}

/** An ended operation of the wrong kind never comes by itself: nothing may lead there. */
const NEVER_REACHED = /discrepant|halt/;
/** Minutes each: once in a run. */
const SLOW = /unresolved|expired/;
const RANDOM_SHARE = 0.4;
const LONGEST_DELAY_MS = 3_500;

/** Endless, and the same for the same seed: all points in an order of their own, random kills between them. */
export function* planKills(seed: number): Generator<PlannedKill, never> {
  const random = seededRandom(seed);
  const points = CRASH_POINTS.filter((point) => !NEVER_REACHED.test(point));
  const slow = points.filter((point) => SLOW.test(point));
  let waiting = shuffled([...points], random);
  for (;;) {
    if (random() < RANDOM_SHARE) {
      yield { ...ORDINARY, faults: someFaults(random), delayMs: random() * LONGEST_DELAY_MS };
      continue;
    }
    const point = waiting.pop();
    if (point === undefined)
      waiting = shuffled(
        points.filter((each) => !slow.includes(each)),
        random,
      );
    else yield { ...planFor(point, random), point };
  }
}

const ORDINARY: PlannedKill = {
  point: null,
  delayMs: 0,
  faults: {},
  creates: false,
  cancels: false,
};

function planFor(point: CrashPoint, random: () => number): PlannedKill {
  if (SLOW.test(point)) return { ...ORDINARY, faults: { dropSendRate: 1 } };
  if (point.includes('rejected')) return { ...ORDINARY, faults: { failOnChainRate: 1 } };
  if (point.includes('denied')) return { ...ORDINARY, cancels: true };
  if (point.includes('insert-vault')) return { ...ORDINARY, creates: true };
  return { ...ORDINARY, faults: someFaults(random) };
}

/** What a bad afternoon is like: never so bad that nothing gets through. */
function someFaults(random: () => number): PracticeFaults {
  const some = (share: number): number => (random() < 0.35 ? random() * share : 0);
  return {
    latencyMs: Math.round(some(400)),
    rateLimitRate: some(0.15),
    serverErrorRate: some(0.15),
    timeoutRate: some(0.05),
    truncateRate: some(0.1),
    malformedRate: some(0.1),
    dropSendRate: some(0.5),
    loseReplyRate: some(0.6),
    lateLandingSlots: Math.round(some(6)),
    failOnChainRate: some(0.2),
  };
}

function shuffled<Item>(items: Item[], random: () => number): Item[] {
  for (let last = items.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const [left, right] = [items[last] as Item, items[other] as Item];
    items[last] = right;
    items[other] = left;
  }
  return items;
}
