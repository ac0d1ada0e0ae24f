import type { EndpointCondition } from '#domain/network.ts';
import type { Clock, Unsubscribe } from '#main/engine/ports.ts';

const IDLE_EVERY_MS = 30_000;
/** While the endpoint in use is in trouble the others are wanted soon. */
const SOON_EVERY_MS = 5_000;
const FOREIGN_EVERY_MS = 5 * 60_000;

export interface IdleEndpoint {
  readonly index: number;
  /** When it was last sent anything; monotonic, null: never. */
  readonly askedMs: number | null;
  readonly condition: EndpointCondition;
}

/** When the endpoints that nobody uses are looked at. One timer, and never two probes of one endpoint at a time. */
export class ProbePlan {
  readonly #clock: Clock;
  readonly #probe: (index: number) => Promise<void>;
  readonly #underWay = new Set<number>();
  readonly #lastMs = new Map<number, number>();
  #timer: Unsubscribe = () => undefined;
  #planAgain: () => void = () => undefined;
  #closed = false;

  constructor(clock: Clock, probe: (index: number) => Promise<void>) {
    this.#clock = clock;
    this.#probe = probe;
  }

  /** Replaces what was planned before. */
  plan(idle: readonly IdleEndpoint[], inTrouble: boolean): void {
    this.#timer();
    if (this.#closed) return;
    this.#planAgain = () => this.plan(idle, inTrouble);
    const waiting = idle.filter(({ index }) => !this.#underWay.has(index));
    const dues = waiting.map((endpoint) => ({
      index: endpoint.index,
      dueMs: this.#dueMs(endpoint, inTrouble),
    }));
    const first = dues.toSorted((left, right) => left.dueMs - right.dueMs)[0];
    if (first === undefined) return;
    const inMs = Math.max(0, Math.ceil(first.dueMs - this.#clock.monotonicMs()));
    this.#timer = this.#clock.schedule(inMs, () => void this.#begin(first.index));
  }

  close(): void {
    this.#closed = true;
    this.#timer();
  }

  #dueMs({ index, askedMs, condition }: IdleEndpoint, inTrouble: boolean): number {
    const lastMs = Math.max(
      askedMs ?? Number.NEGATIVE_INFINITY,
      this.#lastMs.get(index) ?? Number.NEGATIVE_INFINITY,
    );
    if (lastMs === Number.NEGATIVE_INFINITY) return this.#clock.monotonicMs();
    if (condition === 'wrong-cluster') return lastMs + FOREIGN_EVERY_MS;
    return lastMs + (inTrouble ? SOON_EVERY_MS : IDLE_EVERY_MS);
  }

  async #begin(index: number): Promise<void> {
    this.#lastMs.set(index, this.#clock.monotonicMs());
    this.#underWay.add(index);
    try {
      await this.#probe(index);
    } finally {
      this.#underWay.delete(index);
      this.#planAgain();
    }
  }
}
