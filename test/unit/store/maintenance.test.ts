import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { writableDb } from '#main/store/database.ts';
import { pointsToThin } from '#main/store/history-thinning.ts';
import { openDatabase } from '#main/store/open-database.ts';
import { rollUpRuns } from '#main/store/run-rollup.ts';
import { vaultStoreOn } from '#main/store/vault-store.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { commitOf, START_MS } from './observations.ts';
import { onChainVault } from '#test/support/vaults.ts';
import { openTestStore, testFolder } from './open-test-store.ts';

const DAY = 86_400_000;

/** A clock on which every look costs two milliseconds, as if each step took that long. */
class SlowClock extends FakeClock {
  #looks = 0;
  override monotonicMs(): number {
    this.#looks += 2;
    return super.monotonicMs() + this.#looks;
  }
}

it('works in slices, each ended by the clock, and comes to every vault', async () => {
  const clock = new SlowClock();
  const opened = openTestStore(join(testFolder(), 'keel.db'), clock);
  const vaults = Array.from({ length: 60 }, (_, index) => onChainVault(index));
  for (const vault of vaults) {
    opened.vaultStore.insertVault(vault);
    opened.vaultStore.commitSyncs(
      [1, 2, 3].map((index) =>
        commitOf(vault, { slot: BigInt(index), atMs: START_MS + index, mark: BigInt(index) }),
      ),
    );
  }
  await clock.advance(10_000 * DAY);
  let slices = 0;
  for (let done = false; !done; slices += 1) {
    const slice = opened.maintain();
    if (!slice.ok) throw new Error(slice.error.message);
    done = slice.value.done;
    expect(slices).toBeLessThan(1_000);
  }
  expect(slices).toBeGreaterThan(30);
  for (const { id } of vaults) {
    const points = opened.vaultStore.loadHistory(id, unixMs(0), unixMs(10 ** 14));
    expect(points.map(({ slot }) => slot)).toEqual([1n, 3n]);
  }
});

it('keeps the number of verbatim runs bounded where there are very many vaults', () => {
  const opened = openDatabase({ file: join(testFolder(), 'keel.db') }, unixMs(0));
  if (!opened.ok) throw new Error(opened.error.message);
  const db = writableDb(opened.value.connection);
  const clock = new FakeClock();
  const store = vaultStoreOn(db, clock);
  const vault = onChainVault(1);
  store.insertVault(vault);
  for (let index = 0; index < 30; index += 1) {
    store.commitSyncs([commitOf(vault, { slot: BigInt(index), atMs: clock.nowMs() + index })]);
  }
  expect(rollUpRuns(db, clock.nowMs(), 100, 20n)).toEqual({ removed: 10, done: true });
  expect(store.loadSyncRuns(vault.id, 100)).toHaveLength(20);
  opened.value.connection.close();
});

it('thins a point only for a price-only successor in the same bucket', () => {
  const point = (fromMs: bigint, holdingsChanged = false) => ({ fromMs, tie: 0n, holdingsChanged });
  const stretch = [
    point(-1n),
    point(0n),
    point(1n),
    point(2n, true),
    point(3n),
    point(9n),
    point(10n),
    point(11n),
  ];
  expect(pointsToThin(stretch, 10n).map(({ fromMs }) => fromMs)).toEqual([0n, 3n, 10n]);
});
