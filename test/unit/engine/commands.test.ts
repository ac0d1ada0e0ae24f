import { describe, expect, it } from 'vitest';
import { address, networkId, vaultId } from '#domain/ids.ts';
import { quoteAmount } from '#domain/units.ts';
import { AUTHORITY, Harness, NETWORK } from './harness.ts';

const NOBODY = vaultId('nobody');

describe('vault commands (V1, V4, V6)', () => {
  it('every refused input names its field, its value and what to do', async () => {
    const harness = new Harness();
    const good = { name: 'A', engine: 'funding', network: NETWORK };
    const onChain = { ...good, authority: AUTHORITY, subAccountId: 0 };
    const refusals = [
      [harness.engine.addOnChainVault({ ...onChain, name: ' ' }), 'name', 'INPUT_INVALID'],
      [harness.engine.addOnChainVault({ ...onChain, engine: 'Fund!' }), 'engine', 'INPUT_INVALID'],
      [
        harness.engine.addOnChainVault({ ...onChain, authority: address('0OIl') }),
        'authority',
        'INPUT_INVALID',
      ],
      [
        harness.engine.addOnChainVault({ ...onChain, subAccountId: 65_536 }),
        'subAccountId',
        'INPUT_INVALID',
      ],
      [
        harness.engine.addOnChainVault({ ...onChain, subAccountId: 1.5 }),
        'subAccountId',
        'INPUT_INVALID',
      ],
      [
        harness.engine.addOnChainVault({ ...onChain, network: networkId('mars') }),
        'network',
        'NETWORK_UNKNOWN',
      ],
      [
        await harness.engine.createVirtualVault({ ...good, allocation: quoteAmount(0n) }),
        'allocation',
        'INPUT_INVALID',
      ],
      [
        await harness.engine.createVirtualVault({
          ...good,
          network: networkId('mars'),
          allocation: quoteAmount(1n),
        }),
        'network',
        'NETWORK_UNKNOWN',
      ],
    ] as const;
    for (const [result, field, code] of refusals) {
      expect(result).toMatchObject({ ok: false, error: { code, remedy: 'fix-input' } });
      if (result.ok) continue;
      expect(result.error.message.startsWith(`${field}: `)).toBe(true);
      expect(result.error.advice).not.toBe('');
    }
    expect(harness.engine.views()).toEqual([]);
  });

  it('one sub-account is one vault, also while it is archived', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    expect(() => harness.addVault(0)).toThrow('is the vault “Vault 0” already');
    harness.engine.setArchived(vault, true);
    expect(() => harness.addVault(0)).toThrow('already');
    expect(harness.engine.views()).toHaveLength(1);
  });

  it('the first vault of an engine is active; the badge moves, and is never doubled', () => {
    const harness = new Harness();
    harness.start();
    const first = harness.addVault(0);
    const second = harness.addVault(1);
    const active = () =>
      harness.engine
        .views()
        .filter(({ vault }) => vault.active)
        .map(({ vault }) => vault.id);
    expect(active()).toEqual([first]);
    expect(harness.engine.activate(second).ok).toBe(true);
    expect(active()).toEqual([second]);
    expect(harness.store.loadVaults().filter(({ active: on }) => on)).toHaveLength(1);
    expect(harness.engine.setArchived(second, true)).toMatchObject({
      error: { code: 'INPUT_INVALID' },
    });
    expect(harness.engine.activate(NOBODY)).toMatchObject({ error: { code: 'VAULT_NOT_FOUND' } });
    expect(harness.engine.setArchived(first, true).ok).toBe(true);
    expect(harness.engine.activate(first)).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    expect(harness.engine.setArchived(second, true).ok).toBe(true);
    expect(active()).toEqual([]);
    expect(harness.engine.setArchived(first, false).ok).toBe(true);
    expect(active()).toEqual([first]);
  });

  it('an archived vault keeps its history, may not trade, and is verified anew when restored', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.engine.setArchived(vault, true);
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.store.loadSyncRuns(vault, 9)).toHaveLength(1);
    expect(await harness.engine.syncNow(vault)).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    await harness.clock.advance(20_000);
    expect(harness.venue.reads).toEqual([]);
    harness.engine.setArchived(vault, false);
    expect(harness.allowed(vault)).toBe(false);
    await harness.clock.advance(0);
    expect(harness.allowed(vault)).toBe(true);
  });

  it('renames and reorders, on disk and in view', () => {
    const harness = new Harness();
    harness.start();
    const [a, b, c] = [harness.addVault(0), harness.addVault(1), harness.addVault(2)];
    expect(harness.engine.rename(a, '  Mainsail ').ok).toBe(true);
    expect(harness.view(a).vault.name).toBe('Mainsail');
    expect(harness.engine.rename(a, '')).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    expect(harness.engine.reorder([c, a]).ok).toBe(true);
    expect(harness.engine.views().map(({ vault }) => vault.id)).toEqual([c, a, b]);
    expect(harness.engine.reorder([c, c])).toMatchObject({ error: { code: 'INPUT_INVALID' } });
    expect(harness.engine.reorder([NOBODY])).toMatchObject({ error: { code: 'VAULT_NOT_FOUND' } });
    const stored = harness.store.loadVaults();
    expect(stored.find(({ id }) => id === a)).toEqual(harness.view(a).vault);
  });

  it('loads runs in pages, and refuses a span that ends before it begins', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    await harness.clock.advance(10_000);
    const page = harness.engine.loadSyncRuns(vault, 2, null);
    const runs = page.ok ? page.value.runs : [];
    expect(runs).toHaveLength(2);
    const rest = harness.engine.loadSyncRuns(vault, 2, runs[1]?.id ?? null);
    expect(rest).toMatchObject({ value: { runs: [{ cause: 'created' }] } });
    const now = harness.clock.nowMs();
    expect(harness.engine.loadHistory(vault, now, (now - 1) as never)).toMatchObject({
      error: { code: 'INPUT_INVALID' },
    });
    expect(harness.engine.loadSyncRuns(NOBODY, 1, null)).toMatchObject({
      error: { code: 'VAULT_NOT_FOUND' },
    });
  });
});

describe('trading (S9, M4)', () => {
  it('may trade when verified; halted by hand; enabled by hand', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    expect(harness.allowed(vault)).toBe(true);
    expect(harness.engine.haltTrading(vault).ok).toBe(true);
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.store.loadSyncState(vault).halt?.error.code).toBe('HALTED_BY_TRADER');
    await harness.clock.advance(10_000);
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.engine.enableTrading(vault).ok).toBe(true);
    expect(harness.allowed(vault)).toBe(true);
    expect(harness.store.loadSyncState(vault).halt).toBeNull();
  });

  it('a halt by hand survives an outage and a restart', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.engine.haltTrading(vault);
    harness.venue.script = [{ kind: 'whole', code: 'WRONG_CLUSTER' }];
    await harness.clock.advance(20_000);
    expect(harness.view(vault).state.halt?.error.code).toBe('HALTED_BY_TRADER');
    const later = new Harness({}, { store: harness.store, ledger: harness.ledger }, 'b');
    later.engine.open();
    expect(later.view(vault).state.halt?.error.code).toBe('HALTED_BY_TRADER');
  });

  it.each([
    ['before the first sync', 0, 'not-synced'],
    ['while a retry is waiting', 5_000, 'failing'],
    ['in an outage', 12_000, 'failing'],
  ] as const)('is refused %s', async (_when, waitMs, reason) => {
    const harness = new Harness();
    harness.start();
    const vault = harness.addVault(0);
    if (waitMs > 0) {
      await harness.clock.advance(0);
      harness.engine.haltTrading(vault);
      harness.venue.standing = { kind: 'whole', code: 'RPC_TIMEOUT' };
      await harness.clock.advance(waitMs);
    }
    expect(harness.engine.enableTrading(vault)).toMatchObject({
      error: { code: 'TRADING_STILL_BLOCKED', details: { reasons: reason } },
    });
    expect(harness.allowed(vault)).toBe(false);
  });

  it('is refused on stale figures', async () => {
    const harness = new Harness({ heartbeatMs: 60_000 });
    const vault = await harness.withVerifiedVault();
    await harness.clock.advance(15_001);
    expect(harness.engine.enableTrading(vault)).toMatchObject({
      error: { details: { reasons: 'stale' } },
    });
    expect(harness.allowed(vault)).toBe(false);
  });

  it('an enable that cannot be stored has not happened; a halt holds all the same', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.store.failWrites = () => true;
    expect(harness.engine.haltTrading(vault)).toMatchObject({
      error: { code: 'DATABASE_WRITE_FAILED' },
    });
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.engine.enableTrading(vault).ok).toBe(false);
    expect(harness.allowed(vault)).toBe(false);
  });

  it('a halt during a read is not undone by what the read brings', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.latencyMs = 500;
    await harness.clock.advance(5_100);
    harness.engine.haltTrading(vault);
    await harness.clock.advance(2_000);
    expect(harness.view(vault).state.halt).not.toBeNull();
    expect(harness.store.loadSyncState(vault).halt).not.toBeNull();
  });
});
