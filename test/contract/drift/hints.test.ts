/** The socket hints and never promises; whatever happens to it, the reader knows and comes back. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { VaultId } from '#domain/ids.ts';
import type { SocketState } from '#domain/network.ts';
import type { DriftReader } from '#main/drift/index.ts';
import { networkAt, readerAt, vaultOf } from '#test/support/drift-reading.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { loadMainnetAccounts } from '#test/support/mainnet-accounts.ts';
import { RpcServer } from '#test/support/rpc-server.ts';

const { users, accounts } = loadMainnetAccounts();
const [first, second] = users.slice(3);
if (first === undefined || second === undefined) throw new Error('Too few users');
const firstVault = vaultOf(first.authority, first.subAccountId, 'first');
const secondVault = vaultOf(second.authority, second.subAccountId, 'second');

let server: RpcServer;
let clock: FakeClock;
let reader: DriftReader;
let hints: VaultId[];

beforeEach(async () => {
  server = await RpcServer.start();
  for (const [key, account] of accounts) server.accounts.set(key, account);
  clock = new FakeClock();
  hints = [];
  reader = readerAt(networkAt(server), { clock });
});

afterEach(async () => {
  reader.close();
  await server.close();
});

const onHint = (vault: VaultId): void => void hints.push(vault);

/** The socket's own work is done in real time, its timers by the fake clock. */
const eventually = (check: () => void): Promise<void> =>
  vi.waitFor(check, { timeout: 10_000, interval: 5 });

async function reach(state: SocketState): Promise<void> {
  await eventually(() => {
    if (state === 'live') server.nextSlot();
    expect(reader.status().socket).toBe(state);
  });
}

async function watchBoth(): Promise<void> {
  reader.watch([firstVault, secondVault], onHint);
  await eventually(() => expect(server.subscriptions.size).toBe(2));
  await reach('live');
  await clock.advance(25);
  hints.length = 0;
}

describe('watching', () => {
  it('hints at every vault when the socket opens, then at those that were written, each once', async () => {
    reader.watch([firstVault, secondVault], onHint);
    await eventually(() => expect(server.subscriptions.size).toBe(2));
    await clock.advance(25);
    expect(hints.toSorted()).toEqual([firstVault.id, secondVault.id]);
    hints.length = 0;
    for (let times = 0; times < 5; times += 1) server.notifyAccount(second.key);
    await reach('live');
    await clock.advance(25);
    expect(hints).toEqual([secondVault.id]);
  });

  it('follows a change of the vaults watched', async () => {
    await watchBoth();
    reader.watch([secondVault], onHint);
    await eventually(() =>
      expect([...server.subscriptions.values()].map(({ key }) => key)).toEqual([second.key]),
    );
    reader.watch([], onHint);
    await reach('down');
  });

  it('comes back from a dropped socket and hints at what may have been missed', async () => {
    await watchBoth();
    server.dropSockets();
    server.subscriptions.clear();
    await reach('down');
    await clock.advance(1_000);
    await eventually(() => expect(server.subscriptions.size).toBe(2));
    await reach('live');
    await clock.advance(25);
    expect(hints.toSorted()).toEqual([firstVault.id, secondVault.id]);
  });

  it('calls an open socket without slots silent and tries another', async () => {
    await watchBoth();
    server.subscriptions.clear();
    await clock.advance(7_000);
    expect(reader.status().socket).toBe('silent');
    await clock.advance(1_000);
    await eventually(() => expect(server.subscriptions.size).toBe(2));
    expect(reader.status().socket).toBe('silent');
    await reach('live');
  });

  it('tells of every change of state', async () => {
    const seen: SocketState[] = [];
    const stop = reader.onStatus(({ socket }) => void seen.push(socket));
    await watchBoth();
    server.dropSockets();
    await reach('down');
    stop();
    expect(seen.filter((state, index) => state !== seen[index - 1])).toEqual([
      'connecting',
      'live',
      'down',
    ]);
  });
});
