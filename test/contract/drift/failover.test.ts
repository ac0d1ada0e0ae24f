/** Several nodes over real sockets: a bad one is left within seconds, never hammered, and returned to when it is well. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { EndpointHealth } from '#domain/network.ts';
import { slot } from '#domain/units.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { EndpointPool, type DriftReader } from '#main/drift/index.ts';
import { networkAt, readerAt, vaultOf } from '#test/support/drift-reading.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { loadMainnetAccounts } from '#test/support/mainnet-accounts.ts';
import { RpcServer, type Intercept } from '#test/support/rpc-server.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

const { users, accounts } = loadMainnetAccounts();
const [user] = users.slice(3);
if (user === undefined) throw new Error('Too few users');
const vault = vaultOf(user.authority, user.subAccountId);
const FOREIGN = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';

let first: RpcServer;
let second: RpcServer;
let clock: FakeClock;
let pool: EndpointPool;
let reader: DriftReader;

beforeEach(async () => {
  [first, second] = await Promise.all([serving(), serving()]);
  clock = new FakeClock();
  const network = networkAt(first, second);
  pool = new EndpointPool({
    network,
    clock,
    logger: silentLogger,
    rpcTimeoutMs: () => 2_000,
    limits: () => ({ ...DEFAULT_WATCH_SETTINGS, requestsPerSecond: 8 }),
  });
  reader = readerAt(network, { clock, pool });
});

afterEach(async () => {
  reader.close();
  pool.close();
  await Promise.all([first.close(), second.close()]);
});

async function serving(): Promise<RpcServer> {
  const started = await RpcServer.start();
  for (const [key, account] of accounts) started.accounts.set(key, account);
  return started;
}

/** Work over sockets takes real time, waiting takes the clock's: both go on until the work is done. */
async function running<Value>(work: Promise<Value>): Promise<Value> {
  const state = { done: false };
  const end = work.finally(() => {
    state.done = true;
  });
  while (!state.done) {
    await clock.advance(5);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return await end;
}

async function read(minSlot = 0): Promise<string> {
  const batch = await running(reader.read([vault], new Map([[vault.id, slot(BigInt(minSlot))]])));
  if (!batch.ok) return batch.error.code;
  const observation = batch.value.observations.get(vault.id);
  return observation?.ok === true ? 'ok' : (observation?.error.code ?? 'none');
}

/** The chain goes on and is read, as by heartbeats. */
async function live(forMs: number, everyMs = 5_000): Promise<string[]> {
  const outcomes: string[] = [];
  for (let passedMs = 0; passedMs < forMs; passedMs += everyMs) {
    for (let slots = 0; slots < Math.round(everyMs / 400); slots += 1) {
      first.nextSlot();
      second.nextSlot();
    }
    await settled(everyMs);
    outcomes.push(await read());
  }
  return outcomes;
}

/** Time passes in small steps, with room for probes over sockets in between. */
async function settled(ms: number): Promise<void> {
  for (let passedMs = 0; passedMs < ms; passedMs += 250) {
    await clock.advance(Math.min(250, ms - passedMs));
    await new Promise((resolve) => setTimeout(resolve, 4));
  }
}

function health(index: 0 | 1): EndpointHealth {
  const found = reader.status().endpoints[index];
  if (found === undefined) throw new Error('No such endpoint');
  return found;
}

const inUse = (): string => reader.status().endpointLabel;
const reads = (server: RpcServer): number => server.callsOf('getMultipleAccounts').length;

const dead: Intercept = (_, response) => {
  response.destroy();
  return true;
};

describe('the first of two nodes dies', () => {
  it('the second is read within seconds, and the first again when it was well for a minute', async () => {
    expect(await live(10_000)).toEqual(['ok', 'ok']);
    await vi.waitFor(() => expect(health(1).condition).toBe('ok'));
    first.intercept = dead;
    const outcomes = await live(3_000, 1_000);
    // Each read that the first one fails is answered by the second, until that one is in use.
    expect(outcomes).toEqual(['ok', 'ok', 'ok']);
    expect(inUse()).toBe('node 2');
    expect(health(0)).toMatchObject({ condition: 'down', inUse: false });
    expect(health(0).reason).toContain('cannot be reached');
    expect(health(1)).toMatchObject({ condition: 'ok', inUse: true, reason: null });
    expect(await live(60_000)).not.toContain('RPC_UNREACHABLE');
    expect(inUse()).toBe('node 2');
    first.intercept = () => false;
    const before = reads(first);
    await live(60_000);
    expect([inUse(), reads(first)]).toEqual(['node 2', before]);
    await live(60_000);
    expect(inUse()).toBe('node 1');
    expect(reader.status().connection).toBe('connected');
  });

  it('the socket follows the reads', async () => {
    reader.watch([vault], () => undefined);
    await vi.waitFor(() => expect(first.subscriptions.size).toBe(1));
    await live(5_000);
    first.intercept = dead;
    await live(3_000, 1_000);
    await vi.waitFor(() => expect(second.subscriptions.size).toBe(1));
  });
});

describe('one read of one attempt', () => {
  const silent: Intercept = () => true;
  const answering =
    (status: number, headers: Record<string, string> = {}): Intercept =>
    (_, response) => {
      response.writeHead(status, headers).end('no');
      return true;
    };
  /** Without the probes of the idle one. */
  const calls = (server: RpcServer): number =>
    server.requests.filter(({ method }) => method !== 'getSlot').length;

  async function wholeRead(minSlot = 0) {
    const minSlots = new Map([[vault.id, slot(BigInt(minSlot))]]);
    const [a, b] = [calls(first), calls(second)];
    const batch = await running(reader.read([vault], minSlots));
    return { batch, asked: [calls(first) - a, calls(second) - b] };
  }

  beforeEach(async () => {
    await live(10_000);
    await vi.waitFor(() => expect(health(1).condition).toBe('ok'));
    for (let slots = 0; slots < 3; slots += 1) [first, second].forEach((each) => each.nextSlot());
  });

  it('that the first node never answers is answered by the second, and all calls are counted', async () => {
    first.intercept = silent;
    const { batch } = await wholeRead(first.slot);
    if (!batch.ok) throw new Error(batch.error.message);
    const observation = batch.value.observations.get(vault.id);
    expect(observation).toMatchObject({ ok: true, value: { slot: BigInt(second.slot) } });
    expect(batch.value.rpcCalls).toBe(2);
    expect(reader.status().connection).toBe('connected');
    // One failure is no reason to leave it.
    expect(inUse()).toBe('node 1');
  });

  it('is answered by the second while the first is silent, at half of its time', async () => {
    first.intercept = silent;
    const startedMs = clock.monotonicMs();
    const { batch } = await wholeRead(first.slot);
    expect(batch.ok).toBe(true);
    expect(clock.monotonicMs() - startedMs).toBeLessThan(2_000);
  });

  it('that both fail is one failure, which tells of both', async () => {
    first.intercept = answering(503);
    second.intercept = dead;
    const { batch, asked } = await wholeRead();
    expect(batch).toMatchObject({ ok: false, error: { code: 'RPC_SERVER_ERROR' } });
    const words = batch.ok ? '' : batch.error.message;
    expect(words).toContain('“node 1” answered HTTP 503');
    expect(words).toContain('Asked as well: The endpoint “node 2” cannot be reached');
    // The first one once more: a fault of its own may have been one call's.
    expect(asked).toEqual([2, 1]);
    expect(reader.status().connection).toBe('reconnecting');
  });

  it('that both refuse as too many is not repeated, and the pauses are kept', async () => {
    first.intercept = answering(429, { 'retry-after': '30' });
    second.intercept = answering(429, { 'retry-after': '30' });
    const one = await wholeRead();
    expect(one.batch).toMatchObject({ ok: false, error: { code: 'RPC_RATE_LIMITED' } });
    expect(one.asked).toEqual([1, 1]);
    const another = await wholeRead();
    expect(another.batch).toMatchObject({ ok: false, error: { code: 'RPC_RATE_LIMITED' } });
    expect(another.asked).toEqual([0, 0]);
  });

  it('is not lowered by a second node that lies about its slot, or is behind', async () => {
    first.intercept = dead;
    second.slotFor = () => first.slot - 5;
    const { batch } = await wholeRead(first.slot);
    expect(batch).toMatchObject({ ok: false, error: { code: 'RPC_UNREACHABLE' } });
    expect(batch.ok ? '' : batch.error.message).toContain('Asked as well');
    // Between its own probes a node is not judged by what it was asked for another.
    expect(health(1).condition).not.toBe('down');
  });

  it('asks no second node that is in its pause, or that is of another cluster', async () => {
    second.intercept = answering(429, { 'retry-after': '50' });
    await settled(30_000);
    expect(health(1).condition).toBe('limited');
    first.intercept = dead;
    const { asked } = await wholeRead();
    expect(asked[1]).toBe(0);
    first.intercept = () => false;
    second.intercept = () => false;
    second.genesisHash = FOREIGN;
    pool.wake();
    await vi.waitFor(() => expect(health(1).condition).toBe('wrong-cluster'));
    first.intercept = dead;
    const foreign = await wholeRead();
    expect(foreign.batch.ok).toBe(false);
    expect(foreign.asked[1]).toBe(0);
  });

  it('is refused by the first for good, and no other node is asked', async () => {
    first.intercept = answering(403);
    const { batch, asked } = await wholeRead();
    expect(batch).toMatchObject({ ok: false, error: { code: 'RPC_REFUSED' } });
    expect(asked[1]).toBe(0);
  });
});

describe('a node that lags', () => {
  it('is left for one that does not, and its figure is told', async () => {
    await live(10_000);
    first.slotFor = () => second.slot - 300;
    const behindFrom = second.slot;
    await live(1_000, 1_000);
    first.intercept = ({ method, id }, response) => {
      if (method !== 'getSlot') return false;
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: second.slot - 300 }));
      return true;
    };
    await live(40_000);
    expect(inUse()).toBe('node 2');
    expect(second.slot).toBeGreaterThan(behindFrom);
    expect(health(0)).toMatchObject({ condition: 'behind' });
    expect(health(0).slotLag).toBeGreaterThan(200);
    expect(health(1)).toMatchObject({ condition: 'ok', slotLag: 0 });
  });

  it('claims no good connection while every vault is refused as behind', async () => {
    const network = networkAt(first);
    const alone = readerAt(network, { clock });
    const readAlone = (minSlot: number) =>
      running(alone.read([vault], new Map([[vault.id, slot(BigInt(minSlot))]])));
    await readAlone(0);
    expect(alone.status().connection).toBe('connected');
    await readAlone(first.slot + 100);
    expect(alone.status()).toMatchObject({
      connection: 'reconnecting',
      endpoints: [{ condition: 'behind', inUse: true }],
    });
    await readAlone(first.slot);
    expect(alone.status()).toMatchObject({
      connection: 'connected',
      endpoints: [{ condition: 'ok' }],
    });
    alone.close();
  });
});

describe('a node of another cluster', () => {
  it('is never read from, while the other goes on', async () => {
    first.genesisHash = FOREIGN;
    pool.close();
    reader.close();
    const network = { ...networkAt(first, second), genesisHash: second.genesisHash };
    pool = new EndpointPool({
      network,
      clock,
      logger: silentLogger,
      rpcTimeoutMs: () => 2_000,
      limits: () => DEFAULT_WATCH_SETTINGS,
    });
    reader = readerAt(network, { clock, pool });
    expect(await live(60_000)).toEqual(Array.from({ length: 12 }, () => 'ok'));
    expect(first.requests.map(({ method }) => method)).toEqual(['getGenesisHash']);
    expect(health(0)).toMatchObject({ condition: 'wrong-cluster', inUse: false });
    expect(inUse()).toBe('node 2');
  });

  it('all of them are: nothing is read', async () => {
    await live(5_000);
    first.genesisHash = FOREIGN;
    second.genesisHash = FOREIGN;
    pool.wake();
    expect(await read()).toBe('WRONG_CLUSTER');
    expect(reader.status().connection).toBe('wrong-cluster');
    const before = reads(first) + reads(second);
    reader.useNextEndpoint();
    expect(await read()).toBe('WRONG_CLUSTER');
    expect(reads(first) + reads(second)).toBe(before);
  });
});

describe('a node that limits the requests', () => {
  const limiting =
    (since: { readonly atMs: number[] }, retryAfter: string): Intercept =>
    (_, response) => {
      since.atMs.push(clock.monotonicMs());
      response.writeHead(429, { 'retry-after': retryAfter }).end('no');
      return true;
    };

  it('is not asked in its pause: the other one is, and it is never hammered', async () => {
    await live(5_000);
    const asked = { atMs: [] as number[] };
    first.intercept = limiting(asked, '20');
    expect(await live(3_000, 1_000)).toEqual(['ok', 'ok', 'ok']);
    expect(inUse()).toBe('node 2');
    expect(health(0)).toMatchObject({ condition: 'limited', budgetPerSecond: 4 });
    expect(health(0).pausedUntilMs).toBeGreaterThan(clock.nowMs());
    await live(15_000);
    expect(asked.atMs).toHaveLength(1);
  });

  it('alone and in a storm: fewer requests than it allows, in no second more than the budget', async () => {
    second.intercept = dead;
    await live(5_000);
    const asked = { atMs: [] as number[] };
    first.intercept = limiting(asked, '1');
    for (let rounds = 0; rounds < 20; rounds += 1) {
      void Promise.all(Array.from({ length: 30 }, () => reader.read([vault], new Map())));
      await settled(500);
    }
    await settled(5_000);
    for (const fromMs of asked.atMs) {
      const within = asked.atMs.filter((atMs) => atMs >= fromMs && atMs < fromMs + 1_000);
      expect(within.length).toBeLessThanOrEqual(8);
    }
    // A pause of a second after each refusal, and a budget that halves: about one request a second is left.
    expect(asked.atMs.length).toBeLessThan(40);
    first.intercept = () => false;
    await settled(5_000);
    first.nextSlot();
    expect(await read()).toBe('ok');
  });
});

it('a slow node is called slow by its median, and stays in use', async () => {
  const slow: Intercept = ({ id, method, params }, response) => {
    if (method !== 'getMultipleAccounts') return false;
    const value = (params[0] as string[]).map(() => null);
    const body = JSON.stringify({
      jsonrpc: '2.0',
      id,
      result: { context: { slot: first.slot }, value },
    });
    clock.schedule(700, () => void response.end(body));
    return true;
  };
  first.intercept = slow;
  await live(20_000);
  expect(health(0)).toMatchObject({ condition: 'slow', inUse: true });
  expect(health(0).latencyP50Ms).toBeGreaterThan(500);
  expect(health(0).reason).toContain('500 ms');
});

describe('after sleep', () => {
  it('what was measured counts no more, pauses are over and the genesis is asked for again', async () => {
    await live(10_000);
    first.intercept = (_, response) => {
      response.writeHead(429, { 'retry-after': '50' }).end('no');
      return true;
    };
    await read();
    expect(health(0).condition).toBe('limited');
    first.intercept = () => false;
    clock.suspend(3_600_000);
    const checked = first.callsOf('getGenesisHash').length;
    pool.wake();
    await vi.waitFor(() => expect(health(0).condition).toBe('ok'));
    expect(first.callsOf('getGenesisHash').length).toBe(checked + 1);
    expect(health(0)).toMatchObject({ errors: 0, pausedUntilMs: null });
  });
});

describe('what is told', () => {
  it('health at most once a second, and a change of endpoint at once', async () => {
    await live(5_000);
    const told: number[] = [];
    reader.onStatus(() => void told.push(clock.monotonicMs()));
    for (let calls = 0; calls < 20; calls += 1) {
      pool.noteSocketSlot(BigInt(first.slot + calls));
      await pool.inCluster();
      await clock.advance(100);
    }
    await settled(2_000);
    expect(told.length).toBeLessThanOrEqual(4);
    told.length = 0;
    reader.useNextEndpoint();
    expect(told).toHaveLength(1);
  });

  it('probes of the idle endpoint are few, and none of them is a read', async () => {
    await live(120_000);
    expect(reads(second)).toBe(0);
    expect(second.callsOf('getSlot').length).toBeLessThanOrEqual(5);
    expect(reads(first)).toBeLessThanOrEqual(27);
  });
});
