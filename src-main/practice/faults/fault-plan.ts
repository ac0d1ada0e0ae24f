import type { PracticeFaults } from '#domain/practice.ts';
import { seededRandom } from './random.ts';

export type RequestFault = NonNullable<PracticeFaults['failNext']>['kind'];
export type SendFault = 'drop' | 'lose-reply';

/** Decides which request suffers which fault: exact counts first, then the shares, from a seeded sequence. */
export class FaultPlan {
  readonly #random: () => number;
  #faults: PracticeFaults = {};
  #failuresLeft = 0;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  get faults(): PracticeFaults {
    const { failNext, ...others } = this.#faults;
    if (failNext === undefined || this.#failuresLeft === 0) return others;
    return { ...others, failNext: { kind: failNext.kind, count: this.#failuresLeft } };
  }

  /** Replaces all faults; an absent one ends. */
  set(faults: PracticeFaults): void {
    this.#faults = faults;
    this.#failuresLeft = faults.failNext?.count ?? 0;
  }

  /** Called once per HTTP request. */
  nextRequestFault(): RequestFault | null {
    const faults = this.#faults;
    if (faults.failNext !== undefined && this.#failuresLeft > 0) {
      this.#failuresLeft -= 1;
      return faults.failNext.kind;
    }
    if (faults.refuseConnections === true) return 'reset';
    if (this.#happens(faults.timeoutRate)) return 'timeout';
    if (this.#happens(faults.rateLimitRate)) return 'rate-limit';
    if (this.#happens(faults.serverErrorRate)) return 'server-error';
    if (this.#happens(faults.truncateRate)) return 'truncate';
    if (this.#happens(faults.malformedRate)) return 'malformed';
    return null;
  }

  nextSendFault(): SendFault | null {
    if (this.#happens(this.#faults.dropSendRate)) return 'drop';
    if (this.#happens(this.#faults.loseReplyRate)) return 'lose-reply';
    return null;
  }

  nextFailsOnChain(): boolean {
    return this.#happens(this.#faults.failOnChainRate);
  }

  #happens(rate: number | undefined): boolean {
    return rate !== undefined && rate > 0 && this.#random() < rate;
  }
}
