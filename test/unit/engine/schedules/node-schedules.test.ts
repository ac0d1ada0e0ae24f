import { describe, it } from 'vitest';
import { holdsFor, play } from './run-schedules.ts';

/** With those of `whole-schedules.test.ts` ten thousand. */
const RUNS = 2_500;

describe('never a false “in step”, whatever nodes and sockets do', () => {
  it(
    'bad nodes',
    () => holdsFor({ nodes: 12, socket: 0, computer: 0, disk: 0, trader: 1 }, RUNS),
    120_000,
  );

  it(
    'bad nodes, dead sockets, lost hints',
    () => holdsFor({ nodes: 8, socket: 6, computer: 0, disk: 0, trader: 2 }, RUNS),
    120_000,
  );
});

describe('schedules that were once misjudged', () => {
  it('a pool of lagging nodes that fails then', () =>
    play([
      { do: 'land', vault: 0 },
      { do: 'node', endpoint: 0, way: { kind: 'jitters', slots: [10, 5, 19] } },
      { do: 'wait', ms: 7_570 },
      { do: 'node', endpoint: 0, way: { kind: 'throws' } },
    ]));

  it('a node that stands still and answers', () =>
    play([
      { do: 'node', endpoint: 0, way: { kind: 'frozen' } },
      { do: 'land', vault: 0 },
      { do: 'wait', ms: 30_000 },
    ]));

  it('a pool of nodes of which some are behind', () =>
    play([
      { do: 'node', endpoint: 0, way: { kind: 'jitters', slots: [4, 16, 2, 13] } },
      { do: 'wait', ms: 17_030 },
      { do: 'land', vault: 0 },
      { do: 'wait', ms: 25_000 },
    ]));
});
