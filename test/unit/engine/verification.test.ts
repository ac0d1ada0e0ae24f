import { describe, expect, it } from 'vitest';
import { balancesEqual, deriveBalances } from '#domain/vault-balances.ts';
import { quoteAmount } from '#domain/units.ts';
import { Harness } from './harness.ts';

describe('verification (S6) and ordering (S7)', () => {
  it('a new vault is read twice, the second time at no older slot', async () => {
    const harness = new Harness();
    harness.start();
    const vault = harness.addVault(0);
    await harness.clock.advance(0);
    expect(harness.venue.reads).toHaveLength(2);
    const { snapshot } = harness.view(vault).state.observation ?? {};
    expect(harness.venue.reads[1]?.minSlots.get(vault)).toBe((snapshot?.slot ?? 0n) - 1n);
    expect(harness.view(vault)).toMatchObject({
      synced: true,
      state: { verification: { kind: 'verified', slot: snapshot?.slot } },
    });
    expect(harness.lastRun(vault)).toMatchObject({ cause: 'created', outcome: 'verified' });
  });

  it('a steady heartbeat is its own second read: one read', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    await harness.clock.advance(15_000);
    expect(harness.readTimes()).toEqual([0, 5_000, 10_000]);
    expect(harness.view(vault).state.verification).toMatchObject({ atMs: harness.clock.nowMs() });
  });

  it('a changed account is read again at once, and only it', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.addVault(1);
    await harness.clock.advance(0);
    harness.forget();
    harness.venue.set(vault, { usdc: 5n });
    await harness.clock.advance(5_000);
    expect(harness.venue.reads.map(({ vaultIds }) => vaultIds.length)).toEqual([2, 1]);
    expect(harness.usdc(vault)).toBe(5n);
  });

  it('a price alone needs no second read', async () => {
    const harness = new Harness();
    harness.start();
    const vault = harness.addVault(0, null);
    harness.venue.set(vault, { usdc: 900_000_000n, perpBase: -2_000_000_000n });
    await harness.clock.advance(0);
    harness.forget();
    harness.venue.set(vault, {
      usdc: 900_000_000n,
      perpBase: -2_000_000_000n,
      markPrice: 151_000_000n,
    });
    await harness.clock.advance(5_000);
    expect(harness.venue.reads).toHaveLength(1);
    expect(harness.view(vault).state.observation?.balances).toEqual({
      USDC: 598_000_000n,
      DRIFT_POS: 302_000_000n,
      SOL: 0n,
    });
  });

  it('the chain moved on between the reads: reads on until two agree', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    let amount = 200n;
    harness.venue.set(vault, { usdc: amount });
    harness.venue.afterRead = () => {
      if (amount < 202n) harness.venue.set(vault, { usdc: (amount += 1n) });
    };
    await harness.clock.advance(5_000);
    expect(harness.venue.reads).toHaveLength(4);
    expect(harness.usdc(vault)).toBe(202n);
    expect(harness.lastRun(vault).attempts).toMatchObject([{ number: 1, outcome: 'verified' }]);
  });

  it('a chain that never stands still is a transient failure, not an endless loop', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    let amount = 200n;
    harness.venue.afterRead = () => harness.venue.set(vault, { usdc: (amount += 1n) });
    harness.venue.afterRead();
    await harness.clock.advance(5_000);
    expect(harness.venue.reads).toHaveLength(6);
    expect(harness.usdc(vault)).toBe(100_000_000n);
    expect(harness.view(vault).phase).toMatchObject({
      kind: 'waiting',
      error: { code: 'CHAIN_MOVED_ON' },
    });
    harness.venue.afterRead = null;
    await harness.clock.advance(1_000);
    expect(harness.lastRun(vault).attempts.map(({ outcome }) => outcome)).toEqual([
      'moved-on',
      'verified',
    ]);
    expect(harness.usdc(vault)).toBe(amount);
  });

  it('two reads of one slot disagree: discrepant, nothing of them stored, trading halted', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.slotsPerRead = 0n;
    harness.venue.set(vault, { usdc: 7n });
    harness.venue.script = [{ kind: 'none' }, { kind: 'falsify', vaultId: vault, usdc: 8n }];
    await harness.clock.advance(5_000);
    const stored = harness.store.loadSyncState(vault);
    expect(stored.verification).toMatchObject({
      kind: 'discrepant',
      error: { code: 'SNAPSHOT_DISCREPANT' },
    });
    expect(stored.halt?.error.code).toBe('SNAPSHOT_DISCREPANT');
    expect(stored.observation?.balances.USDC).toBe(100_000_000n);
    expect(harness.lastRun(vault).outcome).toBe('discrepant');
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.eventsOf('VAULT_SYNC_ERROR')).toHaveLength(1);
    expect(harness.engine.enableTrading(vault).ok).toBe(false);
    harness.venue.slotsPerRead = 1n;
    await harness.clock.advance(10_000);
    expect(harness.view(vault).state.verification.kind).toBe('verified');
    expect(harness.usdc(vault)).toBe(7n);
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.engine.enableTrading(vault).ok).toBe(true);
    expect(harness.allowed(vault)).toBe(true);
  });

  it('the stored slot shows other holdings than before: discrepant even if two reads agree', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.slotsPerRead = 0n;
    harness.venue.standing = { kind: 'falsify', vaultId: vault, usdc: 8n };
    await harness.clock.advance(5_000);
    expect(harness.view(vault).state.verification.kind).toBe('discrepant');
    expect(harness.usdc(vault)).toBe(100_000_000n);
  });

  it('one read that contradicts the stored slot is enough, whatever a later slot shows', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.slotsPerRead = 0n;
    harness.venue.script = [{ kind: 'falsify', vaultId: vault, usdc: 8n }];
    harness.venue.afterRead = () => {
      harness.venue.slotsPerRead = 1n;
    };
    await harness.clock.advance(5_000);
    expect(harness.lastRun(vault).outcome).toBe('discrepant');
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.usdc(vault)).toBe(100_000_000n);
  });

  it('a row whose figures changed together, formula and all, is not what was written', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.store.corruptLoads = (state) => {
      if (state.observation === null) return state;
      const { snapshot } = state.observation;
      const figures = { ...snapshot.figures, totalCollateral: quoteAmount(1n) };
      const wrong = { ...snapshot, figures };
      return { ...state, observation: { snapshot: wrong, balances: deriveBalances(wrong) } };
    };
    await harness.clock.advance(5_000);
    expect(harness.view(vault).state.verification.kind).toBe('discrepant');
    expect(harness.allowed(vault)).toBe(false);
  });

  it.each(['lag', 'unchecked-lag'] as const)(
    'a node behind never overwrites newer figures (%s)',
    async (kind) => {
      const harness = new Harness();
      const vault = await harness.withVerifiedVault(1n);
      harness.venue.set(vault, { usdc: 2n });
      await harness.clock.advance(5_000);
      expect(harness.usdc(vault)).toBe(2n);
      harness.venue.script = [{ kind, slots: 20n }];
      await harness.clock.advance(5_000);
      expect(harness.usdc(vault)).toBe(2n);
      expect(harness.view(vault).phase).toMatchObject({
        kind: 'waiting',
        error: { code: kind === 'lag' ? 'NODE_BEHIND' : 'SLOT_OLDER' },
      });
      await harness.clock.advance(1_000);
      expect(harness.lastRun(vault)).toMatchObject({ outcome: 'verified' });
      expect(harness.eventsOf('VAULT_SYNC_ERROR')).toEqual([]);
    },
  );

  it('a second read behind the first fails the attempt and stores nothing', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault(1n);
    harness.venue.slot += 100n;
    harness.venue.set(vault, { usdc: 2n });
    harness.venue.script = [{ kind: 'none' }, { kind: 'unchecked-lag', slots: 50n }];
    await harness.clock.advance(5_000);
    expect(harness.usdc(vault)).toBe(1n);
    expect(harness.store.loadSyncState(vault).observation?.balances.USDC).toBe(1n);
    await harness.clock.advance(1_000);
    expect(harness.usdc(vault)).toBe(2n);
  });

  it('figures of an earlier run of Keel are stale until verified anew (S1)', async () => {
    const first = new Harness();
    const vault = await first.withVerifiedVault();
    first.engine.stop();
    const second = new Harness({}, { store: first.store, ledger: first.ledger }, 'b');
    second.venue.slot = first.venue.slot;
    second.venue.set(vault, { usdc: 100_000_000n });
    second.engine.open();
    expect(second.allowed(vault)).toBe(false);
    expect(second.usdc(vault)).toBe(100_000_000n);
    expect(second.venue.reads).toEqual([]);
    second.start();
    await second.clock.advance(0);
    expect(second.venue.reads).toHaveLength(2);
    expect(second.lastRun(vault).cause).toBe('start');
    expect(second.allowed(vault)).toBe(true);
  });

  it('the stored row is loaded back: a row that breaks the formula is discrepant', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.store.corruptLoads = (state) =>
      state.observation === null
        ? state
        : {
            ...state,
            observation: {
              ...state.observation,
              balances: { ...state.observation.balances, USDC: quoteAmount(1n) },
            },
          };
    await harness.clock.advance(5_000);
    const { state } = harness.view(vault);
    expect(state.verification.kind).toBe('discrepant');
    expect(state.halt?.error.code).toBe('SNAPSHOT_DISCREPANT');
    expect(harness.allowed(vault)).toBe(false);
    harness.store.corruptLoads = null;
    expect(harness.store.loadSyncState(vault).halt).not.toBeNull();
    expect(harness.lastRun(vault).outcome).toBe('discrepant');
  });

  it('the balances shown are exactly those of the snapshot shown', async () => {
    const harness = new Harness();
    harness.start();
    const vault = harness.addVault(0, null);
    harness.venue.set(vault, { usdc: 10n, perpBase: 3_000_000_001n, markPrice: 7_777_777n });
    await harness.clock.advance(0);
    const observation = harness.view(vault).state.observation;
    if (observation === null) throw new Error('nothing observed');
    expect(balancesEqual(deriveBalances(observation.snapshot), observation.balances)).toBe(true);
    expect(observation.balances).toEqual({ USDC: 0n, DRIFT_POS: 23_333_331n, SOL: 0n });
  });
});
