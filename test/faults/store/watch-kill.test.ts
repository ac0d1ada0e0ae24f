import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openStore, type Store } from '#main/store/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { runUntilKilled } from '#test/support/run-until-killed.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { testFolder } from '#test/unit/store/open-test-store.ts';
import { watchAfter } from './watch-steps.ts';

const KILLS = 40;
const LANES = 2;
const CHILD = join(import.meta.dirname, 'watch-forever.ts');

function open(file: string): Store {
  const opened = openStore({ file, clock: new FakeClock(), logger: silentLogger });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  return opened.value;
}

/** Every acknowledged stop, lift and alert is there; one more step may be. Returns the steps taken. */
function checkWhole({ watchStore, notices, integrityCheck }: Store, acknowledged: number): number {
  expect(notices).toEqual([]);
  expect(integrityCheck()).toEqual({ ok: true, value: null });
  const found = { haltAll: watchStore.loadHaltAll(), raised: watchStore.loadRaisedAlerts() };
  expect([acknowledged, acknowledged + 1].map(watchAfter)).toContainEqual(found);
  const reached = [acknowledged + 1, acknowledged].find(
    (steps) => JSON.stringify(watchAfter(steps)) === JSON.stringify(found),
  );
  const rounds = Math.ceil(((reached ?? 0) - 1) / 4);
  expect(watchStore.loadAlerts(1_000_000, null)).toHaveLength(rounds);
  return reached ?? 0;
}

async function killAgainAndAgain(file: string, kills: number): Promise<number> {
  let reached = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const acknowledged = Number(await runUntilKilled(CHILD, [file, String(reached + 1)], 30));
    const store = open(file);
    reached = checkWhole(store, acknowledged);
    store.close();
  }
  return reached;
}

it(
  `loses no acknowledged stop and no alert through ${KILLS} kills`,
  { timeout: 240_000 },
  async () => {
    const lanes = Array.from({ length: LANES }, () =>
      killAgainAndAgain(join(testFolder(), 'keel.db'), KILLS / LANES),
    );
    for (const reached of await Promise.all(lanes)) {
      expect(reached).toBeGreaterThanOrEqual(KILLS / LANES);
    }
  },
);
