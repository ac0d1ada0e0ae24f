/** A heartbeat's commits of all vaults, alone in a process. One argument: a `CommitOrder`. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SyncCommit } from '#main/engine/ports.ts';
import { SLICE } from '#main/engine/sync/in-slices.ts';
import { systemClock } from '#main/platform/system-clock.ts';
import { openStore } from '#main/store/index.ts';
import { commitOf, START_MS } from '#test/unit/store/observations.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { onChainVault } from '#test/support/vaults.ts';
import { medianMs, rounded } from './figures.ts';
import type { CommitOrder, CommitReport } from './orders.ts';
import { orderOf, report } from './target-process.ts';

const HEARTBEAT_MS = 5_000;

const order = orderOf<CommitOrder>();
const vaults = Array.from({ length: order.vaults }, (_, index) => onChainVault(index));
let heartbeats = 0;

/** Prices move: each heartbeat writes a new point of history for every vault. */
function nextHeartbeat(): readonly SyncCommit[] {
  heartbeats += 1;
  const slot = 100n + BigInt(heartbeats) * 12n;
  const atMs = START_MS + heartbeats * HEARTBEAT_MS;
  const mark = 20_000_000n + BigInt(heartbeats);
  return vaults.map((vault) => commitOf(vault, { slot, atMs, mark }));
}

const opened = openStore({
  file: join(order.dataDir, 'keel.db'),
  clock: systemClock(),
  logger: silentLogger,
});
if (!opened.ok) throw new Error(opened.error.message);
const { vaultStore } = opened.value;
for (const vault of vaults) vaultStore.insertVault(vault);

async function measured(commit: (commits: readonly SyncCommit[]) => void): Promise<number> {
  const prepared = Array.from({ length: order.rounds + 1 }, nextHeartbeat);
  return await medianMs(order.rounds, () => commit(prepared.shift() ?? []));
}

const oneMs = await measured((commits) => vaultStore.commitSyncs(commits));
const slicesMs = await measured((commits) => {
  for (let start = 0; start < commits.length; start += SLICE) {
    vaultStore.commitSyncs(commits.slice(start, start + SLICE));
  }
});
const loadBackMs = await medianMs(order.rounds, () => {
  for (const { id } of vaults) vaultStore.loadSyncState(id);
});

const bare = new Database(join(order.dataDir, 'bare.db'));
bare.pragma('journal_mode = WAL');
bare.pragma('synchronous = FULL');
bare.exec('CREATE TABLE rows (vault TEXT PRIMARY KEY, snapshot TEXT)');
const upsert = bare.prepare('INSERT OR REPLACE INTO rows VALUES (?, ?)');
const text = 'x'.repeat(1_500);
const upsertAll = bare.transaction(() => {
  for (const { id } of vaults) upsert.run(id, text);
});
const bareMs = await medianMs(order.rounds, () => upsertAll());
bare.close();
opened.value.close();

const result: CommitReport = {
  vaults: order.vaults,
  slicesMs: rounded(slicesMs),
  oneMs: rounded(oneMs),
  loadBackMs: rounded(loadBackMs),
  bareMs: rounded(bareMs),
};
report(result);
