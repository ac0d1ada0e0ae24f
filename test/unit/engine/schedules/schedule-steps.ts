import fc from 'fast-check';
import { PERMANENT_CODES, TRANSIENT_CODES } from '#domain/keel-error.ts';
import type { SocketState } from '#domain/network.ts';
import { ENDPOINTS, type NodeWay } from './schedule-venue.ts';

export const VAULTS = 2;

export type Step =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'node'; readonly endpoint: number; readonly way: NodeWay }
  | { readonly do: 'delay'; readonly ms: number }
  | { readonly do: 'socket'; readonly state: SocketState }
  | { readonly do: 'hints'; readonly lost: boolean }
  | { readonly do: 'land'; readonly vault: number }
  | { readonly do: 'sync' | 'enable' | 'halt'; readonly vault: number }
  | { readonly do: 'sleep'; readonly ms: number; readonly told: boolean }
  | { readonly do: 'set-clock'; readonly byMs: number }
  | { readonly do: 'disk'; readonly full: 'no' | 'all' | 'one'; readonly vault: number }
  | { readonly do: 'online' | 'next-endpoint' };

/** Which kinds of trouble a mix has; waits and transactions are in all of them. */
export interface Mix {
  readonly nodes: number;
  readonly socket: number;
  readonly computer: number;
  readonly disk: number;
  readonly trader: number;
}

const vault = fc.nat(VAULTS - 1);
const code = fc.constantFrom(...TRANSIENT_CODES, ...PERMANENT_CODES);
const lag = fc.integer({ min: 1, max: 60 });

const way: fc.Arbitrary<NodeWay> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<NodeWay>({ kind: 'well' }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('fails'), code: fc.constantFrom(...TRANSIENT_CODES) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('fails'), code }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('flaky'),
      of4: fc.integer({ min: 1, max: 3 }),
      code: fc.constantFrom(...TRANSIENT_CODES),
    }),
  },
  { weight: 2, arbitrary: fc.constant<NodeWay>({ kind: 'hangs' }) },
  { weight: 3, arbitrary: fc.constant<NodeWay>({ kind: 'frozen' }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('lags'), slots: lag }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('jitters'),
      slots: fc.array(fc.nat(30), { minLength: 2, maxLength: 4 }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('misses'), vault, code }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('lies'), vault }) },
  { weight: 1, arbitrary: fc.constant<NodeWay>({ kind: 'throws' }) },
);

const wait = fc.record({
  do: fc.constant('wait'),
  ms: fc.oneof(fc.nat(1_000), fc.nat(6_000), fc.nat(25_000)),
});
const land = fc.record({ do: fc.constant('land'), vault });
const nodes = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('node'), endpoint: fc.nat(ENDPOINTS - 1), way }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant('delay'),
      ms: fc.constantFrom(0, 40, 300, 1_500, 3_900, 5_000),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('next-endpoint') }) },
);
const socket = fc.oneof(
  fc.record({
    do: fc.constant('socket'),
    state: fc.constantFrom<SocketState>('live', 'silent', 'down', 'connecting'),
  }),
  fc.record({ do: fc.constant('hints'), lost: fc.boolean() }),
);
const computer = fc.oneof(
  fc.record({
    do: fc.constant('sleep'),
    ms: fc.oneof(fc.integer({ min: 1_000, max: 20_000 }), fc.nat(3_600_000)),
    told: fc.boolean(),
  }),
  fc.record({
    do: fc.constant('set-clock'),
    byMs: fc.oneof(
      fc.integer({ min: -900, max: 900 }),
      fc.integer({ min: -30_000, max: 30_000 }),
      fc.integer({ min: -7_200_000, max: 7_200_000 }),
    ),
  }),
);
const disk = fc.record({
  do: fc.constant('disk'),
  full: fc.constantFrom('no', 'no', 'all', 'one'),
  vault,
});
const trader = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('sync', 'enable', 'halt'), vault }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('online') }) },
);

export function scheduleOf(mix: Mix): fc.Arbitrary<readonly Step[]> {
  const step = fc.oneof(
    { weight: 6, arbitrary: wait },
    { weight: 4, arbitrary: land },
    { weight: mix.nodes, arbitrary: nodes },
    { weight: mix.socket, arbitrary: socket },
    { weight: mix.computer, arbitrary: computer },
    { weight: mix.disk, arbitrary: disk },
    { weight: mix.trader, arbitrary: trader },
  );
  return fc.array(step as fc.Arbitrary<Step>, { minLength: 1, maxLength: 18 });
}
