import { describe, expect, it } from 'vitest';
import { DEFAULT_WATCH_SETTINGS } from '#domain/watch-settings.ts';
import type { Holdings } from '#test/support/snapshots.ts';
import { SAFE, WatchHarness } from './watch-harness.ts';

const SILENT = { kind: 'whole', code: 'RPC_TIMEOUT' } as const;

async function begun(holdings: Holdings = SAFE) {
  const harness = new WatchHarness();
  const [vault] = await harness.begin(holdings);
  if (vault === undefined) throw new Error('no vault');
  return { harness, vault };
}

describe('a margin that can no longer be judged', () => {
  it('is told when nothing was verified for the set time, and cleared by the next verified sync', async () => {
    const { harness, vault } = await begun();
    harness.venue.standing = SILENT;
    await harness.clock.advance(59_800);
    expect(harness.changes('margin-unknown/')).toEqual([]);
    await harness.clock.advance(200);
    expect(harness.raised('margin-unknown/')).toMatchObject([
      { kind: 'margin-unknown', severity: 'warning', vaultId: vault },
    ]);
    expect(harness.raised('margin-unknown/')[0]?.text).toContain('Health was 90 when');
    await harness.clock.advance(600_000);
    expect(harness.rings('margin-unknown/')).toBe(1);
    harness.venue.standing = { kind: 'none' };
    await harness.clock.advance(10_000);
    expect(harness.changes('margin-unknown/')).toEqual(['raised', 'cleared']);
  });

  it('rings as critical where health was low when it was last known', async () => {
    const { harness } = await begun({ ...SAFE, healthBps: 3_000 });
    harness.venue.standing = SILENT;
    await harness.clock.advance(70_000);
    expect(harness.raised('margin-unknown/')).toMatchObject([{ severity: 'critical' }]);
  });

  it('a vault without margin in use has nothing to lose', async () => {
    const { harness } = await begun({ usdc: 100_000_000n });
    harness.venue.standing = SILENT;
    await harness.clock.advance(600_000);
    expect(harness.changes('margin-unknown/')).toEqual([]);
  });

  it('a vault that was never read is told of, too', async () => {
    const harness = new WatchHarness();
    harness.start();
    harness.venue.standing = SILENT;
    harness.addVault(0);
    await harness.clock.advance(59_999);
    expect(harness.changes('margin-unknown/')).toEqual([]);
    await harness.clock.advance(1);
    expect(harness.changes('margin-unknown/')).toEqual(['raised']);
  });

  it('a start gives the time anew, and restarts tell nothing twice', async () => {
    const { harness } = await begun();
    harness.venue.standing = SILENT;
    await harness.clock.advance(30_000);
    const second = harness.restart();
    second.clock.suspend(86_400_000);
    second.venue.standing = SILENT;
    second.start();
    await second.clock.advance(59_999);
    expect(second.changes('margin-unknown/')).toEqual([]);
    await second.clock.advance(1);
    expect(second.changes('margin-unknown/')).toEqual(['raised']);
    const third = second.restart();
    third.venue.standing = SILENT;
    third.start();
    await third.clock.advance(300_000);
    expect(third.rings('margin-unknown/')).toBe(0);
    expect(third.raised('margin-unknown/')).toHaveLength(1);
  });

  it('sleep does not count', async () => {
    const { harness } = await begun();
    harness.clock.suspend(3_600_000);
    harness.engine.wake();
    await harness.clock.advance(10_000);
    expect(harness.changes('margin-unknown/')).toEqual([]);
  });

  it('a shorter time counts at once', async () => {
    const { harness } = await begun();
    harness.venue.standing = SILENT;
    await harness.clock.advance(20_000);
    harness.engine.updateWatchSettings({ ...DEFAULT_WATCH_SETTINGS, marginUnknownAfterMs: 25_000 });
    await harness.clock.advance(4_800);
    expect(harness.changes('margin-unknown/')).toEqual([]);
    await harness.clock.advance(200);
    expect(harness.changes('margin-unknown/')).toEqual(['raised']);
  });

  it('stops with the engine', async () => {
    const { harness } = await begun();
    harness.engine.stop();
    expect(harness.clock.pending).toBe(0);
    await harness.clock.advance(600_000);
    expect(harness.changes()).toEqual([]);
  });
});
