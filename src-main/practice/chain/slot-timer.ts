import type { Clock, Unsubscribe } from '#main/engine/ports.ts';

/** Calls back once per slot. A slot that was missed (busy or sleeping machine) is not made up for. */
export class SlotTimer {
  readonly #clock: Clock;
  readonly #slotMs: number;
  readonly #onSlot: () => void;
  #dueMs = 0;
  #cancel: Unsubscribe | null = null;

  constructor(clock: Clock, slotMs: number, onSlot: () => void) {
    this.#clock = clock;
    this.#slotMs = slotMs;
    this.#onSlot = onSlot;
  }

  start(): void {
    if (this.#cancel !== null) return;
    this.#dueMs = this.#clock.monotonicMs() + this.#slotMs;
    this.#schedule();
  }

  stop(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #schedule(): void {
    const delayMs = Math.max(0, this.#dueMs - this.#clock.monotonicMs());
    this.#cancel = this.#clock.schedule(delayMs, () => {
      this.#dueMs = Math.max(this.#dueMs, this.#clock.monotonicMs() - this.#slotMs) + this.#slotMs;
      this.#schedule();
      this.#onSlot();
    });
  }
}
