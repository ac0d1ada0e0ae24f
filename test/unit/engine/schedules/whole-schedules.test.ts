import { describe, it } from 'vitest';
import { holdsFor, play } from './run-schedules.ts';

/** With those of `node-schedules.test.ts` ten thousand. */
const RUNS = 2_500;

describe('never a false “in step”, whatever happens to the computer', () => {
  it(
    'sleep and a clock that is set, on bad nodes',
    () => holdsFor({ nodes: 5, socket: 1, computer: 6, disk: 0, trader: 1 }, RUNS),
    120_000,
  );

  it(
    'everything at once',
    () => holdsFor({ nodes: 6, socket: 2, computer: 2, disk: 3, trader: 4 }, RUNS),
    120_000,
  );
});

describe('schedules that were once misjudged', () => {
  it('the clock is set back while no call is answered', () =>
    play([
      { do: 'land', vault: 0 },
      { do: 'delay', ms: 5_000 },
      { do: 'wait', ms: 2_523 },
      { do: 'set-clock', byMs: -6_000 },
      { do: 'wait', ms: 12_000 },
    ]));

  it('the clock is set back in small steps', () =>
    play([
      { do: 'land', vault: 0 },
      { do: 'delay', ms: 5_000 },
      { do: 'set-clock', byMs: -900 },
      { do: 'wait', ms: 2_000 },
      { do: 'set-clock', byMs: -900 },
      { do: 'wait', ms: 2_000 },
      { do: 'set-clock', byMs: -900 },
      { do: 'wait', ms: 12_000 },
    ]));

  it('the clock is set back by as much as an untold sleep takes', () =>
    play([
      { do: 'next-endpoint' },
      { do: 'land', vault: 0 },
      { do: 'set-clock', byMs: -1_600 },
      { do: 'node', endpoint: 1, way: { kind: 'frozen' } },
      { do: 'sleep', ms: 1_600, told: false },
      { do: 'wait', ms: 477 },
      { do: 'wait', ms: 4_523 },
    ]));
});
