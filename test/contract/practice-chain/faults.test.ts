/** Every fault of the practice network as a client on the other side of the wire meets it. */
import { Keypair, SystemProgram, Connection, Transaction } from '@solana/web3.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { PracticeFaults } from '#domain/practice.ts';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import type { PracticeNetwork } from '#main/practice/practice-network.ts';
import { startBareNetwork } from '#test/support/practice-chain.ts';

let close: () => Promise<void>;
let network: PracticeNetwork;
let admin: PracticeAdmin;

beforeEach(async () => {
  ({ network, close } = await startBareNetwork());
  admin = createAdminClient(network.httpUrl);
});

afterEach(async () => {
  await close();
});

async function post(body: unknown, timeoutMs = 5_000): Promise<Response> {
  return fetch(network.httpUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
}

function request(method: string, params: unknown[] = [], id = 1): object {
  return { jsonrpc: '2.0', id, method, params };
}

async function result(method: string, params: unknown[] = []): Promise<unknown> {
  const reply = (await (await post(request(method, params))).json()) as { result?: unknown };
  return reply.result;
}

async function outcomeOf(timeoutMs = 300): Promise<string> {
  try {
    const response = await post(request('getSlot'), timeoutMs);
    const text = await response.text();
    if (response.status !== 200) return `HTTP ${response.status}`;
    try {
      const { result: slot } = JSON.parse(text) as { result: unknown };
      return typeof slot === 'number' ? 'good' : 'odd';
    } catch {
      return text.startsWith('<') ? 'malformed' : 'truncated';
    }
  } catch (error) {
    return error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'reset';
  }
}

describe('the transport', () => {
  it.each([
    [{ rateLimitRate: 1 }, 'HTTP 429'],
    [{ serverErrorRate: 1 }, 'HTTP 503'],
    [{ timeoutRate: 1 }, 'timeout'],
    [{ refuseConnections: true }, 'reset'],
    [{ truncateRate: 1 }, 'truncated'],
    [{ malformedRate: 1 }, 'malformed'],
    [{}, 'good'],
  ] satisfies [PracticeFaults, string][])(
    '%j answers %s, and the admin API goes on',
    async (faults, outcome) => {
      await admin.setFaults(faults);
      expect(await outcomeOf()).toBe(outcome);
      expect((await admin.status()).faults).toEqual(faults);
      await admin.setFaults({});
      expect(await outcomeOf(5_000)).toBe('good');
    },
  );

  it.each(['timeout', 'rate-limit', 'server-error', 'reset', 'truncate', 'malformed'] as const)(
    'fails exactly as often as told: %s',
    async (kind) => {
      await admin.setFaults({ failNext: { count: 2, kind } });
      expect(await outcomeOf()).not.toBe('good');
      expect((await admin.status()).faults.failNext?.count).toBe(1);
      expect(await outcomeOf()).not.toBe('good');
      expect(await outcomeOf(5_000)).toBe('good');
      expect((await admin.status()).faults).toEqual({});
    },
  );

  it('answers late by the latency', async () => {
    await admin.setFaults({ latencyMs: 400 });
    expect(await outcomeOf(100)).toBe('timeout');
    expect(await outcomeOf(5_000)).toBe('good');
  });
});

describe('the cluster', () => {
  it('shows the genesis of another one', async () => {
    await admin.setFaults({ wrongGenesis: true });
    expect(await result('getGenesisHash')).not.toBe(network.genesisHash);
    await admin.setFaults({});
    expect(await result('getGenesisHash')).toBe(network.genesisHash);
  });

  it('lags: balance, slot, height and blockhash are of the past, and what is newer is refused', async () => {
    const address = Keypair.generate().publicKey.toBase58();
    await admin.airdrop({ address, lamports: 1_000_000_000n });
    const processed = { commitment: 'processed' };
    const slot = (await result('getSlot', [processed])) as number;
    await admin.setFaults({ lagSlots: 500 });
    const reply = (await result('getBalance', [address, processed])) as {
      context: { slot: number };
      value: number;
    };
    expect(reply.value).toBe(0);
    expect(reply.context.slot).toBeLessThan(slot);
    const refused = (await (
      await post(request('getBalance', [address, { ...processed, minContextSlot: slot }]))
    ).json()) as { error: { code: number; data: { contextSlot: number } } };
    expect(refused.error.code).toBe(-32016);
    expect(refused.error.data.contextSlot).toBeLessThan(slot);
    await admin.setFaults({});
    expect(await result('getBalance', [address, processed])).toMatchObject({
      value: 1_000_000_000,
    });
  });

  it('stands still', async () => {
    await admin.setFaults({ freezeSlots: true });
    const before = await admin.status();
    await expect(
      admin.airdrop({ address: Keypair.generate().publicKey.toBase58(), lamports: 1n }),
    ).resolves.toBeUndefined();
    expect((await admin.status()).slot).toBe(before.slot);
    await admin.setFaults({});
    await admin.airdrop({ address: Keypair.generate().publicKey.toBase58(), lamports: 1n });
    expect((await admin.status()).slot).toBeGreaterThan(before.slot);
  });
});

describe('sockets', () => {
  it('stay open and say nothing', async () => {
    const socket = await openSocket(network.webSocketUrl);
    const first = nextMessage(socket);
    socket.send(JSON.stringify(request('slotSubscribe')));
    await first;
    await nextMessage(socket);
    await admin.setFaults({ silentSockets: true });
    let heard = 0;
    socket.on('message', () => (heard += 1));
    await slotsPass(5);
    expect(heard).toBe(0);
    expect(socket.readyState).toBe(WebSocket.OPEN);
    await admin.setFaults({});
    await nextMessage(socket);
    socket.terminate();
  });

  it('are closed and refused', async () => {
    const socket = await openSocket(network.httpUrl.replace('http', 'ws'));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await admin.setFaults({ closeSockets: true });
    await closed;
    await expect(openSocket(network.webSocketUrl)).rejects.toThrow();
    await admin.setFaults({});
    (await openSocket(network.webSocketUrl)).terminate();
  });
});

function openSocket(url: string): Promise<WebSocket> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url);
    socket.once('open', () => resolve(socket));
    socket.once('error', reject);
  });
}

function nextMessage(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => socket.once('message', () => resolve()));
}

/** Waits until the chain itself has moved on. */
async function slotsPass(count: number): Promise<void> {
  const { slot } = await admin.status();
  while ((await admin.status()).slot < slot + BigInt(count)) {
    await admin.airdrop({ address: network.world.starter.authority.toBase58(), lamports: 1n });
  }
}

describe('sending', () => {
  let connection: Connection;
  let payer: Keypair;

  beforeEach(async () => {
    connection = new Connection(network.httpUrl, 'processed');
    payer = Keypair.generate();
    await admin.airdrop({ address: payer.publicKey.toBase58(), lamports: 1_000_000_000n });
    await slotsPass(2);
  });

  async function transfer(): Promise<{ wire: Buffer; signature: string; to: Keypair }> {
    const to = Keypair.generate();
    const transaction = new Transaction().add(
      SystemProgram.transfer({
        fromPubkey: payer.publicKey,
        toPubkey: to.publicKey,
        lamports: 5_000_000,
      }),
    );
    transaction.feePayer = payer.publicKey;
    transaction.recentBlockhash = (await connection.getLatestBlockhash()).blockhash;
    transaction.sign(payer);
    const wire = transaction.serialize();
    const signature = await import('bs58').then((bs58) =>
      bs58.default.encode(transaction.signature!),
    );
    return { wire, signature, to };
  }

  const statusOf = async (signature: string) =>
    (await connection.getSignatureStatuses([signature], { searchTransactionHistory: true }))
      .value[0];

  it('is acknowledged and dropped', async () => {
    const { wire, signature } = await transfer();
    await admin.setFaults({ dropSendRate: 1 });
    expect(await connection.sendRawTransaction(wire)).toBe(signature);
    await slotsPass(3);
    expect(await statusOf(signature)).toBeNull();
  });

  it('lands while the reply is lost', async () => {
    const { wire, signature, to } = await transfer();
    await admin.setFaults({ loseReplyRate: 1 });
    await expect(connection.sendRawTransaction(wire)).rejects.toThrow();
    await slotsPass(2);
    expect(await statusOf(signature)).toMatchObject({ err: null });
    expect(await connection.getBalance(to.publicKey)).toBe(5_000_000);
  });

  it('lands late', async () => {
    const { wire, signature } = await transfer();
    await admin.setFaults({ lateLandingSlots: 20 });
    const { slot } = await admin.status();
    await connection.sendRawTransaction(wire);
    await slotsPass(25);
    const status = await statusOf(signature);
    expect(BigInt(status?.slot ?? 0)).toBeGreaterThan(slot + 20n);
  });

  it('fails on chain, and pays the fee', async () => {
    const { wire, signature, to } = await transfer();
    await admin.setFaults({ failOnChainRate: 1 });
    await connection.sendRawTransaction(wire);
    await slotsPass(2);
    expect((await statusOf(signature))?.err).toEqual({ InstructionError: [0, { Custom: 6999 }] });
    expect(await connection.getBalance(to.publicKey)).toBe(0);
    expect(await connection.getBalance(payer.publicKey)).toBe(1_000_000_000 - 5000);
  });
});
