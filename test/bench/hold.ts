import { monitorEventLoopDelay } from 'node:perf_hooks';
import { rounded } from './figures.ts';
import type { Hold } from './orders.ts';

const RESOLUTION_MS = 1;

/** Watches this process's event loop from now on; the returned function ends it and tells. */
export function watchHold(): () => Hold {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const above = (nanoseconds: number) =>
    rounded(Math.max(0, nanoseconds / 1_000_000 - RESOLUTION_MS));
  return () => {
    histogram.disable();
    return { maxMs: above(histogram.max), p99Ms: above(histogram.percentile(99)) };
  };
}
