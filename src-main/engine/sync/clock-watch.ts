import type { Clock, Unsubscribe } from '../ports.ts';

const CHECK_EVERY_MS = 1_000;
/** Less than this is the clock being kept right, not being set. */
const JUMP_MS = 1_000;

/**
 * Notices that the wall clock was set, or that the computer slept without anybody saying so. Ages are told by the wall
 * clock, so that a jump makes old figures look young: nothing may be vouched for across one.
 */
export class ClockWatch {
  readonly #clock: Clock;
  readonly #onJump: () => void;
  #offsetMs = 0;
  #cancel: Unsubscribe | null = null;

  constructor(clock: Clock, onJump: () => void) {
    this.#clock = clock;
    this.#onJump = onJump;
  }

  start(): void {
    if (this.#cancel !== null) return;
    this.settle();
    this.#wait();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  /** What the clock shows now is taken as it is: a jump that is dealt with already is not told. */
  settle(): void {
    this.#offsetMs = this.#clock.nowMs() - this.#clock.monotonicMs();
  }

  #wait(): void {
    this.#cancel = this.#clock.schedule(CHECK_EVERY_MS, () => {
      this.#wait();
      const byMs = this.#clock.nowMs() - this.#clock.monotonicMs() - this.#offsetMs;
      // Small ones add up until they count: many of them would make a great one.
      if (Math.abs(byMs) <= JUMP_MS) return;
      this.settle();
      this.#onJump();
    });
  }
}
