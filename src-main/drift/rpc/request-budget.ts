import type { Clock, Unsubscribe } from '#main/engine/ports.ts';
import { LONGEST_PAUSE_MS } from './retry-after.ts';

const WINDOW_MS = 1_000;
const FIRST_PAUSE_MS = 1_000;
/** After a pause the budget grows back by a twentieth of the limit, at least one, each time. */
const RECOVER_EVERY_MS = 5_000;
const RECOVER_STEPS = 20;
/** Each refusal brings a pause already: below this share of the limit the budget itself would make figures late. */
const LOWEST_SHARE = 0.2;

export interface RequestBudgetOptions {
  readonly clock: Clock;
  /** Requests a second at most; asked anew each time. */
  readonly limit: () => number;
  /** How long a call may wait for its turn. */
  readonly waitMs: () => number;
}

/** `paused`: the node wants no requests for longer than the call can wait. `busy`: its turn did not come in time. */
export type Admission = 'sent' | 'paused' | 'busy';

interface Waiting {
  readonly deadlineMs: number;
  settle(admission: Admission): void;
}

/**
 * When one endpoint may be asked: never more than the budget in any second, nothing in a pause that the node asked for.
 * Calls wait in their order, urgent ones before the others; one whose time is up is answered without being sent.
 */
export class RequestBudget {
  readonly #options: RequestBudgetOptions;
  /** Monotonic times of what was sent within the last second. */
  #sent: number[] = [];
  readonly #urgent: Waiting[] = [];
  readonly #others: Waiting[] = [];
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  #limitedAtMs = Number.NEGATIVE_INFINITY;
  #limitedInRow = 0;
  /** Null: the whole limit. */
  #lowered: { readonly rate: number; readonly sinceMs: number } | null = null;
  #timer: Unsubscribe = () => undefined;

  constructor(options: RequestBudgetOptions) {
    this.#options = options;
  }

  /** Resolves when the call may be sent, which counts it, or when it must not be. */
  admit(isUrgent: boolean): Promise<Admission> {
    const nowMs = this.#nowMs();
    const deadlineMs = nowMs + this.#options.waitMs();
    if (this.#pausedUntilMs > deadlineMs) return Promise.resolve('paused');
    return new Promise((resolve) => {
      const queue = isUrgent ? this.#urgent : this.#others;
      let cancel: Unsubscribe = () => undefined;
      const waiting: Waiting = {
        deadlineMs,
        settle(admission) {
          const at = queue.indexOf(waiting);
          if (at < 0) return;
          cancel();
          queue.splice(at, 1);
          resolve(admission);
        },
      };
      queue.push(waiting);
      this.#serve();
      if (!queue.includes(waiting)) return;
      cancel = this.#options.clock.schedule(deadlineMs - nowMs, () =>
        waiting.settle(this.pausedForMs === null ? 'busy' : 'paused'),
      );
    });
  }

  /**
   * The node said that there were too many requests: halves the budget, down to a fifth of the limit, once for calls that
   * were under way together.
   * @param retryAfterMs null: the pauses double, from one second.
   */
  limited(sentAtMs: number, retryAfterMs: number | null): void {
    const nowMs = this.#nowMs();
    if (sentAtMs >= this.#limitedAtMs) {
      this.#limitedInRow += 1;
      const lowest = Math.max(1, Math.floor(this.#options.limit() * LOWEST_SHARE));
      this.#lowered = { rate: Math.max(lowest, Math.floor(this.rate / 2)), sinceMs: nowMs };
      this.#limitedAtMs = nowMs;
    }
    const pauseMs = retryAfterMs ?? FIRST_PAUSE_MS * 2 ** (this.#limitedInRow - 1);
    this.#pausedUntilMs = Math.max(
      this.#pausedUntilMs,
      nowMs + Math.min(pauseMs, LONGEST_PAUSE_MS),
    );
    if (this.#lowered !== null) this.#lowered = { ...this.#lowered, sinceMs: this.#pausedUntilMs };
    for (const waiting of [...this.#urgent, ...this.#others]) {
      if (waiting.deadlineMs < this.#pausedUntilMs) waiting.settle('paused');
    }
    this.#serve();
  }

  /** An answer that was none of that kind ends the row of doubling pauses. */
  answered(sentAtMs: number): void {
    if (sentAtMs >= this.#limitedAtMs) this.#limitedInRow = 0;
  }

  /** Requests a second that are allowed now. */
  get rate(): number {
    const limit = Math.max(1, Math.floor(this.#options.limit()));
    if (this.#lowered === null) return limit;
    const { rate, sinceMs } = this.#lowered;
    const steps = Math.max(0, Math.floor((this.#nowMs() - sinceMs) / RECOVER_EVERY_MS));
    const recovered = rate + steps * Math.max(1, Math.floor(limit / RECOVER_STEPS));
    if (recovered >= limit) this.#lowered = null;
    return Math.min(limit, recovered);
  }

  /** How long a call would wait until it is sent; Infinity: behind others that wait. */
  get freeInMs(): number {
    if (this.#urgent.length + this.#others.length > 0) return Infinity;
    const nowMs = this.#nowMs();
    return Math.max(0, this.#freeAtMs(nowMs) - nowMs);
  }

  /** Null: no pause. */
  get pausedForMs(): number | null {
    const forMs = this.#pausedUntilMs - this.#nowMs();
    return forMs > 0 ? forMs : null;
  }

  /** Ends a pause: after sleep it is over, however the clock counted it. */
  endPause(): void {
    this.#pausedUntilMs = Number.NEGATIVE_INFINITY;
    this.#limitedInRow = 0;
    this.#serve();
  }

  /** Nobody is left waiting. */
  close(): void {
    this.#timer();
    for (const waiting of [...this.#urgent, ...this.#others]) waiting.settle('busy');
  }

  #serve(): void {
    this.#timer();
    for (;;) {
      const next = this.#urgent[0] ?? this.#others[0];
      if (next === undefined) return;
      const nowMs = this.#nowMs();
      const freeMs = this.#freeAtMs(nowMs);
      if (freeMs > nowMs) {
        const inMs = Math.max(1, Math.ceil(freeMs - nowMs));
        this.#timer = this.#options.clock.schedule(inMs, () => this.#serve());
        return;
      }
      this.#sent.push(nowMs);
      next.settle('sent');
    }
  }

  #freeAtMs(nowMs: number): number {
    this.#sent = this.#sent.filter((sentMs) => nowMs - sentMs < WINDOW_MS);
    const blocking = this.#sent[this.#sent.length - this.rate];
    const freeMs = blocking === undefined ? nowMs : blocking + WINDOW_MS;
    return Math.max(freeMs, this.#pausedUntilMs);
  }

  #nowMs(): number {
    return this.#options.clock.monotonicMs();
  }
}
