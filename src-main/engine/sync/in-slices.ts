import type { Clock } from '../ports.ts';

/** Vaults handled before others get their turn: keeps the event loop free with hundreds of vaults. */
export const SLICE = 20;

/** Calls `work` with at most `SLICE` items at a time, yielding to the event loop in between. */
export async function inSlices<Item>(
  items: readonly Item[],
  clock: Clock,
  work: (slice: readonly Item[]) => void,
): Promise<void> {
  for (let start = 0; start < items.length; start += SLICE) {
    if (start > 0) await clock.yieldToLoop();
    work(items.slice(start, start + SLICE));
  }
}
