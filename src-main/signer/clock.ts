import { unixMs, type UnixMs } from '#domain/units.ts';

/** Time as the signer sees it; injected, so that tests move it by hand. */
export interface SignerClock {
  nowMs(): UnixMs;
  /** Never goes backwards: for durations. */
  monotonicMs(): number;
  /** Calls back once after the delay; the handle cancels. */
  schedule(delayMs: number, callback: () => void): () => void;
}

/** Longest delay that Node's timers take; longer ones would fire at once. */
const MAX_DELAY_MS = 2 ** 31 - 1;

export function systemClock(): SignerClock {
  return {
    nowMs: () => unixMs(Date.now()),
    monotonicMs: () => performance.now(),
    schedule(delayMs, callback) {
      const timer = setTimeout(callback, Math.min(Math.max(delayMs, 0), MAX_DELAY_MS));
      return () => clearTimeout(timer);
    },
  };
}
