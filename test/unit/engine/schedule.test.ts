import { describe, expect, it } from 'vitest';
import type { VaultId } from '#domain/ids.ts';
import { DEFAULT_SYNC_SETTINGS } from '#domain/sync-settings.ts';
import { SLICE } from '#main/engine/sync/in-slices.ts';
import { Harness } from './harness.ts';

async function manyVaults(count: number) {
  const harness = new Harness();
  const vaults: VaultId[] = [];
  for (let index = 0; index < count; index += 1) vaults.push(harness.addVault(index));
  harness.start();
  await harness.clock.advance(0);
  harness.forget();
  return { harness, vaults };
}

describe('when a vault is read (S2, S10)', () => {
  it('heartbeats are counted from start to start and never overlap', async () => {
    const harness = new Harness();
    await harness.withVerifiedVault();
    harness.venue.latencyMs = 3_000;
    await harness.clock.advance(20_000);
    expect(harness.readTimes()).toEqual([0, 5_000, 10_000, 15_000]);
    harness.forget();
    harness.venue.latencyMs = 7_000;
    await harness.clock.advance(30_000);
    const gaps = harness.readTimes().map((at, index, all) => at - (all[index - 1] ?? at));
    expect(gaps.slice(1).every((gap) => gap >= 7_000)).toBe(true);
  });

  it('hints of a burst become one read, at most 50 ms later', async () => {
    const { harness, vaults } = await manyVaults(3);
    const [first, second] = vaults;
    if (first === undefined || second === undefined) throw new Error('too few vaults');
    await harness.clock.advance(1_000);
    harness.venue.hint(first);
    await harness.clock.advance(30);
    harness.venue.hint(second);
    harness.venue.hint(first);
    expect(harness.venue.reads).toHaveLength(0);
    await harness.clock.advance(20);
    expect(harness.venue.reads.map(({ vaultIds }) => vaultIds)).toEqual([[first]]);
    await harness.clock.advance(30);
    expect(harness.venue.reads.map(({ vaultIds }) => vaultIds)).toEqual([[first], [second]]);
    expect(harness.lastRun(first).cause).toBe('subscription');
  });

  it('a hint during a run makes a further run follow at once', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.latencyMs = 400;
    await harness.clock.advance(5_100);
    harness.venue.set(vault, { usdc: 9n });
    harness.venue.hint(vault);
    harness.venue.hint(vault);
    await harness.clock.advance(1_200);
    expect(harness.readTimes()).toEqual([0, 400, 800]);
    expect(harness.usdc(vault)).toBe(9n);
    expect(harness.store.loadSyncRuns(vault, 2).map(({ cause }) => cause)).toEqual([
      'subscription',
      'heartbeat',
    ]);
  });

  it('a request during a run is a run of its own, after it', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.latencyMs = 400;
    await harness.clock.advance(5_100);
    const first = harness.engine.syncNow(vault);
    const second = harness.engine.syncNow(vault);
    await harness.clock.advance(1_200);
    expect(await Promise.all([first, second])).toEqual([
      { ok: true, value: { verified: 1, failed: 0 } },
      { ok: true, value: { verified: 1, failed: 0 } },
    ]);
    expect(harness.store.loadSyncRuns(vault, 3).map(({ cause }) => cause)).toEqual([
      'request',
      'heartbeat',
      'created',
    ]);
  });

  it('a change is shown within a heartbeat with the socket dead, and at once with it alive', async () => {
    const harness = new Harness();
    const vault = await harness.withVerifiedVault();
    harness.venue.set(vault, { usdc: 1n });
    await harness.clock.advance(5_000);
    expect(harness.usdc(vault)).toBe(1n);
    harness.venue.set(vault, { usdc: 2n });
    harness.venue.hint(vault);
    await harness.clock.advance(50);
    expect(harness.usdc(vault)).toBe(2n);
  });

  it('a changed heartbeat counts from the last start', async () => {
    const harness = new Harness();
    await harness.withVerifiedVault();
    await harness.clock.advance(2_500);
    harness.engine.updateSettings({ ...DEFAULT_SYNC_SETTINGS, heartbeatMs: 2_000 });
    await harness.clock.advance(0);
    expect(harness.venue.reads).toHaveLength(1);
    await harness.clock.advance(2_000);
    expect(harness.venue.reads).toHaveLength(2);
  });

  it('400 vaults: one read a heartbeat, commits in slices, one event a vault and no flicker', async () => {
    const { harness, vaults } = await manyVaults(400);
    await harness.clock.advance(5_000);
    expect(harness.venue.reads).toHaveLength(1);
    expect(harness.venue.reads[0]?.vaultIds).toHaveLength(400);
    expect(harness.store.commits.map(({ length }) => length)).toEqual(
      Array.from({ length: 400 / SLICE }, () => SLICE),
    );
    const changes = harness.eventsOf('VAULT_CHANGED');
    expect(changes.map(({ view }) => view.vault.id)).toEqual(vaults);
    expect(changes.every(({ view }) => view.phase.kind === 'idle')).toBe(true);
  });

  it('syncNow for all is one round for all', async () => {
    const { harness } = await manyVaults(30);
    const all = harness.engine.syncNow(null);
    await harness.clock.advance(0);
    expect(await all).toEqual({ ok: true, value: { verified: 30, failed: 0 } });
    expect(harness.venue.reads).toHaveLength(2);
  });

  it('revisions grow with every event of a vault', async () => {
    const { harness, vaults } = await manyVaults(2);
    harness.venue.standing = { kind: 'whole', code: 'RPC_TIMEOUT' };
    await harness.clock.advance(60_000);
    for (const vault of vaults) {
      const revisions = harness
        .eventsOf('VAULT_CHANGED')
        .filter(({ view }) => view.vault.id === vault)
        .map(({ view }) => view.revision);
      expect(revisions.length).toBeGreaterThan(5);
      expect(revisions).toEqual([...new Set(revisions)].sort((left, right) => left - right));
      expect(harness.view(vault).revision).toBe(revisions.at(-1));
    }
  });

  it('watches the vaults in use, and only those', async () => {
    const { harness, vaults } = await manyVaults(2);
    const [first, second] = vaults;
    if (first === undefined || second === undefined) throw new Error('too few vaults');
    expect(harness.venue.watched).toEqual([first, second]);
    harness.engine.setArchived(second, true);
    expect(harness.venue.watched).toEqual([first]);
    await harness.clock.advance(5_000);
    expect(harness.venue.reads[0]?.vaultIds).toEqual([first]);
    harness.engine.setArchived(second, false);
    expect(harness.venue.watched).toEqual([first, second]);
  });

  it('a vault archived during its read is not written any more', async () => {
    const { harness, vaults } = await manyVaults(2);
    const [, second] = vaults;
    if (second === undefined) throw new Error('too few vaults');
    harness.venue.latencyMs = 500;
    harness.venue.set(second, { usdc: 77n });
    const synced = harness.engine.syncNow(second);
    await harness.clock.advance(100);
    harness.engine.setArchived(second, true);
    await harness.clock.advance(2_000);
    expect(await synced).toEqual({ ok: true, value: { verified: 0, failed: 1 } });
    expect(harness.usdc(second)).toBe(100_000_000n);
    expect(harness.view(second).phase.kind).toBe('idle');
  });

  it('stop ends everything: no timer, no write, every waiter answered', async () => {
    const { harness, vaults } = await manyVaults(2);
    harness.venue.latencyMs = 500;
    const synced = harness.engine.syncNow(null);
    await harness.clock.advance(100);
    harness.engine.stop();
    await harness.clock.advance(1_000);
    expect(await synced).toEqual({ ok: true, value: { verified: 0, failed: 2 } });
    expect(harness.store.commits).toEqual([]);
    expect(harness.venue.closed).toBe(true);
    expect(harness.clock.pending).toBe(0);
    expect(vaults).toHaveLength(2);
  });
});
