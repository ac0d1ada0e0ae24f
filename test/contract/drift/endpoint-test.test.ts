/** The test of an endpoint, over real sockets: every step that can fail fails alone, and no text holds the address. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { EndpointTest, EndpointTestStep } from '#domain/endpoint-view.ts';
import type { RpcEndpoint } from '#domain/network.ts';
import { stateAddress, DRIFT_V2 } from '#main/drift/codec/addresses.ts';
import { testEndpoint } from '#main/drift/index.ts';
import { CLOCK_SYSVAR } from '#main/drift/read/chain-time.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { networkAt } from '#test/support/drift-reading.ts';
import { loadMainnetAccounts } from '#test/support/mainnet-accounts.ts';
import { RpcServer } from '#test/support/rpc-server.ts';

const TOKEN = '7f3c9a51e0d24b6c8e1f';
const { accounts } = loadMainnetAccounts();
const clock = systemClock();

let server: RpcServer;
let ticking: NodeJS.Timeout;

beforeEach(async () => {
  server = await RpcServer.start();
  for (const [key, account] of accounts) server.accounts.set(key, account);
  chainTime(0);
  ticking = setInterval(() => server.nextSlot(), 20);
});

afterEach(async () => {
  clearInterval(ticking);
  await server.close();
});

/** Seconds that the chain's clock is behind this computer's. */
function chainTime(behindS: number): void {
  const data = Buffer.alloc(40);
  data.writeBigInt64LE(BigInt(Math.round(Date.now() / 1_000) - behindS), 32);
  server.accounts.set(CLOCK_SYSVAR, {
    owner: 'Sysvar1111111111111111111111111111111111111',
    data,
  });
}

const endpointAt = (httpUrl: string, webSocketUrl: string): RpcEndpoint => ({
  label: 'Own',
  httpUrl: `${httpUrl}/v2/${TOKEN}?api-key=${TOKEN}`,
  webSocketUrl: `${webSocketUrl}/${TOKEN}`,
});

async function tried(
  endpoint = endpointAt(server.url, server.webSocketUrl),
  slotInUse: bigint | null = null,
): Promise<EndpointTest> {
  const test = await testEndpoint({
    network: networkAt(server),
    endpoint,
    clock,
    slotInUse: () => slotInUse,
    maxSlotLag: 50,
  });
  expect(JSON.stringify(test)).not.toContain(TOKEN);
  expect(JSON.stringify(test)).not.toContain(new URL(endpoint.httpUrl).host);
  return test;
}

const outcomes = ({ lines }: EndpointTest) =>
  Object.fromEntries(lines.map(({ step, outcome }) => [step, outcome]));
const textOf = ({ lines }: EndpointTest, step: EndpointTestStep) =>
  lines.find((line) => line.step === step)?.text ?? '';

it('finds nothing wrong with a good node, and says what each step took', async () => {
  const test = await tried();
  expect(outcomes(test)).toEqual({
    connect: 'ok',
    cluster: 'ok',
    slot: 'ok',
    accounts: 'ok',
    socket: 'ok',
  });
  expect(test.usable).toBe(true);
  expect(test.lines.every(({ tookMs }) => tookMs !== null && tookMs >= 0)).toBe(true);
  expect(textOf(test, 'accounts')).toMatch(/^\d+ of Drift’s accounts in one call/);
});

it('skips what builds on a node that is not there', async () => {
  const gone = await RpcServer.start();
  const endpoint = endpointAt(gone.url, gone.webSocketUrl);
  await gone.close();
  const test = await tried(endpoint);
  expect(outcomes(test)).toEqual({
    connect: 'failed',
    cluster: 'skipped',
    slot: 'skipped',
    accounts: 'skipped',
    socket: 'failed',
  });
  expect(test.usable).toBe(false);
  expect(textOf(test, 'connect')).toContain('connection refused');
});

it('knows another network’s node, and reads no account of it', async () => {
  const other = await RpcServer.start();
  other.genesisHash = '5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d';
  const test = await tried(endpointAt(other.url, other.webSocketUrl));
  expect(outcomes(test)).toMatchObject({
    cluster: 'failed',
    slot: 'skipped',
    accounts: 'skipped',
  });
  expect(textOf(test, 'cluster')).toContain('5eyk…2N9d');
  expect(other.callsOf('getMultipleAccounts')).toEqual([]);
  await other.close();
});

describe('the slot', () => {
  it('is held against the endpoint in use', async () => {
    expect(textOf(await tried(undefined, BigInt(server.slot) + 40n), 'slot')).toContain('behind');
    const far = await tried(undefined, BigInt(server.slot) + 5_000n);
    expect(outcomes(far)).toMatchObject({ slot: 'failed', accounts: 'ok' });
    expect(far.usable).toBe(false);
  });

  it('is held against the time, where nothing is in use', async () => {
    chainTime(600);
    const test = await tried();
    expect(outcomes(test)).toMatchObject({ slot: 'failed' });
    expect(textOf(test, 'slot')).toMatch(/60\d s old/);
  });
});

describe('the accounts', () => {
  it('must be there, and be the venue’s', async () => {
    const state = stateAddress(DRIFT_V2).toBase58();
    server.accounts.delete(state);
    const test = await tried();
    expect(outcomes(test)).toMatchObject({ accounts: 'failed', socket: 'ok' });
    expect(test.usable).toBe(false);
  });

  it('must be given as often as a heartbeat asks', async () => {
    let calls = 0;
    server.intercept = ({ method, params }, response) => {
      const many = (params[0] as readonly string[] | undefined)?.length ?? 0;
      if (method !== 'getMultipleAccounts' || many < 2) return false;
      calls += 1;
      if (calls === 1) return false;
      response.statusCode = 429;
      response.end();
      return true;
    };
    const test = await tried();
    expect(outcomes(test)).toMatchObject({ accounts: 'failed' });
    expect(textOf(test, 'accounts')).toContain('2 of 3 calls at once were refused');
  });
});

describe('the socket', () => {
  it('is not needed, and said', async () => {
    const plain = createServer((_, response) => response.writeHead(404).end());
    await new Promise<void>((resolve) => plain.listen(0, '127.0.0.1', resolve));
    const { port } = plain.address() as AddressInfo;
    const test = await tried(endpointAt(server.url, `ws://127.0.0.1:${port}`));
    expect(outcomes(test)).toMatchObject({ accounts: 'ok', socket: 'failed' });
    expect(test.usable).toBe(true);
    await new Promise((resolve) => plain.close(resolve));
  });
});

it('does not repeat a token that the node quotes', async () => {
  server.intercept = ({ id }, response) => {
    const message = `api-key ${TOKEN} of ${server.url}/v2/${TOKEN} is used up`;
    response.end(JSON.stringify({ jsonrpc: '2.0', id, error: { code: -32_000, message } }));
    return true;
  };
  const test = await tried();
  expect(textOf(test, 'connect')).toContain('is used up');
});
