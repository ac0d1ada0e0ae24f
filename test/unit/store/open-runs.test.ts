/** Attempts of a run that has not ended are on disk already (S4). */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { SyncRun } from '#domain/sync-run.ts';
import { onChainVault } from '#test/support/vaults.ts';
import { failedRun, snapshotOf, START_MS, verifiedState } from './observations.ts';
import { openTestStore, testFolder } from './open-test-store.ts';

const vault = onChainVault(1);
const whole = failedRun('run', vault.id, START_MS);
const after = (attempts: number): SyncRun => ({
  ...whole,
  attempts: whole.attempts.slice(0, attempts),
});

function stored() {
  const file = join(testFolder(), 'keel.db');
  const store = openTestStore(file);
  store.vaultStore.insertVault(vault);
  return { file, store };
}

it('a run that was noted while it was open ends in its place, each attempt once', () => {
  const { store } = stored();
  store.vaultStore.recordOpenRuns([after(1)]);
  store.vaultStore.recordOpenRuns([after(2)]);
  expect(store.vaultStore.loadSyncRuns(vault.id, 9)).toEqual([after(2)]);
  const end = { ...whole, outcome: 'verified' as const };
  const state = verifiedState(snapshotOf({ slot: 9n, atMs: START_MS }));
  store.vaultStore.commitSyncs([{ vaultId: vault.id, run: end, state }]);
  expect(store.vaultStore.loadSyncRuns(vault.id, 9)).toEqual([end]);
  expect(() => store.vaultStore.commitSyncs([{ vaultId: vault.id, run: end, state }])).toThrow();
});

it('a process that dies leaves the attempts, and the next one goes on', () => {
  const { file, store } = stored();
  store.vaultStore.recordOpenRuns([after(2)]);
  store.close();
  const { vaultStore } = openTestStore(file);
  expect(vaultStore.loadSyncRuns(vault.id, 9)).toEqual([after(2)]);
  expect(() => vaultStore.recordOpenRuns([after(3)])).toThrow('DATABASE_WRITE_FAILED');
});
