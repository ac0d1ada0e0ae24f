import type { Clock } from '../ports.ts';

/** The most vaults handled before others get their turn. */
export const SLICE = 20;
/** Where a slice is slower than this, the next ones are shorter. */
const SLICE_MS = 8;
/** A slice is one commit: shorter ones would wait for the disk more than they would work. */
const SHORTEST_SLICE = 5;

/**
 * Calls `work` with at most `SLICE` items at a time, yielding to the event loop in between: with hundreds of vaults,
 * on a slow or busy computer too, the loop stays free.
 */
export async function inSlices<Item>(
  items: readonly Item[],
  clock: Clock,
  work: (slice: readonly Item[]) => void,
): Promise<void> {
  let length = SLICE;
  let start = 0;
  while (start < items.length) {
    if (start > 0) await clock.yieldToLoop();
    const startedMs = clock.monotonicMs();
    work(items.slice(start, start + length));
    start += length;
    length = nextLength(length, clock.monotonicMs() - startedMs);
  }
}

function nextLength(length: number, tookMs: number): number {
  if (tookMs <= 0) return SLICE;
  const fitting = Math.floor((length * SLICE_MS) / tookMs);
  return Math.min(SLICE, Math.max(SHORTEST_SLICE, fitting));
}
