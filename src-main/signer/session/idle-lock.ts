import { unixMs, type UnixMs } from '#domain/units.ts';
import type { SignerClock } from '../clock.ts';

/**
 * Without an act in the signer's own window the keys stay open no longer than this, whatever is told of the trader:
 * some systems tell an idle time of zero for ever.
 */
export const LONGEST_ON_WORD_MS = 12 * 3_600_000;

export interface IdleLock {
  /** The trader acted in the signer's own window: the time runs from now. */
  restart(): void;
  /** Somebody tells that the trader is at the computer: believed for `LONGEST_ON_WORD_MS` since the last act. */
  putOff(): void;
  /** The idle time was changed: it counts from the last use, not from now. */
  limitsChanged(): void;
  stop(): void;
  /** Null while it does not run. */
  dueAtMs(): UnixMs | null;
  /** By either clock: the wall clock goes on while the computer sleeps, the other cannot be set. */
  isOverdue(): boolean;
}

interface Moment {
  readonly wallMs: number;
  readonly monotonicMs: number;
}

/** Calls back once the time has passed without a restart; a timer of its own, whatever else is silent. */
export function createIdleLock(
  clock: SignerClock,
  autoLockMs: () => number,
  onIdle: () => void,
): IdleLock {
  let used: { readonly act: Moment; readonly last: Moment } | null = null;
  let due: Moment | null = null;
  let cancel: () => void = () => undefined;

  function now(): Moment {
    return { wallMs: clock.nowMs(), monotonicMs: clock.monotonicMs() };
  }

  function arm(): void {
    cancel();
    if (used === null) return;
    const idleMs = autoLockMs();
    const first = (moment: keyof Moment, { act, last }: NonNullable<typeof used>): number =>
      Math.min(last[moment] + idleMs, act[moment] + Math.max(idleMs, LONGEST_ON_WORD_MS));
    due = { wallMs: first('wallMs', used), monotonicMs: first('monotonicMs', used) };
    cancel = clock.schedule(due.monotonicMs - clock.monotonicMs(), onIdle);
  }

  return {
    stop() {
      cancel();
      used = null;
      due = null;
    },
    restart() {
      const at = now();
      used = { act: at, last: at };
      arm();
    },
    putOff() {
      if (used === null) return;
      used = { act: used.act, last: now() };
      arm();
    },
    limitsChanged: arm,
    dueAtMs: () => (due === null ? null : unixMs(due.wallMs)),
    isOverdue: () =>
      due !== null && (clock.nowMs() >= due.wallMs || clock.monotonicMs() >= due.monotonicMs),
  };
}
