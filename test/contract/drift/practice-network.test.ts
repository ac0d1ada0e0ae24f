/** The reader against the practice network: a chain that lives, and every fault that it can have. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { OnChainVault } from '#domain/engine-vault.ts';
import { address, vaultId, type VaultId } from '#domain/ids.ts';
import type { ErrorCode } from '#domain/keel-error.ts';
import type { Network } from '#domain/network.ts';
import type { PracticeFaults } from '#domain/practice.ts';
import type { Slot } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { DriftReader } from '#main/drift/index.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { startPracticeNetwork, type PracticeHandle } from '#main/practice/index.ts';
import { networkAt, networkOf, readerAt, vaultOf } from '#test/support/drift-reading.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

let folder: string;
let practice: PracticeHandle;
let network: Network;
let vault: OnChainVault;
const open: DriftReader[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keel-practice-'));
  practice = await startPracticeNetwork({ dataDir: folder, port: 0, seed: 7, slotMs: 100 });
  network = { ...(await networkOf(practice)), id: networkAt().id };
  const { starter, program } = await practice.network.status();
  vault = { ...vaultOf(starter.authority, starter.subAccountId), program: address(program) };
});

afterEach(async () => {
  for (const reader of open.splice(0)) reader.close();
  await practice.network.setFaults({});
});

afterAll(async () => {
  await practice.network.close();
  rmSync(folder, { recursive: true });
});

function opened(clock = systemClock(), rpcTimeoutMs = 2_000): DriftReader {
  const reader = readerAt(network, { clock, rpcTimeoutMs });
  open.push(reader);
  return reader;
}

async function outcome(
  reader: DriftReader,
  minSlots: ReadonlyMap<VaultId, Slot> = new Map(),
): Promise<VaultSnapshot | ErrorCode> {
  const batch = await reader.read([vault], minSlots);
  if (!batch.ok) return batch.error.code;
  const observation = batch.value.observations.get(vault.id);
  return observation?.ok ? observation.value : (observation?.error.code ?? 'INTERNAL');
}

async function snapshot(reader: DriftReader): Promise<VaultSnapshot> {
  const seen = await outcome(reader);
  if (typeof seen === 'string') throw new Error(`The read failed with ${seen}`);
  return seen;
}

const WAITING = { timeout: 10_000, interval: 50 };

const usdcOf = ({ spotPositions }: VaultSnapshot): bigint =>
  spotPositions.find(({ token }) => token === 'USDC')?.amount ?? 0n;

const faults: readonly (readonly [string, PracticeFaults, ErrorCode])[] = [
  ['too many requests', { rateLimitRate: 1 }, 'RPC_RATE_LIMITED'],
  ['a failing server', { serverErrorRate: 1 }, 'RPC_SERVER_ERROR'],
  ['no answer', { timeoutRate: 1 }, 'RPC_TIMEOUT'],
  ['late answers', { latencyMs: 4_000 }, 'RPC_TIMEOUT'],
  ['refused connections', { refuseConnections: true }, 'RPC_UNREACHABLE'],
  ['replies cut off', { truncateRate: 1 }, 'RPC_TRUNCATED_REPLY'],
  ['replies that are none', { malformedRate: 1 }, 'RPC_MALFORMED_REPLY'],
  ['another cluster', { wrongGenesis: true }, 'WRONG_CLUSTER'],
];

describe('the practice network', () => {
  it('is read in three calls at first and in one from then on', async () => {
    const reader = opened();
    await snapshot(reader);
    await practice.network.stats({ reset: true });
    const { figures, exchangeStatus } = await snapshot(reader);
    const { perMethod } = await practice.network.stats();
    expect(perMethod).toEqual({ getMultipleAccounts: 1 });
    expect(figures.totalCollateral > 0n).toBe(true);
    expect(exchangeStatus).toEqual({ bits: 0, paused: [] });
  });

  it.each(faults)('has the fault “%s”: its own error, then all is well', async (_, fault, code) => {
    const reader = opened(systemClock(), 1_000);
    await snapshot(reader);
    await practice.network.setFaults(fault);
    reader.useNextEndpoint();
    expect(await outcome(reader)).toBe(code);
    await practice.network.setFaults({});
    // Two refused calls double the pause that the endpoint is given: longer than one read waits.
    await vi.waitFor(async () => expect(await outcome(reader)).toBeTypeOf('object'), WAITING);
  });

  it('fails exactly as often as it was told to', async () => {
    const reader = opened();
    await snapshot(reader);
    await practice.network.setFaults({ failNext: { count: 3, kind: 'server-error' } });
    const outcomes = [];
    for (let attempt = 0; attempt < 4; attempt += 1) outcomes.push(await outcome(reader));
    expect(outcomes.slice(0, 3)).toEqual([
      'RPC_SERVER_ERROR',
      'RPC_SERVER_ERROR',
      'RPC_SERVER_ERROR',
    ]);
    expect(outcomes[3]).toBeTypeOf('object');
  });

  it('lags behind what was seen', async () => {
    const reader = opened();
    const { slot } = await snapshot(reader);
    await practice.network.setFaults({ lagSlots: 50 });
    expect(await outcome(reader, new Map([[vault.id, slot]]))).toBe('NODE_BEHIND');
  });

  it('stands still', async () => {
    const clock = new FakeClock();
    const reader = opened(clock);
    await practice.network.setFaults({ freezeSlots: true });
    const outcomes = [];
    for (let poll = 0; poll < 5; poll += 1) {
      outcomes.push(await outcome(reader));
      await clock.advance(5_000);
    }
    expect(outcomes.at(3)).toBeTypeOf('object');
    expect(outcomes.at(4)).toBe('NODE_FROZEN');
  });

  it('shows a deposit by another client through a hint', async () => {
    const reader = opened();
    const before = await snapshot(reader);
    const hints: VaultId[] = [];
    reader.watch([vault], (id) => void hints.push(id));
    await vi.waitFor(() => expect(reader.status().socket).toBe('live'), WAITING);
    await vi.waitFor(() => expect(hints).not.toEqual([]), WAITING);
    hints.length = 0;
    await practice.network.depositAsOther({ subAccountId: 0, token: 'USDC', amount: 25_000_000n });
    await vi.waitFor(() => expect(hints).toContain(vault.id), WAITING);
    await vi.waitFor(async () => {
      const difference = usdcOf(await snapshot(reader)) - usdcOf(before);
      expect(difference >= 25_000_000n && difference < 25_100_000n).toBe(true);
    }, WAITING);
  });

  it('loses its sockets and gets them back', async () => {
    const reader = opened();
    reader.watch([vault], () => undefined);
    await vi.waitFor(() => expect(reader.status().socket).toBe('live'), WAITING);
    await practice.network.setFaults({ closeSockets: true });
    await vi.waitFor(() => expect(reader.status().socket).not.toBe('live'), WAITING);
    await practice.network.setFaults({});
    await vi.waitFor(() => expect(reader.status().socket).toBe('live'), { timeout: 15_000 });
  });

  it('falls silent', async () => {
    const reader = opened();
    reader.watch([vault], () => undefined);
    await vi.waitFor(() => expect(reader.status().socket).toBe('live'), WAITING);
    await practice.network.setFaults({ silentSockets: true });
    await vi.waitFor(() => expect(reader.status().socket).toBe('silent'), { timeout: 20_000 });
  });

  it('tells which sub-accounts an authority has', async () => {
    const reader = opened();
    const found = await reader.listSubAccounts(vault.authority);
    const { figures } = await snapshot(reader);
    const [first, second] = found.ok ? found.value : [];
    expect(first).toMatchObject({ subAccountId: 0, name: 'Main Account', error: null });
    expect(second).toMatchObject({ subAccountId: 1, name: 'Reserve', error: null });
    const difference = (first?.totalCollateral ?? 0n) - figures.totalCollateral;
    expect(difference < 1_000_000_000n && difference > -1_000_000_000n).toBe(true);
    const nobody = await reader.listSubAccounts(
      address('So11111111111111111111111111111111111111112'),
    );
    expect(nobody).toEqual({ ok: true, value: [] });
    expect(await reader.listSubAccounts(address('nobody'))).toMatchObject({
      error: { code: 'INPUT_INVALID' },
    });
  });

  it('pauses its exchange', async () => {
    const reader = opened();
    await practice.network.setExchangeStatus({ bits: 9 });
    // Reads are of confirmed slots, a little behind the newest.
    await vi.waitFor(async () => {
      const { exchangeStatus } = await snapshot(reader);
      expect(exchangeStatus).toEqual({ bits: 9, paused: ['deposit', 'fill'] });
    }, WAITING);
    await practice.network.setExchangeStatus({ bits: 0 });
  });

  it('has no sub-account of that number', async () => {
    const absent = { ...vault, id: vaultId('absent'), subAccountId: 99 };
    const batch = await opened().read([absent], new Map());
    expect(batch.ok && batch.value.observations.get(absent.id)).toMatchObject({
      error: { code: 'SUB_ACCOUNT_MISSING' },
    });
  });
});
