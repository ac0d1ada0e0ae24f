import { monitorEventLoopDelay } from 'node:perf_hooks';
import { watchEventLoop } from '#main/app/event-loop-watch.ts';
import { median, rounded } from './figures.ts';
import type { Hold } from './orders.ts';

const RESOLUTION_MS = 1;
const SECOND_MS = 1_000;

/** Watches this process's event loop from now on; the returned function ends it and tells. */
export function watchHold(): () => Hold {
  const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  histogram.enable();
  const ofSeconds: number[] = [];
  const endSeconds = watchEventLoop(SECOND_MS, (maxMs) => ofSeconds.push(maxMs));
  const above = (nanoseconds: number) =>
    rounded(Math.max(0, nanoseconds / 1_000_000 - RESOLUTION_MS));
  return () => {
    endSeconds();
    histogram.disable();
    return {
      maxMs: above(histogram.max),
      typicalMs: median(ofSeconds),
      p99Ms: above(histogram.percentile(99)),
    };
  };
}
