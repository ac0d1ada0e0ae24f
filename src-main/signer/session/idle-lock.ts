import { unixMs, type UnixMs } from '#domain/units.ts';
import type { SignerClock } from '../clock.ts';

export interface IdleLock {
  /** The time runs from now. */
  restart(): void;
  stop(): void;
  /** Null while it does not run. */
  dueAtMs(): UnixMs | null;
  /** By either clock: the wall clock goes on while the computer sleeps, the other cannot be set. */
  isOverdue(): boolean;
}

/** Calls back once the time has passed without a restart; a timer of its own, whatever else is silent. */
export function createIdleLock(
  clock: SignerClock,
  autoLockMs: () => number,
  onIdle: () => void,
): IdleLock {
  let due: { readonly wallMs: number; readonly monotonicMs: number } | null = null;
  let cancel: () => void = () => undefined;

  function stop(): void {
    cancel();
    due = null;
  }

  return {
    stop,
    restart() {
      stop();
      const delayMs = autoLockMs();
      due = { wallMs: clock.nowMs() + delayMs, monotonicMs: clock.monotonicMs() + delayMs };
      cancel = clock.schedule(delayMs, onIdle);
    },
    dueAtMs: () => (due === null ? null : unixMs(due.wallMs)),
    isOverdue: () =>
      due !== null && (clock.nowMs() >= due.wallMs || clock.monotonicMs() >= due.monotonicMs),
  };
}
