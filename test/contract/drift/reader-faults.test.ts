/** Every way in which a node can fail has an error of its own, and none of them a figure (S4, S7). */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { OnChainVault } from '#domain/engine-vault.ts';
import type { ErrorCode, KeelError } from '#domain/keel-error.ts';
import { slot } from '#domain/units.ts';
import type { DriftReader } from '#main/drift/index.ts';
import { networkAt, readerAt, vaultOf } from '#test/support/drift-reading.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { loadMainnetAccounts } from '#test/support/mainnet-accounts.ts';
import { RpcServer, type Intercept } from '#test/support/rpc-server.ts';

const { users, accounts } = loadMainnetAccounts();
const [first, second] = users.slice(3);
if (first === undefined || second === undefined) throw new Error('Too few users');

let server: RpcServer;
let vault: OnChainVault;

beforeEach(async () => {
  server = await serving();
  vault = vaultOf(first.authority, first.subAccountId);
});

afterEach(() => server.close());

async function serving(): Promise<RpcServer> {
  const started = await RpcServer.start();
  for (const [key, account] of accounts) started.accounts.set(key, account);
  return started;
}

async function failureOf(reader: DriftReader): Promise<KeelError> {
  const batch = await reader.read([vault], new Map());
  if (batch.ok) throw new Error('The read should have failed');
  return batch.error;
}

async function slotOf(reader: DriftReader, minSlot = 0): Promise<bigint | ErrorCode> {
  const batch = await reader.read([vault], new Map([[vault.id, slot(BigInt(minSlot))]]));
  if (!batch.ok) return batch.error.code;
  const observation = batch.value.observations.get(vault.id);
  return observation?.ok ? observation.value.slot : (observation?.error.code ?? 'INTERNAL');
}

const text =
  (body: string): Intercept =>
  (_, response) => {
    response.end(body);
    return true;
  };

const status =
  (code: number, headers: Record<string, string> = {}): Intercept =>
  (_, response) => {
    response.writeHead(code, headers).end('no');
    return true;
  };

const faults: readonly (readonly [string, Intercept, ErrorCode])[] = [
  ['too many requests', status(429, { 'retry-after': '0.3' }), 'RPC_RATE_LIMITED'],
  ['a failing server', status(503), 'RPC_SERVER_ERROR'],
  ['a redirect', status(307, { location: 'http://127.0.0.1:9/' }), 'RPC_REFUSED'],
  ['a refused token', status(401), 'RPC_REFUSED'],
  ['a page instead of JSON', text('<html></html>'), 'RPC_MALFORMED_REPLY'],
  ['JSON that is no reply', text('[]'), 'RPC_MALFORMED_REPLY'],
  [
    'a reply to another request',
    text('{"jsonrpc":"2.0","id":-5,"result":1}'),
    'RPC_MALFORMED_REPLY',
  ],
  ['half a JSON text', text('{"jsonrpc":"2.0","id":1,"result":{"con'), 'RPC_TRUNCATED_REPLY'],
  [
    'a body that ends early',
    (_, response) => {
      response.writeHead(200, { 'content-length': '500' });
      response.write('{"jsonrpc"', () => response.destroy());
      return true;
    },
    'RPC_TRUNCATED_REPLY',
  ],
  [
    'a reset connection',
    (_, response) => {
      response.destroy();
      return true;
    },
    'RPC_UNREACHABLE',
  ],
  ['no answer', () => true, 'RPC_TIMEOUT'],
];

describe('a node with a fault', () => {
  it.each(faults)('%s', async (_, intercept, code) => {
    const reader = readerAt(networkAt(server), { rpcTimeoutMs: 1_000 });
    server.intercept = intercept;
    const error = await failureOf(reader);
    expect(error.code).toBe(code);
    expect(error.message).toContain('node 1');
    expect(JSON.stringify(error)).not.toContain('hidden-token');
    expect(reader.status().connection).toBe('reconnecting');
    server.intercept = () => false;
    expect(await slotOf(reader)).toBe(1_000n);
    expect(reader.status()).toMatchObject({ connection: 'connected', slot: 1_000n });
  });

  it('nobody listens', async () => {
    const reader = readerAt(networkAt(server));
    await server.close();
    expect((await failureOf(reader)).code).toBe('RPC_UNREACHABLE');
    server = await serving();
  });

  it('fewer accounts than were asked for', async () => {
    const reader = readerAt({ ...networkAt(server), genesisHash: null });
    server.intercept = ({ id }, response) => {
      const result = { context: { slot: 5 }, value: [null] };
      response.end(JSON.stringify({ jsonrpc: '2.0', id, result }));
      return true;
    };
    expect((await failureOf(reader)).code).toBe('RPC_MALFORMED_REPLY');
  });

  it('another cluster: nothing is read', async () => {
    server.genesisHash = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';
    const network = {
      ...networkAt(server),
      genesisHash: '4uhcVJyU9pJkvQyS88uRDiswHXSCkY3zQawwpjk2NsNY',
    };
    const reader = readerAt(network);
    expect((await failureOf(reader)).code).toBe('WRONG_CLUSTER');
    expect(reader.status().connection).toBe('wrong-cluster');
    expect(server.callsOf('getMultipleAccounts')).toEqual([]);
  });

  it('another cluster behind the same address, while every read succeeds: noticed in a minute', async () => {
    const clock = new FakeClock();
    const reader = readerAt(networkAt(server), { clock });
    for (let poll = 0; poll < 12; poll += 1) {
      server.nextSlot();
      expect(await slotOf(reader)).toBe(BigInt(server.slot));
      await clock.advance(5_000);
      server.genesisHash = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';
    }
    expect(server.callsOf('getGenesisHash')).toHaveLength(1);
    const read = server.callsOf('getMultipleAccounts').length;
    server.nextSlot();
    expect((await failureOf(reader)).code).toBe('WRONG_CLUSTER');
    expect(server.callsOf('getMultipleAccounts')).toHaveLength(read);
  });

  it('another cluster behind the same address after the socket fell: noticed by the next read', async () => {
    const reader = readerAt(networkAt(server));
    reader.watch([vault], () => undefined);
    await expect.poll(() => reader.status().socket).toBe('connecting');
    await expect
      .poll(() => {
        server.nextSlot();
        return reader.status().socket;
      })
      .toBe('live');
    await slotOf(reader);
    await slotOf(reader);
    expect(server.callsOf('getGenesisHash')).toHaveLength(1);
    server.genesisHash = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';
    server.dropSockets();
    await expect.poll(() => reader.status().socket).not.toBe('live');
    expect((await failureOf(reader)).code).toBe('WRONG_CLUSTER');
    reader.close();
  });

  it('a reply that comes after an hour of sleep is an hour old', async () => {
    const clock = new FakeClock();
    const reader = readerAt({ ...networkAt(server), genesisHash: null }, { clock });
    await slotOf(reader);
    const askedAtMs = clock.nowMs();
    server.intercept = () => {
      clock.suspend(3_600_000);
      return false;
    };
    const batch = await reader.read([vault], new Map());
    const observation = batch.ok ? batch.value.observations.get(vault.id) : undefined;
    expect(observation).toMatchObject({ value: { observedAtMs: askedAtMs } });
  });

  it('slots that stand still', async () => {
    const clock = new FakeClock();
    const reader = readerAt(networkAt(server), { clock });
    for (let poll = 0; poll < 4; poll += 1) {
      expect(await slotOf(reader)).toBe(1_000n);
      await clock.advance(5_000);
    }
    expect((await failureOf(reader)).code).toBe('NODE_FROZEN');
    server.nextSlot();
    expect(await slotOf(reader)).toBe(1_001n);
  });
});

describe('order of slots', () => {
  it('a node that says itself that it is behind', async () => {
    const reader = readerAt(networkAt(server));
    expect(await slotOf(reader, 1_000)).toBe(1_000n);
    expect(await slotOf(reader, 1_001)).toBe('NODE_BEHIND');
    // The node is asked to refuse, so that a balancer can choose another one.
    expect(server.callsOf('getMultipleAccounts').at(-1)?.params[1]).toMatchObject({
      minContextSlot: 1_001,
    });
  });

  it('a node that answers with an older slot all the same', async () => {
    const reader = readerAt({ ...networkAt(server), genesisHash: null });
    server.intercept = ({ id, params }, response) => {
      const value = (params[0] as string[]).map(() => null);
      response.end(
        JSON.stringify({ jsonrpc: '2.0', id, result: { context: { slot: 900 }, value } }),
      );
      return true;
    };
    expect(await slotOf(reader, 1_000)).toBe('NODE_BEHIND');
  });

  it('does not hold one vault back for what was seen of another', async () => {
    const other = vaultOf(second.authority, second.subAccountId, 'other');
    const reader = readerAt(networkAt(server));
    const batch = await reader.read([vault, other], new Map([[other.id, slot(5_000n)]]));
    const observations = batch.ok ? batch.value.observations : new Map();
    expect(observations.get(vault.id)).toMatchObject({ ok: true });
    expect(observations.get(other.id)).toMatchObject({ error: { code: 'NODE_BEHIND' } });
  });
});

describe('endpoints in turn', () => {
  it('asks each for its genesis before reading from it', async () => {
    const other = await serving();
    const reader = readerAt(networkAt(server, other));
    expect(await slotOf(reader)).toBe(1_000n);
    reader.useNextEndpoint();
    expect(reader.status()).toMatchObject({
      endpointIndex: 1,
      endpointLabel: 'node 2',
      endpointCount: 2,
      connection: 'connecting',
    });
    expect(await slotOf(reader)).toBe(1_000n);
    const [last, before] = other.requests.toReversed();
    expect([before?.method, last?.method]).toEqual(['getGenesisHash', 'getMultipleAccounts']);
    reader.useNextEndpoint();
    expect(await slotOf(reader)).toBe(1_000n);
    expect(server.callsOf('getGenesisHash')).toHaveLength(2);
    reader.close();
    await other.close();
  });
});
