import { setImmediate } from 'node:timers';
import { unixMs } from '#domain/units.ts';
import type { Clock } from '#main/engine/ports.ts';

/** Longest delay that Node's timers take; longer ones would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/** The computer's own clock and timers. */
export function systemClock(): Clock {
  return {
    nowMs: () => unixMs(Date.now()),
    monotonicMs: () => performance.now(),
    schedule: (delayMs, callback) => {
      const timer = setTimeout(callback, Math.min(Math.max(delayMs, 0), MAX_DELAY_MS));
      return () => clearTimeout(timer);
    },
    yieldToLoop: () => new Promise((resolve) => setImmediate(resolve)),
  };
}
