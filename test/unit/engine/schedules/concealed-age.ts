/**
 * A clock that is set back by as much as an untold sleep took, both within one look of the clock watch, leaves no trace
 * on either clock: that age nobody can tell.
 */
export class ConcealedAge {
  readonly #windowMs: number;
  #beganMs = -Infinity;
  #sleptMs = 0;
  #setBackMs = 0;
  #ms = 0;
  #atMs = -Infinity;

  /** @param windowMs between two looks of the clock watch */
  constructor(windowMs: number) {
    this.#windowMs = windowMs;
  }

  sleptUntold(ms: number, awakeMs: number, realMs: number): void {
    this.#open(awakeMs);
    this.#sleptMs += ms;
    this.#note(realMs);
  }

  setBack(ms: number, awakeMs: number, realMs: number): void {
    this.#open(awakeMs);
    this.#setBackMs += ms;
    this.#note(realMs);
  }

  /** How much older than they look figures of that time may be, milliseconds; figures read since then are not. */
  at(realMs: number, staleAfterMs: number): number {
    return realMs - this.#atMs <= staleAfterMs + this.#windowMs ? this.#ms : 0;
  }

  #open(awakeMs: number): void {
    if (awakeMs - this.#beganMs <= this.#windowMs) return;
    this.#beganMs = awakeMs;
    this.#sleptMs = 0;
    this.#setBackMs = 0;
  }

  #note(realMs: number): void {
    const concealedMs = Math.min(this.#sleptMs, this.#setBackMs);
    if (concealedMs === 0) return;
    this.#ms = concealedMs;
    this.#atMs = realMs;
  }
}
