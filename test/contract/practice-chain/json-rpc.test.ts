/** The wire itself: batches, errors, encodings, and who may ask. */
import { request as httpRequest } from 'node:http';
import { zstdDecompressSync } from 'node:zlib';
import { Keypair, SYSVAR_CLOCK_PUBKEY } from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeNetwork } from '#main/practice/practice-network.ts';
import { startBareNetwork } from '#test/support/practice-chain.ts';

interface Reply {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: unknown };
}

let close: () => Promise<void>;
let network: PracticeNetwork;

beforeAll(async () => {
  ({ network, close } = await startBareNetwork());
});

afterAll(async () => {
  await close();
});

async function post<Body = Reply>(body: unknown): Promise<Body> {
  const response = await fetch(network.httpUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return (await response.json()) as Body;
}

function ask(method: string, params: unknown[] = [], id: unknown = 1): object {
  return { jsonrpc: '2.0', id, method, params };
}

describe('JSON-RPC', () => {
  it('answers a batch in its order, errors included', async () => {
    const replies = await post<Reply[]>([
      ask('getHealth', [], 'a'),
      ask('getNothing', [], 'b'),
      ask('getVersion', [], 3),
    ]);
    expect(replies.map(({ id }) => id)).toEqual(['a', 'b', 3]);
    expect(replies[0]?.result).toBe('ok');
    expect(replies[1]?.error).toEqual({ code: -32601, message: 'Method not found' });
  });

  it.each([
    ['{"jsonrpc":', -32700],
    ['[]', -32600],
    ['{"jsonrpc":"1.0","id":1,"method":"getSlot"}', -32600],
  ])('refuses %s with %i', async (body, code) => {
    expect((await post(body)).error?.code).toBe(code);
  });

  it.each([
    ['getAccountInfo', ['not-a-key']],
    ['getAccountInfo', []],
    ['getBalance', ['1111']],
    ['getAccountInfo', ['11111111111111111111111111111111', { commitment: 'surely' }]],
    ['sendTransaction', ['AAAA', { encoding: 'base64' }]],
    ['sendTransaction', ['not base58 0OIl']],
    ['requestAirdrop', ['11111111111111111111111111111111', -5]],
    ['getSignatureStatuses', [['abc']]],
  ])('refuses the parameters of %s(%j) with -32602', async (method, params) => {
    expect((await post(ask(method, params))).error?.code).toBe(-32602);
  });

  it('refuses a body beyond a megabyte', async () => {
    const response = await fetch(network.httpUrl, { method: 'POST', body: 'x'.repeat(2_000_000) });
    expect(response.status).toBe(413);
  });
});

describe('account encodings', () => {
  const clock = SYSVAR_CLOCK_PUBKEY.toBase58();

  async function dataIn(encoding: string, dataSlice?: object): Promise<unknown> {
    const config = { encoding, commitment: 'processed', dataSlice };
    const reply = await post(ask('getAccountInfo', [clock, config]));
    return (reply.result as { value: { data: unknown } }).value.data;
  }

  it('are base64, base58 and zstd of the same bytes', async () => {
    const [base64] = (await dataIn('base64')) as [string, string];
    expect(Buffer.from(base64, 'base64')).toHaveLength(40);
    const [zstd] = (await dataIn('base64+zstd')) as [string, string];
    expect(zstdDecompressSync(Buffer.from(zstd, 'base64'))).toHaveLength(40);
    expect(await dataIn('base58')).toEqual([expect.any(String), 'base58']);
    expect(await dataIn('base64', { offset: 0, length: 8 })).toEqual([
      expect.stringMatching(/^.{12}$/),
      'base64',
    ]);
  });
});

describe('who may ask', () => {
  function status(headers: Record<string, string>, path: string): Promise<number> {
    return new Promise((resolve, reject) => {
      const { port } = network;
      const body = JSON.stringify(
        path === '/' ? ask('getHealth') : { method: 'status', params: {} },
      );
      const sent = httpRequest(
        { host: '127.0.0.1', port, path, method: 'POST', headers },
        (reply) => {
          reply.resume();
          resolve(reply.statusCode ?? 0);
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  it.each([
    [{}, '/', 200],
    [{ host: 'evil.example' }, '/', 403],
    [{ host: 'evil.example:80' }, '/practice', 403],
    [{ host: 'localhost' }, '/', 200],
    [{}, '/practice', 200],
    [{ origin: 'https://evil.example' }, '/practice', 403],
    [{ origin: 'null' }, '/practice', 403],
  ])('%j on %s: HTTP %i', async (headers, path, expected) => {
    expect(await status(headers, path)).toBe(expected);
  });
});

describe('the admin API', () => {
  it('says which parameter is wrong', async () => {
    const admin = createAdminClient(network.httpUrl);
    await expect(admin.airdrop({ address: 'nobody', lamports: 1n })).rejects.toThrow();
    await expect(admin.setFaults({ latencyMs: -1 })).rejects.toThrow();
    const response = await fetch(`${network.httpUrl}/practice`, {
      method: 'POST',
      body: JSON.stringify({ method: 'setFaults', params: { latencyMs: 'soon' } }),
    });
    expect(await response.json()).toMatchObject({
      error: { message: expect.stringContaining('latencyMs') as string },
    });
  });

  it('counts calls and keys', async () => {
    const admin = createAdminClient(network.httpUrl);
    await admin.stats({ reset: true });
    const keys = Array.from({ length: 100 }, () => Keypair.generate().publicKey.toBase58());
    await post([ask('getMultipleAccounts', [keys]), ask('getMultipleAccounts', [keys])]);
    await post(ask('getAccountInfo', [keys[0]]));
    expect(await admin.stats()).toEqual({
      httpRequests: 2,
      keysRead: 201,
      perMethod: { getMultipleAccounts: 2, getAccountInfo: 1 },
      openSockets: 0,
      subscriptions: 0,
    });
  });

  it('is unreachable where nothing listens', async () => {
    const nowhere = createAdminClient('http://127.0.0.1:1');
    await expect(nowhere.status()).rejects.toThrow('cannot be reached');
  });
});
