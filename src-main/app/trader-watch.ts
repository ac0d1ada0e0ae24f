import type { Clock } from '#main/engine/ports.ts';

const LOOK_EVERY_MS = 10_000;

export interface TraderWatchParts {
  readonly clock: Clock;
  /** Seconds since the trader last used mouse or keyboard, anywhere on this computer. */
  idleSeconds(): number;
  screenLocked(): boolean;
  onActive(): void;
  /** Once for each time that the screen is locked. */
  onScreenLocked(): void;
}

/**
 * Looks every 10 s whether the trader is there (K4): systems tell of a locked screen by event on some only. Where the
 * system cannot tell the idle time it says zero for ever; so a zero counts once another figure was seen.
 */
export function watchTrader(parts: TraderWatchParts): () => void {
  let wasLocked = false;
  let canTell = false;
  let cancel = parts.clock.schedule(LOOK_EVERY_MS, look);

  function look(): void {
    cancel = parts.clock.schedule(LOOK_EVERY_MS, look);
    const locked = parts.screenLocked();
    if (locked && !wasLocked) parts.onScreenLocked();
    wasLocked = locked;
    const idleMs = parts.idleSeconds() * 1_000;
    canTell ||= idleMs > 0;
    if (!locked && canTell && idleMs < LOOK_EVERY_MS) parts.onActive();
  }

  return () => cancel();
}
