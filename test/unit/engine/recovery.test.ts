import { describe, expect, it } from 'vitest';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import type { NetworkStatus, SocketState } from '#domain/network.ts';
import { Harness, NETWORK } from './harness.ts';

const DOWN = { kind: 'whole', code: 'RPC_UNREACHABLE' } as const;
const UP = { kind: 'none' } as const;

async function inOutage(vaults = 1) {
  const harness = new Harness();
  const vault = await harness.withVerifiedVault();
  const others = Array.from({ length: vaults - 1 }, (_, index) => harness.addVault(index + 1));
  await harness.clock.advance(0);
  harness.forget();
  harness.venue.endpointCount = 3;
  harness.venue.standing = DOWN;
  await harness.clock.advance(12_000);
  return { harness, vault, all: [vault, ...others] };
}

const statusOf = (socket: SocketState): NetworkStatus => ({
  network: NETWORK,
  endpointLabel: 'one',
  endpointIndex: 0,
  endpointCount: 3,
  socket,
  connection: 'connected',
  slot: 1n,
  latencyMs: 1,
  nextAttemptAtMs: null,
  endpoints: [],
});

describe('outage and recovery (S5, S8, S9)', () => {
  it('reconnects every 10 s, one attempt each, over the endpoints in turn, without heartbeats', async () => {
    const { harness } = await inOutage();
    harness.forget();
    await harness.clock.advance(40_000);
    expect(harness.readTimes()).toEqual([0, 10_000, 20_000, 30_000]);
    expect(harness.venue.reads.map(({ endpoint }) => endpoint)).toEqual([1, 2, 0, 1]);
  });

  it('announces an outage once, and records every attempt of it', async () => {
    const { harness, vault } = await inOutage();
    const since = harness.view(vault).state.failure?.atMs;
    await harness.clock.advance(60_000);
    expect(harness.eventsOf('VAULT_SYNC_ERROR')).toHaveLength(1);
    const runs = harness.store.loadSyncRuns(vault, 6);
    expect(runs.map(({ cause, attempts }) => [cause, attempts.length])).toEqual(
      runs.map(() => ['reconnect', 1]),
    );
    expect(harness.view(vault).state.failure).toMatchObject({ attempts: 4, atMs: since });
  });

  it('the connection comes back: all vaults are verified first, the halt stays until the trader’s act', async () => {
    const { harness, vault, all } = await inOutage(3);
    const failingSinceMs = harness.view(vault).state.failure?.atMs;
    harness.forget();
    harness.venue.standing = UP;
    await harness.clock.advance(10_000);
    expect(harness.venue.reads[0]?.vaultIds).toHaveLength(3);
    expect(harness.venue.reads[1]?.vaultIds).toHaveLength(3);
    for (const each of all) {
      expect(harness.view(each).state).toMatchObject({
        failure: null,
        halt: { error: { code: 'RPC_UNREACHABLE' }, attempts: 4 },
        verification: { kind: 'verified' },
      });
      expect(harness.allowed(each)).toBe(false);
    }
    expect(harness.eventsOf('VAULT_SYNC_RECOVERED')).toHaveLength(3);
    expect(harness.eventsOf('VAULT_SYNC_RECOVERED')[0]).toMatchObject({ failingSinceMs });
    expect(harness.engine.enableTrading(vault)).toEqual({ ok: true, value: {} });
    expect(harness.allowed(vault)).toBe(true);
    expect(harness.store.loadSyncState(vault).halt).toBeNull();
    harness.forget();
    await harness.clock.advance(10_000);
    expect(harness.readTimes()).toEqual([0, 5_000]);
  });

  it('a second outage is announced again', async () => {
    const { harness } = await inOutage();
    harness.venue.standing = UP;
    await harness.clock.advance(10_000);
    harness.venue.standing = DOWN;
    await harness.clock.advance(20_000);
    expect(harness.eventsOf('VAULT_SYNC_ERROR')).toHaveLength(2);
    expect(harness.eventsOf('VAULT_SYNC_RECOVERED')).toHaveLength(1);
  });

  it('Sync now during the outage tries fully, and its success ends the outage for all', async () => {
    const { harness, vault, all } = await inOutage(2);
    harness.forget();
    const failing = harness.engine.syncNow(vault);
    await harness.clock.advance(7_000);
    expect(await failing).toEqual({ ok: true, value: { verified: 0, failed: 1 } });
    expect(harness.venue.reads).toHaveLength(4);
    harness.venue.standing = UP;
    const synced = harness.engine.syncNow(vault);
    await harness.clock.advance(0);
    expect(await synced).toEqual({ ok: true, value: { verified: 1, failed: 0 } });
    for (const each of all) expect(harness.view(each).state.failure).toBeNull();
  });

  it('the operating system’s word that the network is back is not waited on', async () => {
    const { harness, vault } = await inOutage();
    harness.venue.standing = UP;
    harness.engine.connectionMayBeBack();
    await harness.clock.advance(0);
    expect(harness.view(vault).state.failure).toBeNull();
  });

  it('a wrong cluster is tried again at the reconnect cadence', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.endpointCount = 2;
    harness.venue.ofEndpoint.set(0, { kind: 'whole', code: 'WRONG_CLUSTER' });
    await harness.clock.advance(5_000);
    expect(harness.eventsOf('VAULT_SYNC_ERROR')).toMatchObject([{ attempts: 1 }]);
    await harness.clock.advance(10_000);
    expect(harness.venue.endpoint).toBe(1);
    expect(harness.view(vault).state.failure).toBeNull();
  });

  it('a lagging endpoint is left for the next one', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault(1n);
    harness.venue.set(vault, { usdc: 2n });
    await harness.clock.advance(5_000);
    harness.venue.endpointCount = 2;
    harness.venue.ofEndpoint.set(0, { kind: 'lag', slots: 500n });
    await harness.clock.advance(12_000);
    expect(harness.view(vault).state.failure?.error.code).toBe('NODE_BEHIND');
    expect(harness.usdc(vault)).toBe(2n);
    await harness.clock.advance(10_000);
    expect(harness.venue.endpoint).toBe(1);
    expect(harness.view(vault).state.failure).toBeNull();
  });

  it('a vault that does not exist leaves the endpoint alone and heals by itself', async () => {
    const harness = new Harness();
    await harness.withVerifiedVault();
    harness.venue.endpointCount = 2;
    const missing = harness.addVault(7, null);
    await harness.clock.advance(0);
    expect(harness.view(missing).state.failure?.error.code).toBe('SUB_ACCOUNT_MISSING');
    expect(harness.view(missing).state.observation).toBeNull();
    harness.venue.set(missing, { usdc: 3n });
    await harness.clock.advance(10_000);
    expect(harness.venue.endpoint).toBe(0);
    expect(harness.usdc(missing)).toBe(3n);
    expect(harness.eventsOf('VAULT_SYNC_RECOVERED')).toMatchObject([{ vaultId: missing }]);
  });

  it('after sleep nothing is vouched for until it has been read twice', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.latencyMs = 100;
    harness.clock.suspend(3_600_000);
    harness.engine.wake();
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.view(vault).synced).toBe(false);
    expect(harness.engine.enableTrading(vault)).toMatchObject({
      error: { code: 'TRADING_STILL_BLOCKED' },
    });
    await harness.clock.advance(200);
    expect(harness.lastRun(vault)).toMatchObject({ cause: 'wake', outcome: 'verified' });
    expect(harness.venue.reads).toHaveLength(2);
    expect(harness.allowed(vault)).toBe(true);
  });

  it('a hint heals a failed vault only by two reads', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.script = [{ kind: 'vault', vaultId: vault, code: 'ACCOUNT_MISMATCH' }];
    await harness.clock.advance(5_000);
    expect(harness.view(vault).state.failure).not.toBeNull();
    harness.forget();
    harness.venue.hint(vault);
    await harness.clock.advance(50);
    expect(harness.lastRun(vault).cause).toBe('subscription');
    expect(harness.venue.reads).toHaveLength(2);
    expect(harness.view(vault).state.failure).toBeNull();
  });

  it('a retry that goes on after sleep takes nothing from before it for granted', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.script = [DOWN];
    await harness.clock.advance(5_000);
    expect(harness.view(vault).phase.kind).toBe('waiting');
    harness.clock.suspend(3_600_000);
    harness.engine.wake();
    harness.forget();
    harness.venue.latencyMs = 10;
    await harness.clock.advance(1_015);
    expect(harness.venue.reads).toHaveLength(2);
    expect(harness.allowed(vault)).toBe(false);
    await harness.clock.advance(10);
    expect(harness.lastRun(vault)).toMatchObject({ cause: 'heartbeat', outcome: 'verified' });
    expect(harness.allowed(vault)).toBe(true);
  });

  it('waking is told as a recovery once the figures are vouched for, and only once', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    const lastGoodMs = harness.clock.nowMs();
    harness.clock.suspend(3_600_000);
    harness.engine.wake();
    expect(harness.eventsOf('VAULT_SYNC_RECOVERED')).toEqual([]);
    await harness.clock.advance(0);
    expect(harness.eventsOf('VAULT_SYNC_RECOVERED')).toMatchObject([
      { vaultId: vault, failingSinceMs: lastGoodMs },
    ]);
    await harness.clock.advance(20_000);
    expect(harness.eventsOf('VAULT_SYNC_RECOVERED')).toHaveLength(1);
  });

  it('asleep through an outage: halted, recovered once, enabled by the trader alone', async () => {
    const { harness, vault } = await inOutage();
    harness.clock.suspend(3_600_000);
    harness.engine.wake();
    await harness.clock.advance(7_000);
    expect(harness.view(vault).state.failure).not.toBeNull();
    harness.venue.standing = UP;
    await harness.clock.advance(10_000);
    expect(harness.eventsOf('VAULT_SYNC_RECOVERED')).toHaveLength(1);
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.engine.enableTrading(vault).ok).toBe(true);
    await harness.clock.advance(10_000);
    expect(harness.eventsOf('VAULT_SYNC_RECOVERED')).toHaveLength(1);
  });

  it('the gate closes by time alone, without event or read', async () => {
    const harness = new Harness({ heartbeatMs: 60_000 });
    const vault = await harness.withVerifiedVault();
    await harness.clock.advance(DEFAULT_SYNC_SETTINGS.staleAfterMs);
    expect(harness.allowed(vault)).toBe(true);
    await harness.clock.advance(1);
    expect(harness.events).toEqual([]);
    expect(harness.venue.reads).toEqual([]);
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.engine.enableTrading(vault)).toMatchObject({
      error: { code: 'TRADING_STILL_BLOCKED', details: { reasons: 'stale' } },
    });
  });

  it('a network begun anew under its old name: the old vault fails for good and says what to do', async () => {
    const harness = new Harness();
    const onChain = (genesisHash: string) => {
      harness.networks = harness.networks.map((each) => ({ ...each, genesisHash }));
      harness.engine.networkReplaced(NETWORK);
    };
    onChain('first');
    const vault = await harness.withVerifiedVault();
    harness.venue.slot = 5n;
    onChain('second');
    const fresh = harness.addVault(1, 7n);
    await harness.clock.advance(30_000);
    const { state } = harness.view(vault);
    expect(state.failure).toMatchObject({ attempts: 1, error: { code: 'WRONG_CLUSTER' } });
    expect(state.failure?.error.advice).toContain('Archive this vault');
    expect(harness.usdc(vault)).toBe(100_000_000n);
    expect(harness.allowed(vault)).toBe(false);
    expect(harness.venue.reads.flatMap(({ vaultIds }) => vaultIds)).not.toContain(vault);
    expect(harness.usdc(fresh)).toBe(7n);
    expect(harness.allowed(fresh)).toBe(true);
    onChain('first');
    harness.venue.slot = 9_000n;
    await harness.clock.advance(10_000);
    expect(harness.view(vault).state.failure).toBeNull();
    expect(harness.view(fresh).state.failure?.error.code).toBe('WRONG_CLUSTER');
  });

  it('a read of a network that was replaced meanwhile is no figure', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.latencyMs = 1_000;
    harness.venue.set(vault, { usdc: 66n });
    await harness.clock.advance(5_500);
    const old = harness.venue.reads.length;
    harness.engine.networkReplaced(NETWORK);
    harness.venue.set(vault, { usdc: 7n });
    harness.venue.latencyMs = 0;
    await harness.clock.advance(2_000);
    expect(old).toBe(1);
    const seen = harness
      .eventsOf('VAULT_CHANGED')
      .map(({ view }) => view.state.observation?.balances.USDC);
    expect(seen).not.toContain(66n);
    expect(harness.usdc(vault)).toBe(7n);
  });

  it('a read that was under way when the computer slept vouches for nothing', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.latencyMs = 1_000;
    await harness.clock.advance(5_500);
    expect(harness.venue.reads).toHaveLength(1);
    harness.engine.wake();
    await harness.clock.advance(600);
    expect(harness.lastRun(vault).cause).toBe('heartbeat');
    expect(harness.view(vault).synced).toBe(false);
    await harness.clock.advance(2_000);
    expect(harness.lastRun(vault).cause).toBe('wake');
    expect(harness.allowed(vault)).toBe(true);
  });

  it('what the window is told never vouches for more than the engine does after sleep', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.standing = DOWN;
    harness.engine.wake();
    await harness.clock.advance(0);
    expect(harness.eventsOf('VAULT_CHANGED').every(({ view }) => !view.synced)).toBe(true);
    expect(harness.view(vault).phase.kind).toBe('waiting');
  });

  it('a socket that comes back means missed hints: all vaults are read', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.tellStatus(statusOf('live'));
    await harness.clock.advance(0);
    expect(harness.venue.reads).toEqual([]);
    harness.venue.tellStatus(statusOf('down'));
    harness.venue.tellStatus(statusOf('connecting'));
    harness.venue.tellStatus(statusOf('live'));
    await harness.clock.advance(0);
    expect(harness.lastRun(vault).cause).toBe('reconnect');
  });

  it('the network’s status says when the next attempt is due', async () => {
    const { harness } = await inOutage();
    harness.venue.tellStatus(statusOf('down'));
    expect(harness.engine.networkStatuses()).toMatchObject([
      { connection: 'reconnecting', nextAttemptAtMs: harness.clock.nowMs() + 10_000 },
    ]);
    harness.venue.standing = UP;
    await harness.clock.advance(10_000);
    expect(harness.eventsOf('NETWORK_CHANGED').at(-1)?.status).toMatchObject({
      connection: 'connected',
      nextAttemptAtMs: null,
    });
  });

  it('a failure of an earlier run of Keel is recovered from', async () => {
    const { harness, vault } = await inOutage();
    harness.engine.stop();
    const later = new Harness({}, { store: harness.store, ledger: harness.ledger }, 'b');
    later.venue.slot = harness.venue.slot;
    later.venue.set(vault, { usdc: 100_000_000n });
    later.start();
    await later.clock.advance(0);
    expect(later.eventsOf('VAULT_SYNC_RECOVERED')).toHaveLength(1);
    expect(later.view(vault).state.halt).not.toBeNull();
    expect(later.allowed(vault)).toBe(false);
  });
});
