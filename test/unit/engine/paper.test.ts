import { describe, expect, it } from 'vitest';
import { vaultId } from '#domain/ids.ts';
import { quoteAmount } from '#domain/units.ts';
import type { PaperRequest } from '#main/engine/index.ts';
import { Harness, NETWORK } from './harness.ts';

async function paper() {
  const harness = new Harness();
  harness.start();
  const vault = await harness.paperVault();
  const change = async (request: PaperRequest) => {
    const result = harness.engine.changePaper(vault, request);
    await harness.clock.advance(0);
    return await result;
  };
  return { harness, vault, change };
}

describe('paper vaults (V4, S3)', () => {
  it('starts with its allocation, verified before success is reported', async () => {
    const { harness, vault } = await paper();
    expect(harness.usdc(vault)).toBe(50_000_000n);
    expect(harness.allowed(vault)).toBe(true);
    expect(harness.lastRun(vault).cause).toBe('created');
    expect(harness.venue.reads).toEqual([]);
  });

  it('credits, debits and resets; each change is synced when its answer comes', async () => {
    const { harness, vault, change } = await paper();
    expect((await change({ kind: 'credit', amount: quoteAmount(1_500_000n) })).ok).toBe(true);
    expect(harness.usdc(vault)).toBe(51_500_000n);
    expect(harness.lastRun(vault)).toMatchObject({ cause: 'operation', outcome: 'verified' });
    expect((await change({ kind: 'debit', amount: quoteAmount(51_500_000n) })).ok).toBe(true);
    expect(harness.usdc(vault)).toBe(0n);
    expect((await change({ kind: 'reset' })).ok).toBe(true);
    expect(harness.usdc(vault)).toBe(50_000_000n);
    const entries = harness.engine.loadPaperEntries(vault, 10);
    expect(entries.ok && entries.value.entries.map(({ kind }) => kind)).toEqual([
      'reset',
      'debit',
      'credit',
      'allocate',
    ]);
  });

  it('never goes below zero, and says by which numbers', async () => {
    const { harness, vault, change } = await paper();
    expect(await change({ kind: 'debit', amount: quoteAmount(50_000_001n) })).toMatchObject({
      error: {
        code: 'PAPER_BALANCE_TOO_LOW',
        message: 'amount: 50.000001 is more than the 50.000000 that the vault holds.',
        details: { amount: '50.000001', balance: '50.000000' },
      },
    });
    expect(await change({ kind: 'credit', amount: quoteAmount(-1n) })).toMatchObject({
      error: { code: 'INPUT_INVALID' },
    });
    expect(harness.usdc(vault)).toBe(50_000_000n);
  });

  it.each([
    ['is seeded from a live vault’s balances: USDC + DRIFT_POS', 300_000_000n],
    ['is not seeded with what a live vault has by leverage alone', 100_000_000n],
  ])('%s', async (_, equity) => {
    const { harness, vault, change } = await paper();
    const live = harness.addVault(0, null);
    harness.venue.set(live, { usdc: equity, perpBase: 1_000_000_000n });
    await harness.clock.advance(0);
    expect(harness.view(live).state.observation?.balances).toMatchObject({
      USDC: equity > 150_000_000n ? equity - 150_000_000n : 0n,
      DRIFT_POS: 150_000_000n,
    });
    expect((await change({ kind: 'seed', from: live })).ok).toBe(true);
    expect(harness.usdc(vault)).toBe(equity);
  });

  it('is not seeded from figures that nobody vouches for, from itself or from nowhere', async () => {
    const { harness, vault, change } = await paper();
    const live = harness.addVault(0);
    await harness.clock.advance(0);
    harness.venue.standing = { kind: 'whole', code: 'WRONG_CLUSTER' };
    await harness.clock.advance(5_000);
    expect(await change({ kind: 'seed', from: live })).toMatchObject({
      error: { code: 'INPUT_INVALID' },
    });
    expect(await change({ kind: 'seed', from: vault })).toMatchObject({
      error: { code: 'VAULT_WRONG_TYPE' },
    });
    expect(await change({ kind: 'seed', from: vaultId('x') })).toMatchObject({
      error: { code: 'VAULT_NOT_FOUND' },
    });
    expect(await harness.engine.changePaper(live, { kind: 'reset' })).toMatchObject({
      error: { code: 'VAULT_WRONG_TYPE' },
    });
    expect(harness.usdc(vault)).toBe(50_000_000n);
  });

  it('many changes at once happen one after another', async () => {
    const { harness, vault } = await paper();
    const results = Promise.all(
      Array.from({ length: 60 }, () =>
        harness.engine.changePaper(vault, { kind: 'debit', amount: quoteAmount(1_000_000n) }),
      ),
    );
    await harness.clock.advance(0);
    expect((await results).filter(({ ok }) => ok)).toHaveLength(50);
    expect(harness.usdc(vault)).toBe(0n);
  });

  it('an outage of the chain does not touch it', async () => {
    const { harness, vault } = await paper();
    harness.addVault(0);
    harness.venue.standing = { kind: 'whole', code: 'RPC_UNREACHABLE' };
    await harness.clock.advance(60_000);
    expect(harness.allowed(vault)).toBe(true);
  });

  it('a ledger that cannot be written refuses the change', async () => {
    const { harness, vault, change } = await paper();
    harness.ledger.failWrites = true;
    expect(await change({ kind: 'reset' })).toMatchObject({
      error: { code: 'DATABASE_WRITE_FAILED' },
    });
    expect(harness.usdc(vault)).toBe(50_000_000n);
  });

  it('a vault whose allocation could not be written says so, and a reset mends it', async () => {
    const harness = new Harness();
    harness.start();
    harness.ledger.failWrites = true;
    const result = harness.engine.createVirtualVault({
      name: 'Paper',
      engine: 'paper',
      network: NETWORK,
      allocation: quoteAmount(7n),
    });
    await harness.clock.advance(0);
    expect(await result).toMatchObject({ error: { code: 'DATABASE_WRITE_FAILED' } });
    const vault = harness.engine.views()[0]?.vault.id ?? vaultId('');
    expect(harness.view(vault).state.observation).toBeNull();
    expect(harness.allowed(vault)).toBe(false);
    harness.ledger.failWrites = false;
    const reset = harness.engine.changePaper(vault, { kind: 'reset' });
    await harness.clock.advance(0);
    expect((await reset).ok).toBe(true);
    expect(harness.usdc(vault)).toBe(7n);
  });
});
