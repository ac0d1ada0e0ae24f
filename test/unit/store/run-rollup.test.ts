import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { commitOf, failedRun, unreachable, verifiedRun } from './observations.ts';
import { onChainVault } from '#test/support/vaults.ts';
import { openTestStore, testFolder } from './open-test-store.ts';

const HOUR = 3_600_000;
const vault = onChainVault(1);

function filled() {
  const clock = new FakeClock();
  const opened = openTestStore(join(testFolder(), 'keel.db'), clock);
  opened.vaultStore.insertVault(vault);
  const start = Math.ceil(clock.nowMs() / HOUR) * HOUR;
  const { state } = commitOf(vault, { slot: 1n, atMs: start });
  const commit = (run: ReturnType<typeof verifiedRun>) =>
    opened.vaultStore.commitSyncs([{ vaultId: vault.id, run, state }]);
  const drain = () => {
    for (;;) {
      const slice = opened.maintain();
      if (!slice.ok || slice.value.done) return;
    }
  };
  const hours = () => opened.loadSyncHours(vault.id, unixMs(0), unixMs(10 ** 14));
  return { clock, start, commit, drain, hours, store: opened.vaultStore };
}

describe('the roll-up of runs', () => {
  it('keeps 24 hours verbatim, then counts by hour with shortest, average and longest', async () => {
    const { clock, start, commit, drain, hours, store } = filled();
    commit(verifiedRun('a', vault.id, start, 10));
    commit(verifiedRun('b', vault.id, start + HOUR - 100, 50));
    commit(verifiedRun('c', vault.id, start + HOUR, 30));
    await clock.advance(start - clock.nowMs() + 24 * HOUR);
    drain();
    expect(hours()).toEqual([]);
    await clock.advance(HOUR + 10);
    drain();
    expect(hours()).toEqual([{ hourStartMs: start, runs: 2, minMs: 10, averageMs: 30, maxMs: 50 }]);
    expect(store.loadSyncRuns(vault.id, 9).map(({ id }) => id)).toEqual(['c']);
    await clock.advance(48 * HOUR);
    drain();
    drain();
    expect(hours().map(({ runs }) => runs)).toEqual([2, 1]);
    expect(store.loadSyncRuns(vault.id, 9)).toEqual([]);
  });

  it('keeps for ever every run in which anything failed, with all its attempts', async () => {
    const { clock, start, commit, drain, hours, store } = filled();
    const failed = failedRun('failed', vault.id, start);
    const recovered = verifiedRun('recovered', vault.id, start + 1);
    const retried = {
      ...recovered,
      attempts: [
        { ...recovered.attempts[0]!, outcome: 'failed' as const, error: unreachable },
        { ...recovered.attempts[0]!, number: 2 },
      ],
    };
    const discrepant = {
      ...verifiedRun('odd', vault.id, start + 2),
      outcome: 'discrepant' as const,
    };
    for (const run of [failed, retried, discrepant]) commit(run);
    for (let index = 0; index < 500; index += 1) {
      commit(verifiedRun(`good-${index}`, vault.id, start + 10 + index));
    }
    await clock.advance(1_000 * 24 * HOUR);
    drain();
    expect(store.loadSyncRuns(vault.id, 1_000)).toEqual([discrepant, retried, failed]);
    expect(hours().reduce((sum, { runs }) => sum + runs, 0)).toBe(500);
  });
});
