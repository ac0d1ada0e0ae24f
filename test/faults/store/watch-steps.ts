/** What the trader stops and is told of, step by step: each round of four is told apart by its number. */
import type { Alert } from '#domain/alert.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import { unixMs } from '#domain/units.ts';
import type { WatchStore } from '#main/engine/ports.ts';
import { alertOf } from '#test/support/alerts.ts';

const STEPS = ['halt', 'raise', 'lift', 'clear'] as const;

const at = (round: number) => unixMs(2_000_000_000_000 + round);
const haltOf = (round: number): HaltAll => ({ sinceMs: at(round), source: 'tray' });
const raisedIn = (round: number): Alert => alertOf(round, { key: 'halt', raisedAtMs: at(round) });

/** @param number from 1 on */
export function takeWatchStep(store: WatchStore, number: number): void {
  const round = Math.ceil(number / STEPS.length);
  switch (STEPS[(number - 1) % STEPS.length]) {
    case 'halt':
      return store.saveHaltAll(haltOf(round), at(round));
    case 'raise':
      return store.saveAlert(raisedIn(round));
    case 'lift':
      return store.saveHaltAll(null, at(round));
    default:
      return store.saveAlert({ ...raisedIn(round), clearedAtMs: at(round) });
  }
}

/** What is in force after so many steps. */
export function watchAfter(steps: number): {
  readonly haltAll: HaltAll | null;
  readonly raised: readonly Alert[];
} {
  const round = Math.ceil(steps / STEPS.length);
  const done = steps - (round - 1) * STEPS.length;
  return {
    haltAll: done === 1 || done === 2 ? haltOf(round) : null,
    raised: done === 2 || done === 3 ? [raisedIn(round)] : [],
  };
}
