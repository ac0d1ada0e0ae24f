import { describe, expect, it } from 'vitest';
import { BEAT_MS, SAFE, WatchHarness } from './watch-harness.ts';

const SILENT = { kind: 'whole', code: 'RPC_TIMEOUT' } as const;
const OUTAGE_MS = BEAT_MS + 7_000;

describe('the alert of an outage (S5)', () => {
  it('is raised with the sync error, in its words, and cleared with the recovery', async () => {
    const harness = new WatchHarness();
    const [vault] = await harness.begin({ usdc: 100_000_000n });
    harness.venue.standing = SILENT;
    await harness.clock.advance(OUTAGE_MS);
    expect(harness.raised()).toMatchObject([
      {
        key: `sync/${vault}`,
        kind: 'sync',
        severity: 'warning',
        title: 'Vault 0 is out of step',
        text: 'Scripted RPC_TIMEOUT. Trading is halted.',
        advice: 'Nothing to do.',
        vaultId: vault,
      },
    ]);
    await harness.clock.advance(300_000);
    expect(harness.changes('sync/')).toEqual(['raised']);
    harness.venue.standing = { kind: 'none' };
    await harness.clock.advance(10_000);
    expect(harness.changes('sync/')).toEqual(['raised', 'cleared']);
  });

  it('is critical where margin is in use', async () => {
    const harness = new WatchHarness();
    await harness.begin(SAFE);
    harness.venue.standing = SILENT;
    await harness.clock.advance(OUTAGE_MS);
    expect(harness.raised('sync/')).toMatchObject([{ severity: 'critical' }]);
  });

  it('is critical where two reads contradict each other, also in an outage that lasts', async () => {
    const harness = new WatchHarness();
    const [vault] = await harness.begin({ usdc: 100_000_000n });
    if (vault === undefined) throw new Error('no vault');
    harness.venue.standing = SILENT;
    await harness.clock.advance(OUTAGE_MS);
    const stored = harness.view(vault).state.observation?.snapshot.slot ?? 0n;
    harness.venue.slotsPerRead = 0n;
    harness.venue.slot = stored;
    harness.venue.standing = { kind: 'falsify', vaultId: vault, usdc: 1n };
    await harness.clock.advance(10_000);
    expect(harness.view(vault).state.verification.kind).toBe('discrepant');
    expect(harness.changes('sync/')).toEqual(['raised', 'worse']);
    expect(harness.raised('sync/')).toMatchObject([{ severity: 'critical' }]);
  });

  it('goes on over a restart without ringing again', async () => {
    const harness = new WatchHarness();
    const [vault] = await harness.begin(SAFE);
    if (vault === undefined) throw new Error('no vault');
    harness.venue.standing = SILENT;
    await harness.clock.advance(OUTAGE_MS);
    const [before] = harness.raised('sync/');
    const next = harness.restart(new Map([[vault, SAFE]]));
    next.venue.standing = SILENT;
    next.start();
    await next.clock.advance(60_000);
    expect(next.rings('sync/')).toBe(0);
    expect(next.raised('sync/')[0]?.id).toBe(before?.id);
    next.venue.standing = { kind: 'none' };
    await next.clock.advance(10_000);
    expect(next.changes('sync/')).toEqual(['cleared']);
  });
});
