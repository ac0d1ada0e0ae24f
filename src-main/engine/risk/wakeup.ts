import type { Clock, Unsubscribe } from '../ports.ts';

/** One timer for whatever is due first; it rings once, and is then set anew by who asked for it. */
export class Wakeup {
  readonly #clock: Clock;
  readonly #ring: () => void;
  #dueMs: number | null = null;
  #cancel: Unsubscribe = () => undefined;

  constructor(clock: Clock, ring: () => void) {
    this.#clock = clock;
    this.#ring = ring;
  }

  /** @param dueMs monotonic; one that is no sooner than the present one changes nothing. Null: nothing is due. */
  by(dueMs: number | null): void {
    if (dueMs === null || (this.#dueMs !== null && this.#dueMs <= dueMs)) return;
    this.#cancel();
    this.#dueMs = dueMs;
    const delayMs = Math.max(0, dueMs - this.#clock.monotonicMs());
    this.#cancel = this.#clock.schedule(delayMs, () => {
      this.#dueMs = null;
      this.#ring();
    });
  }

  stop(): void {
    this.#cancel();
    this.#dueMs = null;
  }
}
