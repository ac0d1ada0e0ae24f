import { unixMs, type UnixMs } from '#domain/units.ts';
import type { Clock, Unsubscribe } from '#main/engine/ports.ts';

const FIRST_MOMENT = Date.UTC(2026, 0, 1);
/** Enough turns for promise chains to settle between two timers. */
const TURNS = 20;

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that stands still until a test advances it. */
export class FakeClock implements Clock {
  #elapsedMs = 0;
  #order = 0;
  readonly #timers = new Set<Timer>();

  nowMs(): UnixMs {
    return unixMs(FIRST_MOMENT + this.#elapsedMs);
  }

  monotonicMs(): number {
    return this.#elapsedMs;
  }

  schedule(delayMs: number, callback: () => void): Unsubscribe {
    this.#order += 1;
    const timer = { dueMs: this.#elapsedMs + delayMs, order: this.#order, callback };
    this.#timers.add(timer);
    return () => void this.#timers.delete(timer);
  }

  yieldToLoop(): Promise<void> {
    return Promise.resolve();
  }

  /** Timers that are still to come. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Runs everything that falls due within the span, in order, letting promises settle in between. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#elapsedMs + ms;
    await settle();
    for (let timer = this.#nextDue(untilMs); timer !== null; timer = this.#nextDue(untilMs)) {
      this.#timers.delete(timer);
      this.#elapsedMs = Math.max(this.#elapsedMs, timer.dueMs);
      timer.callback();
      await settle();
    }
    this.#elapsedMs = untilMs;
    await settle();
  }

  #nextDue(untilMs: number): Timer | null {
    const due = [...this.#timers].filter(({ dueMs }) => dueMs <= untilMs);
    due.sort((left, right) => left.dueMs - right.dueMs || left.order - right.order);
    return due[0] ?? null;
  }
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await Promise.resolve();
}
