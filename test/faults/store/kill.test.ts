import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { VaultId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import { openStore, type Store } from '#main/store/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { runUntilKilled } from '#test/support/run-until-killed.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { testFolder } from '#test/unit/store/open-test-store.ts';
import { KILLED_VAULTS, numberedCommits } from './numbered-commits.ts';

const KILLS = 100;
/** Several processes at once, each with a database of its own: starting Node is what takes the time. */
const LANES = 2;
const CHILD = join(import.meta.dirname, 'commit-forever.ts');

function open(file: string): Store {
  const opened = openStore({ file, clock: new FakeClock(), logger: silentLogger });
  if (!opened.ok) throw new Error(`${opened.error.code}: ${opened.error.message}`);
  return opened.value;
}

/** Lets a child commit, kills it some time after an acknowledgement: the last one seen. */
const commitUntilKilled = async (file: string, first: number): Promise<number> =>
  Number(await runUntilKilled(CHILD, [file, String(first)], 40));

/** Nothing acknowledged is missing, and each vault is of one commit, the same for all. Returns its number. */
function checkWhole(store: Store, acknowledged: number): number {
  expect(store.notices).toEqual([]);
  expect(store.integrityCheck()).toEqual({ ok: true, value: null });
  const states = KILLED_VAULTS.map(({ id }) => store.vaultStore.loadSyncState(id));
  const stored = Number(states[0]?.observation?.snapshot.slot);
  expect(stored).toBeGreaterThanOrEqual(acknowledged);
  expect(stored).toBeLessThanOrEqual(acknowledged + 1);
  numberedCommits(stored).forEach(({ state, run, vaultId }, index) => {
    expect(states[index]).toEqual(state);
    expect(countedRuns(store, vaultId)).toBe(stored);
    const [newest] = store.vaultStore.loadSyncRuns(vaultId, 1);
    if (newest !== undefined) expect(newest).toEqual(run);
    const at = unixMs(stored * 5_000);
    expect(store.vaultStore.loadHistory(vaultId, at, at).at(-1)).toMatchObject({
      slot: BigInt(stored),
      totalCollateral: BigInt(stored) * 1_000_000n,
    });
  });
  return stored;
}

/** The commits are old enough for maintenance to roll their runs up: none may be lost or counted twice. */
function countedRuns(store: Store, vault: VaultId): number {
  const hours = store.loadSyncHours(vault, unixMs(0), unixMs(10 ** 13));
  const verbatim = store.vaultStore.loadSyncRuns(vault, 1_000_000).length;
  return hours.reduce((sum, { runs }) => sum + runs, verbatim);
}

async function killAgainAndAgain(file: string, kills: number): Promise<number> {
  const fresh = open(file);
  for (const vault of KILLED_VAULTS) fresh.vaultStore.insertVault(vault);
  fresh.close();
  let last = 0;
  for (let kill = 0; kill < kills; kill += 1) {
    const acknowledged = await commitUntilKilled(file, last + 1);
    const store = open(file);
    last = checkWhole(store, acknowledged);
    store.close();
  }
  return kills;
}

it(
  `keeps every acknowledged commit whole through ${KILLS} kills`,
  { timeout: 240_000 },
  async () => {
    const lanes = Array.from({ length: LANES }, () =>
      killAgainAndAgain(join(testFolder(), 'keel.db'), KILLS / LANES),
    );
    const kills = await Promise.all(lanes);
    expect(kills.reduce((sum, count) => sum + count, 0)).toBe(KILLS);
  },
);
