/** A statement that must last before it is believed, either way: what flickers is neither begun nor ended by it. Pure. */
export interface Hold {
  /** As it was last seen. */
  readonly seen: boolean;
  /** Since when it has been seen so; monotonic. */
  readonly sinceMs: number;
  /** What is believed. */
  readonly holds: boolean;
}

export interface HoldTimes {
  /** How long it must be so before it is believed. */
  readonly riseMs: number;
  /** How long it must no longer be so before that is believed. */
  readonly fallMs: number;
}

/** @param before null: never seen; what was not the case is believed at once. */
export function stepHold(
  before: Hold | null,
  seen: boolean,
  nowMs: number,
  times: HoldTimes,
): Hold {
  const known = before ?? { seen: false, sinceMs: nowMs, holds: false };
  const sinceMs = known.seen === seen ? known.sinceMs : nowMs;
  const lastsMs = nowMs - sinceMs;
  const holds = seen
    ? known.holds || lastsMs >= times.riseMs
    : known.holds && lastsMs < times.fallMs;
  return { seen, sinceMs, holds };
}

/** When what is seen would be believed; null: it is. */
export function holdDueMs({ seen, sinceMs, holds }: Hold, times: HoldTimes): number | null {
  if (seen === holds) return null;
  return sinceMs + (seen ? times.riseMs : times.fallMs);
}
