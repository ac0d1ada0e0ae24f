import { unixMs } from '#domain/units.ts';
import type { Clock } from '#main/engine/ports.ts';

export interface ScaledClock extends Clock {
  /** The computer sleeps: the wall clock goes on, the other one does not. */
  sleep(ms: number): void;
}

/** A clock on which time passes so many times as fast; timers are real ones, so many times as short. */
export function scaledClock(factor: number): ScaledClock {
  const wallStartMs = Date.now();
  const startMs = performance.now();
  let sleptMs = 0;
  const monotonicMs = (): number => (performance.now() - startMs) * factor;
  return {
    nowMs: () => unixMs(Math.floor(wallStartMs + monotonicMs() + sleptMs)),
    monotonicMs,
    schedule: (delayMs, callback) => {
      const timer = setTimeout(callback, Math.max(0, delayMs) / factor);
      return () => clearTimeout(timer);
    },
    yieldToLoop: () => new Promise((resolve) => setImmediate(resolve)),
    sleep(ms) {
      sleptMs += ms;
    },
  };
}
