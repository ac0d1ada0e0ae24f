import type { Clock, Unsubscribe } from '../ports.ts';

/** One wait at a time that ends when its time is over, or sooner when somebody rings. */
export class Alarm {
  readonly #clock: Clock;
  #end: (() => void) | null = null;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True where it was rung. */
  wait(ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      let cancel: Unsubscribe = () => undefined;
      const end = (rung: boolean): void => {
        cancel();
        this.#end = null;
        resolve(rung);
      };
      this.#end = () => end(true);
      cancel = this.#clock.schedule(ms, () => end(false));
    });
  }

  /** Harmless where nobody waits. */
  ring(): void {
    this.#end?.();
  }
}
