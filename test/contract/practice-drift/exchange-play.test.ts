/** What the practice network is told to make of its venue reaches Keel's own reader, and clients are refused by it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OnChainVault } from '#domain/engine-vault.ts';
import type { ExchangeObservation, MarketState } from '#domain/exchange-state.ts';
import { address } from '#domain/ids.ts';
import type { ReadBatch } from '#main/engine/ports.ts';
import type { DriftReader } from '#main/drift/index.ts';
import { createAdminClient } from '#main/practice/admin-client.ts';
import type { PracticeAdmin } from '#main/practice/admin-wire.ts';
import { startPracticeNetwork, type PracticeHandle } from '#main/practice/index.ts';
import { networkAt, networkOf, readerAt, vaultOf } from '#test/support/drift-reading.ts';

const USDC = 1_000_000n;
const SOL_BASE = 1_000_000_000n;
const SLOT_MS = 60;
const RESERVE = 1;
const WAITING = { timeout: 15_000, interval: 50 };

let folder: string;
let practice: PracticeHandle;
let admin: PracticeAdmin;
let reader: DriftReader;
let vault: OnChainVault;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'keel-practice-exchange-'));
  practice = await startPracticeNetwork({ dataDir: folder, port: 0, seed: 11, slotMs: SLOT_MS });
  admin = createAdminClient(practice.network.httpUrl);
  const { starter, program } = await admin.status();
  vault = { ...vaultOf(starter.authority, RESERVE), program: address(program) };
  reader = readerAt({ ...(await networkOf(practice)), id: networkAt().id });
  // The first prices of a new chain are some slots old: posted anew, for nothing is filled at old ones.
  await admin.setMarket({ kind: 'perp', marketIndex: 0, oracle: 'walks' });
  await admin.tradeAsOther({
    subAccountId: RESERVE,
    marketIndex: 0,
    side: 'short',
    base: 20n * SOL_BASE,
  });
});

afterEach(async () => {
  await admin.setExchangeStatus({ bits: 0 });
});

afterAll(async () => {
  reader.close();
  await practice.network.close();
  rmSync(folder, { recursive: true });
});

async function read(): Promise<ReadBatch> {
  const batch = await reader.read([vault], new Map());
  if (!batch.ok) throw new Error(batch.error.message);
  return batch.value;
}

async function exchange(): Promise<ExchangeObservation | null> {
  return (await read()).exchange;
}

async function market(kind: MarketState['kind'], index = 0): Promise<MarketState | undefined> {
  const seen = await exchange();
  return seen?.markets.find((each) => each.kind === kind && each.marketIndex === index);
}

async function healthBps(): Promise<number | undefined> {
  const observation = (await read()).observations.get(vault.id);
  return observation?.ok ? observation.value.figures.healthBps : undefined;
}

describe('the health of a vault', () => {
  it.each([5_040, 4_990, 5_010, 4_980, 2_010, 1_990, 9_000])(
    'is played to %i hundredths of a percent, and stays there',
    async (wanted) => {
      const { price } = await admin.setHealth({
        subAccountId: RESERVE,
        marketIndex: 0,
        healthBps: wanted,
      });
      expect(price > 0n).toBe(true);
      await expect.poll(healthBps, WAITING).toBe(wanted);
      const { slot } = await admin.status();
      await expect.poll(async () => (await exchange())?.slot, WAITING).toBeGreaterThan(slot + 4n);
      expect(await healthBps()).toBe(wanted);
    },
  );

  it('follows a price that is set by hand', async () => {
    await admin.setMarket({ kind: 'perp', marketIndex: 0, price: 150n * USDC, oracle: 'holds' });
    await expect.poll(async () => (await market('perp'))?.oracle.price, WAITING).toBe(150n * USDC);
    const before = (await healthBps()) ?? 0;
    await admin.setMarket({ kind: 'perp', marketIndex: 0, price: 156n * USDC });
    await expect.poll(async () => ((await healthBps()) ?? before) < before, WAITING).toBe(true);
  });
});

describe('the exchange', () => {
  it('is paused for deposits: told, and enforced', async () => {
    await admin.setExchangeStatus({ bits: 1 });
    await expect
      .poll(async () => (await exchange())?.status, WAITING)
      .toEqual({ bits: 1, paused: ['deposit'] });
    const deposit = admin.depositAsOther({ subAccountId: RESERVE, token: 'USDC', amount: USDC });
    await expect(deposit).rejects.toThrow('0x1788');
  });

  it('is paused for fills: told, and enforced', async () => {
    await admin.setExchangeStatus({ bits: 8 });
    await expect.poll(async () => (await exchange())?.status.paused, WAITING).toEqual(['fill']);
    const order = { subAccountId: RESERVE, marketIndex: 0, side: 'long', base: SOL_BASE } as const;
    await expect(admin.tradeAsOther(order)).rejects.toThrow('0x1788');
    await admin.setExchangeStatus({ bits: 0 });
    expect((await admin.tradeAsOther(order)).signatures).toHaveLength(1);
  });
});

describe('a market', () => {
  it('has its deposits paused, its cap reached and its guard shut: told, and enforced', async () => {
    await admin.setMarket({
      kind: 'spot',
      marketIndex: 0,
      pausedOperations: ['deposit'],
      depositCap: 1n,
      withdrawGuard: 'shut',
    });
    await expect
      .poll(() => market('spot'), WAITING)
      .toMatchObject({ pausedOperations: ['deposit'], depositRoom: 0n, guardRoom: 0n });
    const deposit = () =>
      admin.depositAsOther({ subAccountId: RESERVE, token: 'USDC', amount: USDC });
    await expect(deposit()).rejects.toThrow('0x1802');
    await admin.setMarket({ kind: 'spot', marketIndex: 0, pausedOperations: [] });
    await expect(deposit()).rejects.toThrow('0x1796');
    await admin.setMarket({
      kind: 'spot',
      marketIndex: 0,
      depositCap: 0n,
      withdrawGuard: 'usual',
    });
    await expect
      .poll(() => market('spot'), WAITING)
      .toMatchObject({ pausedOperations: [], depositRoom: null });
    expect((await deposit()).signatures).toHaveLength(1);
  });

  it('is reduce-only', async () => {
    await admin.setMarket({ kind: 'perp', marketIndex: 0, status: 'reduceOnly' });
    await expect.poll(async () => (await market('perp'))?.status, WAITING).toBe('reduceOnly');
    const more = { subAccountId: RESERVE, marketIndex: 0, side: 'short', base: SOL_BASE } as const;
    await expect(admin.tradeAsOther(more)).rejects.toThrow();
    await admin.setMarket({ kind: 'perp', marketIndex: 0, status: 'active' });
  });
});

describe('an oracle', () => {
  const verdict = async () => (await market('perp'))?.oracle.validity;

  it('stops, and comes back', async () => {
    await admin.setMarket({ kind: 'perp', marketIndex: 0, oracle: 'stops' });
    await expect.poll(verdict, WAITING).toBe('old');
    expect((await market('perp'))?.oracle.ageSlots).toBeGreaterThan(10);
    await admin.setMarket({ kind: 'perp', marketIndex: 0, oracle: 'walks' });
    await expect.poll(verdict, WAITING).toBe('valid');
  });

  it('becomes uncertain, and certain again', async () => {
    await admin.setMarket({ kind: 'perp', marketIndex: 0, confidenceBps: 500 });
    await expect.poll(verdict, WAITING).toBe('uncertain');
    expect((await market('perp'))?.oracle.confidenceBps).toBeGreaterThanOrEqual(500);
    await admin.setMarket({ kind: 'perp', marketIndex: 0, confidenceBps: 0 });
    await expect.poll(verdict, WAITING).toBe('valid');
  });

  it('jumps too far from its own average', async () => {
    await admin.setMarket({ kind: 'perp', marketIndex: 0, price: 1_500n * USDC, oracle: 'holds' });
    await expect.poll(verdict, WAITING).toBe('volatile');
    await admin.setMarket({ kind: 'perp', marketIndex: 0, price: 150n * USDC, oracle: 'walks' });
    await expect.poll(verdict, WAITING).toBe('valid');
  });
});
