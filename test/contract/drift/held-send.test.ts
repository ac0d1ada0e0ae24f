/** A halt that comes while a send waits for its turn at the endpoint: the bytes do not leave (M4). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { OperationTransaction } from '#domain/capital-operation.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { slot } from '#domain/units.ts';
import { createDriftCapital, EndpointPool } from '#main/drift/index.ts';
import type { CapitalVenue } from '#main/engine/ports.ts';
import { absentSigner } from '#test/support/absent-signer.ts';
import { networkAt } from '#test/support/drift-reading.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { RpcServer } from '#test/support/rpc-server.ts';
import { silentLogger } from '#test/support/silent-logger.ts';

const SIGNATURE = 's'.repeat(88);
const transaction: OperationTransaction = {
  message: 'AQID',
  blockhash: 'hash',
  lastValidBlockHeight: 700n,
  builtAtSlot: slot(600n),
  genesisHash: null,
  signature: SIGNATURE,
  wire: 'AQIDBA==',
};

let servers: RpcServer[];
let clock: FakeClock;
let pool: EndpointPool;
let venue: CapitalVenue;

beforeEach(async () => {
  servers = await Promise.all([RpcServer.start(), RpcServer.start()]);
  for (const server of servers) {
    server.intercept = ({ id, method }, response) => {
      if (method !== 'sendTransaction') return false;
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result: SIGNATURE }));
      return true;
    };
  }
  clock = new FakeClock();
});

afterEach(async () => {
  venue.close();
  pool.close();
  for (const server of servers) await server.close();
});

function open(count: 1 | 2): RpcServer {
  const [first, second] = servers;
  if (first === undefined || second === undefined) throw new Error('no servers');
  const network = count === 1 ? networkAt(first) : networkAt(first, second);
  pool = new EndpointPool({
    network,
    clock,
    logger: silentLogger,
    rpcTimeoutMs: () => 10_000,
    limits: () => DEFAULT_WATCH_SETTINGS,
  });
  venue = createDriftCapital({
    network,
    clock,
    logger: silentLogger,
    rpcTimeoutMs: 10_000,
    signer: absentSigner,
    pool,
  });
  return first;
}

const sends = (): number[] => servers.map((server) => server.callsOf('sendTransaction').length);

/** The network's reads are answered by a wish for a pause, which holds for everything at that endpoint. */
async function limit(server: RpcServer, seconds: number): Promise<void> {
  const { intercept } = server;
  server.intercept = (_, response) => {
    response.writeHead(429, { 'retry-after': String(seconds) }).end();
    return true;
  };
  const read = await running(
    pool.current?.client.call('getSlot', [], z.number()) ?? Promise.reject(new Error('no node')),
    1,
  );
  expect(read).toMatchObject({ ok: false, error: { code: 'RPC_RATE_LIMITED' } });
  server.intercept = intercept;
}

/** Sockets take real time, waiting takes the clock's. */
async function running<Value>(work: Promise<Value>, stepMs: number): Promise<Value> {
  const state = { done: false };
  const end = work.finally(() => {
    state.done = true;
  });
  while (!state.done) {
    await clock.advance(stepMs);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return await end;
}

const codeOf = (sent: Result<null, KeelError>): string => (sent.ok ? 'ok' : sent.error.code);

describe('a send that waits for the end of a pause', () => {
  async function paused(): Promise<{ halted: boolean; asked: number; sent: Promise<string> }> {
    const server = open(1);
    expect(codeOf(await running(venue.send(transaction), 1))).toBe('ok');
    await limit(server, 5);
    const state = { halted: false, asked: 0, sent: Promise.resolve('') };
    const mayLeave = (): boolean => {
      state.asked += 1;
      return !state.halted;
    };
    state.sent = venue.send(transaction, mayLeave).then(codeOf);
    for (let passedMs = 0; passedMs < 3_000; passedMs += 100) {
      await clock.advance(100);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(state.asked).toBe(1);
    expect(sends()).toEqual([1, 0]);
    return state;
  }

  it('leaves when the pause is over', async () => {
    const state = await paused();
    expect(await running(state.sent, 100)).toBe('ok');
    expect([state.asked, sends()]).toEqual([2, [2, 0]]);
  });

  it('never leaves when everything was halted in between, and the endpoint is not to blame', async () => {
    const state = await paused();
    const before = pool.health()[0];
    state.halted = true;
    expect(await running(state.sent, 100)).toBe('GATE_CLOSED');
    await clock.advance(60_000);
    expect([state.asked, sends()]).toEqual([2, [1, 0]]);
    expect(pool.health()[0]).toMatchObject({ calls: before?.calls, errors: before?.errors });
  });
});

describe('a send that fails', () => {
  it('is sent by nobody again, to no other endpoint: the next one is a question of its own', async () => {
    const first = open(2);
    first.intercept = ({ method }, response) => {
      if (method === 'sendTransaction') response.destroy();
      return method === 'sendTransaction';
    };
    let asked = 0;
    const mayLeave = (): boolean => {
      asked += 1;
      return asked <= 2;
    };
    expect(codeOf(await running(venue.send(transaction, mayLeave), 1))).toBe('RPC_UNREACHABLE');
    for (let step = 0; step < 50; step += 1) {
      await clock.advance(1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect([asked, sends()]).toEqual([2, [1, 0]]);
    expect(codeOf(await running(venue.send(transaction, mayLeave), 1))).toBe('GATE_CLOSED');
    expect([asked, sends()]).toEqual([3, [1, 0]]);
  });
});
