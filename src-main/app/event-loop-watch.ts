import { monitorEventLoopDelay } from 'node:perf_hooks';

/** How often the loop is looked at; a finer look costs more than it tells. */
const RESOLUTION_MS = 5;

/**
 * Reports, span by span, the longest time that this process's event loop was held, in milliseconds.
 * The returned function ends it.
 */
export function watchEventLoop(
  everyMs: number,
  report: (maxMs: number, spanMs: number) => void,
): () => void {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const timer = setInterval(() => {
    // The histogram counts from look to look: an idle loop shows the resolution itself.
    const maxMs = Math.max(0, histogram.max / 1e6 - RESOLUTION_MS);
    histogram.reset();
    report(Math.round(maxMs * 10) / 10, everyMs);
  }, everyMs);
  timer.unref();
  return () => {
    clearInterval(timer);
    histogram.disable();
  };
}
