import { describe, expect, it } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import { Harness, NETWORK } from './harness.ts';

describe('bugs and full disks stop trading, never the engine', () => {
  it('a reader that throws is an ENGINE_FAULT of its vaults, and the engine goes on', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.script = [{ kind: 'throw' }];
    await harness.clock.advance(5_000);
    expect(harness.view(vault).state.failure?.error.code).toBe('ENGINE_FAULT');
    expect(harness.allowed(vault)).toBe(false);
    await harness.clock.advance(10_000);
    expect(harness.view(vault).state.failure).toBeNull();
  });

  it('a reader that leaves a vault out has not read it', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    const read = harness.venue.read.bind(harness.venue);
    harness.venue.read = async (vaults, minSlots) => {
      const result = await read(vaults, minSlots);
      return result.ok ? { ok: true, value: { ...result.value, observations: new Map() } } : result;
    };
    await harness.clock.advance(5_000);
    expect(harness.view(vault).state.failure?.error.code).toBe('ENGINE_FAULT');
    expect(harness.usdc(vault)).toBe(100_000_000n);
  });

  it('readers whose other calls throw do no harm', async () => {
    const harness = new Harness();
    const broken = () => {
      throw new Error('a bug');
    };
    harness.venue.watch = broken;
    harness.venue.useNextEndpoint = broken;
    harness.venue.status = broken;
    harness.venue.onStatus = broken;
    const vault = await harness.withVerifiedVault();
    harness.venue.standing = { kind: 'whole', code: 'RPC_TIMEOUT' };
    await harness.clock.advance(30_000);
    harness.venue.standing = { kind: 'none' };
    await harness.clock.advance(10_000);
    expect(harness.view(vault).state.failure).toBeNull();
  });

  it('one vault’s row cannot be written: that vault stops, the others of its slice go on', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    const other = harness.addVault(1);
    await harness.clock.advance(0);
    harness.venue.set(vault, { usdc: 5n });
    harness.venue.set(other, { usdc: 6n });
    harness.store.failWrites = (ids) => ids.includes(vault);
    await harness.clock.advance(5_000);
    expect(harness.view(vault).state.failure?.error.code).toBe('DATABASE_WRITE_FAILED');
    expect(harness.usdc(vault)).toBe(100_000_000n);
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.usdc(other)).toBe(6n);
    expect(harness.allowed(other)).toBe(true);
    harness.store.failWrites = null;
    await harness.clock.advance(10_000);
    expect(harness.usdc(vault)).toBe(5n);
    expect(harness.store.loadSyncState(vault).halt?.error.code).toBe('DATABASE_WRITE_FAILED');
  });

  it('what the store says of its refusal is what the trader is told', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    const full = keelError(
      'DATABASE_WRITE_FAILED',
      'operator',
      'The database could not be written: the disk is full.',
      'Free some disk space; what was committed is intact.',
      { sqlite: 'SQLITE_FULL' },
    );
    const { commitSyncs } = harness.store;
    harness.store.commitSyncs = () => {
      throw new KeelFault(full);
    };
    await harness.clock.advance(5_000);
    const { state } = harness.view(vault);
    expect(state.failure?.error).toEqual({
      ...full,
      message: `The result of the sync was not stored. ${full.message}`,
    });
    expect(state.halt?.error.advice).toContain('disk space');
    expect(harness.eventsOf('VAULT_SYNC_ERROR')).toMatchObject([{ error: { code: full.code } }]);
    expect(harness.usdc(vault)).toBe(100_000_000n);
    harness.store.commitSyncs = commitSyncs.bind(harness.store);
    await harness.clock.advance(10_000);
    expect(harness.view(vault).state.failure).toBeNull();
    expect(harness.eventsOf('VAULT_SYNC_RECOVERED')).toHaveLength(1);
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.engine.enableTrading(vault).ok).toBe(true);
  });

  it('figures that the store alone refuses: the run is in the log as failed, with failure and halt', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    const commitSyncs = harness.store.commitSyncs.bind(harness.store);
    harness.store.commitSyncs = (commits) => {
      if (commits.some(({ run }) => run.outcome === 'verified')) throw new Error('refused');
      commitSyncs(commits);
    };
    await harness.clock.advance(5_000);
    expect(harness.lastRun(vault)).toMatchObject({
      outcome: 'failed',
      attempts: [{ outcome: 'failed', error: { code: 'DATABASE_WRITE_FAILED' } }],
    });
    expect(harness.store.loadSyncState(vault)).toMatchObject({
      failure: { error: { code: 'DATABASE_WRITE_FAILED' } },
      halt: { error: { code: 'DATABASE_WRITE_FAILED' } },
    });
  });

  it('a full disk stops every vault and tells nothing that is not stored', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.set(vault, { usdc: 5n });
    harness.store.failWrites = () => true;
    await harness.clock.advance(60_000);
    expect(
      harness
        .eventsOf('VAULT_CHANGED')
        .every(({ view }) => view.state.observation?.balances.USDC === 100_000_000n),
    ).toBe(true);
    expect(harness.eventsOf('VAULT_SYNC_ERROR')).toHaveLength(1);
    const created = harness.engine.addOnChainVault({
      name: 'x',
      engine: 'funding',
      network: NETWORK,
      authority: harness.view(vault).vault.id.padEnd(44, 'A') as never,
      subAccountId: 3,
    });
    expect(created).toMatchObject({ error: { code: 'DATABASE_WRITE_FAILED' } });
    expect(harness.engine.views()).toHaveLength(1);
  });

  it('a listener that throws is ignored', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.events.push = () => {
      throw new Error('a bug in the window');
    };
    harness.venue.set(vault, { usdc: 5n });
    await harness.clock.advance(5_000);
    expect(harness.usdc(vault)).toBe(5n);
  });

  it('a database that cannot be loaded is an error of the start', () => {
    const harness = new Harness();
    harness.store.loadVaults = () => {
      throw new Error('file is not a database');
    };
    expect(harness.engine.start()).toMatchObject({ error: { code: 'ENGINE_FAULT' } });
    harness.store.loadVaults = () => {
      throw new KeelFault(keelError('DATABASE_CORRUPT', 'operator', 'A row is damaged.', 'Mend.'));
    };
    expect(harness.engine.start()).toMatchObject({ error: { code: 'DATABASE_CORRUPT' } });
  });

  it('a load-back that throws is a discrepancy', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.store.corruptLoads = () => {
      throw new Error('disk I/O error');
    };
    await harness.clock.advance(5_000);
    expect(harness.view(vault).state.verification.kind).toBe('discrepant');
  });

  it('a locked network is refused for on-chain vaults, old and new, with its reason', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.networks = harness.networks.map((network) => ({
      ...network,
      lockedBecause: 'this Electron is not an official build.',
    }));
    harness.engine.networkReplaced(NETWORK);
    await harness.clock.advance(0);
    expect(harness.view(vault).state.failure?.error).toMatchObject({
      code: 'NETWORK_LOCKED',
      message: 'network: “Practice” is locked: this Electron is not an official build.',
    });
    expect(() => harness.addVault(1)).toThrow('is locked');
    expect(harness.venue.reads).toEqual([]);
    expect(harness.venue.closed).toBe(true);
    harness.networks = harness.networks.map((network) => ({ ...network, lockedBecause: null }));
    harness.engine.networkReplaced(NETWORK);
    await harness.clock.advance(0);
    expect(harness.view(vault).state.failure).toBeNull();
  });
});
