import { describe, expect, it } from 'vitest';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import { BEAT_MS, SAFE, WatchHarness } from './watch-harness.ts';

async function begun(): Promise<{ harness: WatchHarness; vault: Vault }> {
  const harness = new WatchHarness();
  const [vault] = await harness.begin();
  if (vault === undefined) throw new Error('no vault');
  return { harness, vault };
}
type Vault = Awaited<ReturnType<WatchHarness['begin']>>[number];

describe('the margin watch (M1)', () => {
  it('50.4 → 49.9 → 50.1 → 49.8 rings once', async () => {
    const { harness, vault } = await begun();
    for (const healthBps of [5_040, 4_990, 5_010, 4_980]) await harness.beat(vault, { healthBps });
    expect(harness.rings()).toBe(1);
    expect(harness.raised()).toMatchObject([{ key: `margin/${vault}`, severity: 'warning' }]);
    expect(harness.told()[0]?.alert.text).toContain(
      'Health 49.9 is below the warning limit of 50.',
    );
  });

  it('exactly on the threshold is not below it; only at 52 is it over', async () => {
    const { harness, vault } = await begun();
    await harness.beat(vault, { healthBps: 5_000 });
    expect(harness.rings()).toBe(0);
    await harness.beat(vault, { healthBps: 4_999 });
    await harness.beat(vault, { healthBps: 5_199 });
    expect(harness.raised()).toHaveLength(1);
    await harness.beat(vault, { healthBps: 5_200 });
    expect(harness.changes()).toEqual(['raised', 'cleared']);
    expect(harness.raised()).toEqual([]);
  });

  it('what is acknowledged stays quiet until it clears and comes back under a new id', async () => {
    const { harness, vault } = await begun();
    await harness.beat(vault, { healthBps: 4_900 });
    const [first] = harness.raised();
    if (first === undefined) throw new Error('not raised');
    expect(harness.engine.acknowledgeAlert(first.id).ok).toBe(true);
    for (let beat = 0; beat < 30; beat += 1) {
      await harness.beat(vault, { healthBps: 4_900 - beat });
    }
    expect(harness.rings()).toBe(1);
    expect(harness.raised()[0]?.acknowledgedAtMs).not.toBeNull();
    await harness.beat(vault, { healthBps: 6_000 });
    await harness.beat(vault, { healthBps: 4_900 });
    expect(harness.rings()).toBe(2);
    expect(harness.raised()[0]).toMatchObject({ acknowledgedAtMs: null });
    expect(harness.raised()[0]?.id).not.toBe(first.id);
  });

  it('critical overrides an acknowledged warning, and says where liquidation begins', async () => {
    const { harness, vault } = await begun();
    await harness.beat(vault, { healthBps: 4_900 });
    const [warning] = harness.raised();
    if (warning === undefined) throw new Error('not raised');
    harness.engine.acknowledgeAlert(warning.id);
    await harness.beat(vault, {
      healthBps: 1_940,
      liquidationPrice: 120_350_000n,
      maintenanceMargin: 1_234_560_000n,
    });
    expect(harness.changes()).toEqual(['raised', 'acknowledged', 'worse']);
    expect(harness.raised()).toMatchObject([
      {
        id: warning.id,
        severity: 'critical',
        acknowledgedAtMs: null,
        title: 'The margin of Vault 0 is critical',
        text: 'Health 19.4 is below the critical limit of 20. Leverage 0.00×, maintenance margin 1,234.56 USD. SOL-PERP is liquidated at 120.35, 19.7 % below the oracle price of 150.00.',
      },
    ]);
  });

  it('between the limits it is milder, silently; back below critical it rings', async () => {
    const { harness, vault } = await begun();
    for (const healthBps of [1_990, 2_100, 2_200, 1_990]) await harness.beat(vault, { healthBps });
    expect(harness.changes()).toEqual(['raised', 'milder', 'worse']);
  });

  it('being liquidated is critical whatever the health', async () => {
    const { harness, vault } = await begun();
    await harness.beat(vault, { healthBps: 9_000, accountFlags: ['beingLiquidated'] });
    expect(harness.raised()).toMatchObject([
      { severity: 'critical', title: 'Vault 0 is being liquidated' },
    ]);
    await harness.beat(vault, { accountFlags: ['reduceOnly'] });
    expect(harness.raised()).toEqual([]);
  });

  it('a read that nobody vouches for raises nothing and clears nothing', async () => {
    const { harness, vault } = await begun();
    harness.venue.standing = { kind: 'vault', vaultId: vault, code: 'RPC_TIMEOUT' };
    await harness.beat(vault, { healthBps: 500 });
    await harness.clock.advance(20_000);
    expect(harness.changes('margin/')).toEqual([]);
    harness.venue.standing = { kind: 'none' };
    await harness.clock.advance(10_000);
    expect(harness.changes('margin/')).toEqual(['raised']);
    harness.venue.standing = { kind: 'falsify', vaultId: vault, usdc: 1n };
    harness.venue.slotsPerRead = 0n;
    harness.venue.set(vault, { ...SAFE, healthBps: 9_900 });
    harness.venue.slot -= 1n;
    await harness.clock.advance(BEAT_MS);
    expect(harness.changes('margin/')).toEqual(['raised']);
  });

  it('is told after the commit of the figures that it tells of', async () => {
    const { harness, vault } = await begun();
    await harness.beat(vault, { healthBps: 4_000 });
    const types = harness.events.map(({ event }) => event.type);
    expect(types).toEqual(['VAULT_CHANGED', 'ALERT_CHANGED']);
    const stored = harness.store.loadSyncState(vault).observation?.snapshot;
    expect(stored?.figures.healthBps).toBe(4_000);
  });

  it('changed thresholds are judged at once, without a read', async () => {
    const { harness, vault } = await begun();
    await harness.beat(vault, { healthBps: 5_500 });
    harness.engine.updateWatchSettings({ ...DEFAULT_WATCH_SETTINGS, warningHealthBps: 6_000 });
    expect(harness.raised()).toMatchObject([{ severity: 'warning' }]);
    harness.engine.updateWatchSettings({ ...DEFAULT_WATCH_SETTINGS, criticalHealthBps: 5_600 });
    expect(harness.changes()).toEqual(['raised', 'worse']);
    harness.engine.updateWatchSettings(DEFAULT_WATCH_SETTINGS);
    expect(harness.changes()).toEqual(['raised', 'worse', 'cleared']);
  });

  it('archiving clears every alert of the vault', async () => {
    const harness = new WatchHarness();
    const [first, second] = await harness.begin(SAFE, 2);
    if (first === undefined || second === undefined) throw new Error('no vaults');
    await harness.beat(second, { healthBps: 1_000 });
    harness.venue.standing = { kind: 'vault', vaultId: second, code: 'SUB_ACCOUNT_MISSING' };
    await harness.clock.advance(70_000);
    expect(harness.raised().map(({ kind }) => kind)).toEqual(['margin', 'sync', 'margin-unknown']);
    expect(harness.engine.setArchived(second, true).ok).toBe(true);
    expect(harness.raised()).toEqual([]);
    await harness.clock.advance(120_000);
    expect(harness.raised()).toEqual([]);
  });

  it('a restart goes on with the alert that is raised, and neither rings nor clears by itself', async () => {
    const { harness, vault } = await begun();
    await harness.beat(vault, { healthBps: 4_900 });
    const before = harness.raised();
    const same = new Map([[vault, { ...SAFE, healthBps: 5_100 }]]);
    const second = harness.restart(same);
    second.start();
    await second.clock.advance(60_000);
    const third = second.restart(new Map([[vault, { ...SAFE, healthBps: 4_900 }]]));
    third.start();
    await third.clock.advance(60_000);
    expect(second.rings() + third.rings()).toBe(0);
    expect(third.raised().map(({ id }) => id)).toEqual(before.map(({ id }) => id));
    await third.beat(vault, { healthBps: 5_200 });
    expect(third.raised()).toEqual([]);
  });

  it('figures of an earlier run are judged by nothing until they are verified again', async () => {
    const { harness, vault } = await begun();
    await harness.beat(vault, { healthBps: 4_900 });
    const next = harness.restart(new Map([[vault, { ...SAFE, healthBps: 4_900 }]]));
    next.venue.standing = { kind: 'whole', code: 'RPC_TIMEOUT' };
    next.start();
    await next.clock.advance(1_000);
    next.engine.updateWatchSettings({ ...DEFAULT_WATCH_SETTINGS, warningHealthBps: 4_000 });
    expect(next.changes('margin/')).toEqual([]);
    next.venue.standing = { kind: 'none' };
    await next.clock.advance(10_000);
    expect(next.changes('margin/')).toEqual(['cleared']);
  });

  it('what was archived on record is cleared at the start', async () => {
    const { harness, vault } = await begun();
    await harness.beat(vault, { healthBps: 4_900 });
    harness.engine.stop();
    const stored = harness.view(vault).vault;
    harness.store.updateVault({ ...stored, archivedAtMs: harness.clock.nowMs() });
    const next = harness.restart();
    next.start();
    expect(next.changes()).toEqual(['cleared']);
  });
});
