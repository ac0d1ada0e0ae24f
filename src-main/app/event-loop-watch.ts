import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the loop is looked at; a finer look costs more than it tells. */
const RESOLUTION_MS = 5;

/**
 * Reports, span by span, the longest time that this process's event loop was held, and the time that one turn in a
 * hundred exceeded, in milliseconds.
 * The returned function ends it.
 */
export function watchEventLoop(
  everyMs: number,
  report: (maxMs: number, spanMs: number, p99Ms: number) => void,
): () => void {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const timer = setInterval(() => {
    // The histogram counts from look to look: an idle loop shows the resolution itself.
    const maxMs = heldMs(histogram.max);
    const p99Ms = heldMs(histogram.percentile(99));
    histogram.reset();
    report(maxMs, everyMs, p99Ms);
  }, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    histogram.disable();
  };
}

function heldMs(nanoseconds: number): number {
  return Math.round(Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS) * 10) / 10;
}
