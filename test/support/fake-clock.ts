import { unixMs, type UnixMs } from '#domain/units.ts';
import type { Clock, Unsubscribe } from '#main/engine/ports.ts';

interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that moves only when told. Nothing in it waits for real time. */
export class FakeClock implements Clock {
  readonly #timers = new Set<Timer>();
  #monotonicMs = 1_000;
  #wallMs: number;
  #order = 0;

  constructor(startMs = 1_800_000_000_000) {
    this.#wallMs = startMs;
  }

  nowMs(): UnixMs {
    return unixMs(this.#wallMs);
  }

  monotonicMs(): number {
    return this.#monotonicMs;
  }

  schedule(delayMs: number, callback: () => void): Unsubscribe {
    this.#order += 1;
    const dueMs = this.#monotonicMs + Math.max(0, delayMs);
    const timer = { dueMs, order: this.#order, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  yieldToLoop(): Promise<void> {
    return Promise.resolve();
  }

  /** Resolves after the given time on this clock. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.schedule(ms, resolve));
  }

  /** Runs every timer that falls due within the span, in order, letting promises settle after each. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#monotonicMs + ms;
    await settle();
    for (let next = this.#nextBy(endMs); next !== null; next = this.#nextBy(endMs)) {
      this.#moveTo(Math.max(next.dueMs, this.#monotonicMs));
      this.#timers.delete(next);
      next.callback();
      await settle();
    }
    this.#moveTo(endMs);
    await settle();
  }

  /** The computer sleeps: the wall clock goes on, timers do not. */
  suspend(ms: number): void {
    this.#wallMs += ms;
  }

  /** Timers that are still to come. */
  get pending(): number {
    return this.#timers.size;
  }

  #moveTo(monotonicMs: number): void {
    this.#wallMs += monotonicMs - this.#monotonicMs;
    this.#monotonicMs = monotonicMs;
  }

  #nextBy(endMs: number): Timer | null {
    let next: Timer | null = null;
    for (const timer of this.#timers) {
      if (timer.dueMs > endMs) continue;
      const sooner =
        next === null ||
        timer.dueMs < next.dueMs ||
        (timer.dueMs === next.dueMs && timer.order < next.order);
      if (sooner) next = timer;
    }
    return next;
  }
}

/** All promises that can settle without a timer have settled after a turn of the event loop. */
async function settle(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}
