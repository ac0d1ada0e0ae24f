import { unixMs } from '#domain/units.ts';
import type { Clock } from '#main/engine/ports.ts';

export const systemClock: Clock = {
  nowMs: () => unixMs(Date.now()),
  monotonicMs: () => performance.now(),
  schedule(delayMs, callback) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
  yieldToLoop: () => new Promise((resolve) => setImmediate(resolve)),
};
