/** A node that becomes another cluster's, with slots of its own: what it told is no measure for the others. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EndpointHealth } from '#domain/network.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { EndpointPool } from '#main/drift/index.ts';
import { networkAt } from '#test/support/drift-reading.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { RpcServer } from '#test/support/rpc-server.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

const FOREIGN = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';

let first: RpcServer;
let second: RpcServer;
let clock: FakeClock;
let pool: EndpointPool;

beforeEach(async () => {
  [first, second] = await Promise.all([RpcServer.start(), RpcServer.start()]);
  clock = new FakeClock();
  pool = poolOf(first, second);
});

function poolOf(...servers: readonly RpcServer[]): EndpointPool {
  return new EndpointPool({
    network: { ...networkAt(...servers), genesisHash: first.genesisHash },
    clock,
    logger: silentLogger,
    rpcTimeoutMs: () => 2_000,
    limits: () => DEFAULT_WATCH_SETTINGS,
  });
}

afterEach(async () => {
  pool.close();
  await Promise.all([first.close(), second.close()]);
});

/** The endpoint in use is asked every five seconds, as by heartbeats; the other one by its probes. */
async function live(forMs: number): Promise<void> {
  for (let passedMs = 0; passedMs < forMs; passedMs += 250) {
    await clock.advance(250);
    for (const server of [first, second]) server.slot += passedMs % 500 === 0 ? 1 : 0;
    if (passedMs % 5_000 === 0) {
      const found = await pool.inCluster();
      if (found.ok) {
        const server = pool.currentIndex === 0 ? first : second;
        found.value.session.noteSlot(BigInt(server.slot));
        pool.noteReadBehind(found.value.session, false);
        await answered(found.value.session);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}

/** Any call that succeeds. */
async function answered(session: NonNullable<EndpointPool['current']>): Promise<void> {
  await session.readGenesis(null);
}

const healthOf = (index: 0 | 1): EndpointHealth | undefined => pool.health()[index];

it('leaves the others well, and in use, once it is found out', async () => {
  await live(20_000);
  expect(pool.health().map(({ condition }) => condition)).toEqual(['ok', 'ok']);
  second.genesisHash = FOREIGN;
  second.slot += 50_000_000;
  await live(120_000);
  expect(healthOf(1)?.condition).toBe('wrong-cluster');
  expect(healthOf(0)).toMatchObject({ condition: 'ok', inUse: true, slotLag: 0 });
});

it('does not make a node that comes home look frozen, or behind itself', async () => {
  pool.close();
  pool = poolOf(first);
  await live(20_000);
  const { genesisHash, slot } = first;
  Object.assign(first, { genesisHash: FOREIGN, slot: slot + 50_000_000 });
  await live(60_000);
  expect(healthOf(0)?.condition).toBe('wrong-cluster');
  Object.assign(first, { genesisHash, slot: slot + 100 });
  await live(60_000);
  expect(healthOf(0)).toMatchObject({ condition: 'ok', slotLag: 0 });
  expect(healthOf(0)?.slot).toBeLessThan(slot + 1_000);
});
