/**
 * How large a year of heartbeats gets. 63 million heartbeats of 10 vaults are too many to play in a test, so
 * it measures what a row costs on disk after the real thinning has been at work on a file where the rows of
 * several vaults lie mixed, and multiplies by the number of rows that the tiers leave (the model test proves that number).
 */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { openStore, type Store } from '#main/store/index.ts';
import { VERBATIM_RUNS } from '#main/store/run-rollup.ts';
import { unreachable } from './observations.ts';
import { silentLogger } from '#test/support/silent-logger.ts';
import { onChainVault } from '#test/support/vaults.ts';
import { testFolder } from './open-test-store.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2027, 0, 1);
const VAULTS = 10;
const LIMIT_BYTES = 200_000_000;
const vaults = [onChainVault(1), onChainVault(2)] as const;

const clock = {
  nowMs: () => unixMs(NOW),
  monotonicMs: () => performance.now(),
  schedule: () => () => undefined,
  yieldToLoop: () => Promise.resolve(),
};

function openAt(file: string): Store {
  const opened = openStore({ file, clock, logger: silentLogger });
  if (!opened.ok) throw new Error(opened.error.message);
  return opened.value;
}

/** Price ticks of both vaults with amounts of a million dollars, in the order of time. */
function insertTicks(db: Database.Database, fromMs: number, toMs: number, everyMs: number): void {
  db.prepare(
    `WITH RECURSIVE tick (at) AS (SELECT ? UNION ALL SELECT at + ? FROM tick WHERE at + ? < ?),
       priced AS MATERIALIZED (SELECT at, no, abs(random()) % 1000000000000 AS usdc,
         abs(random()) % 1000000000000 AS pos FROM tick, vaults ORDER BY at, no)
     INSERT INTO value_history (vault, from_ms, tie, until_ms, slot, total_collateral, usdc, drift_pos,
       free_collateral, unrealized_pnl, health, holdings_changed, health_bps, cumulative_funding,
       unsettled_funding)
     SELECT no, at, 0, at + 400, 300000000 + at / 400 % 100000000, usdc + pos, usdc, pos, usdc / 2,
       -pos / 3, 87, 0, 8700 + pos % 100, pos / 900, pos / 90000 FROM priced`,
  ).run(fromMs, everyMs, everyMs, toMs);
}

/** As the commits leave it: each vault's hour and day, one after the other. */
function insertRollup(db: Database.Database, spanMs: number, spans: number): void {
  db.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < ?),
       priced AS MATERIALIZED (SELECT i * ? AS at, no, abs(random()) % 1000000000000 AS usdc,
         abs(random()) % 1000000000000 AS pos FROM n, vaults ORDER BY i, no)
     INSERT INTO value_rollup SELECT no, ?, at, at + 400, at + ? - 900, at + ? - 900, usdc,
       usdc - pos / 9, usdc + pos / 9, usdc / 2, pos, -pos / 3, 8700, 8600, pos / 900,
       pos / 90000, 1 FROM priced`,
  ).run(spans, spanMs, spanMs, spanMs, spanMs);
}

const RUN_ID = `lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || '000-8000-' || hex(randomblob(6)))`;

function insertRuns(db: Database.Database, count: number, failed: boolean): void {
  db.exec(`
    WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
    INSERT INTO sync_runs (id, vault, cause, started_at_ms, ended_at_ms, outcome, has_failure)
      SELECT ${RUN_ID}, 1 + i % 2, 'heartbeat', ${NOW} - 1000 * i, ${NOW} - 1000 * i + 61,
        ${failed ? `'failed', 1` : `'verified', 0`} FROM n;`);
  const attempts = failed ? 4 : 1;
  for (let number = 1; number <= attempts; number += 1) {
    db.prepare(
      `INSERT INTO sync_attempts SELECT seq, ?, started_at_ms, 60.87, ?, ?, NULL, 300000000 + seq
       FROM sync_runs WHERE has_failure = ?`,
    ).run(
      number,
      failed ? 'failed' : 'verified',
      failed ? JSON.stringify({ ...unreachable, details: { text: 'x'.repeat(80) } }) : null,
      failed ? 1 : 0,
    );
  }
}

/** Bytes of whole pages, half-empty ones included, by table with its indexes. */
function bytesOf(db: Database.Database, ...tables: readonly string[]): number {
  const sizes = db
    .prepare(
      `SELECT sum(pgsize) FROM dbstat JOIN sqlite_schema USING (name)
       WHERE tbl_name IN (${tables.map(() => '?').join()})`,
    )
    .pluck();
  return Number(sizes.get(...tables));
}

function measured(fill: (db: Database.Database) => void, tables: readonly string[], rows: string) {
  const file = join(testFolder(), 'keel.db');
  const store = openAt(file);
  for (const vault of vaults) store.vaultStore.insertVault(vault);
  const db = new Database(file);
  db.transaction(fill)(db);
  for (let done = false; !done;) {
    const slice = store.maintain();
    if (!slice.ok) throw new Error(slice.error.message);
    done = slice.value.done;
  }
  const count = Number(db.prepare(rows).pluck().get());
  const bytes = bytesOf(db, ...tables);
  expect(store.integrityCheck().ok).toBe(true);
  db.close();
  store.close();
  return { count, bytesPerRow: bytes / count };
}

const HISTORY = ['value_history'];
const COUNT_HISTORY = 'SELECT count(*) FROM value_history';

it('stays below 200 MB for ten vaults', { timeout: 120_000 }, () => {
  const raw = measured((db) => insertTicks(db, NOW - DAY, NOW, 5_000), HISTORY, COUNT_HISTORY);
  expect(raw.count).toBe((2 * DAY) / 5_000);
  const minutes = measured(
    (db) => insertTicks(db, NOW - 4 * DAY, NOW - 2 * DAY, 5_000),
    HISTORY,
    COUNT_HISTORY,
  );
  expect(minutes.count).toBe((2 * 2 * DAY) / MINUTE);
  const hours = measured(
    (db) => insertTicks(db, NOW - 60 * DAY, NOW - 30 * DAY, MINUTE),
    HISTORY,
    COUNT_HISTORY,
  );
  expect(hours.count).toBe((2 * 30 * DAY) / HOUR);
  const rollup = measured(
    (db) => {
      insertRollup(db, HOUR, 120 * 24);
      insertRollup(db, DAY, 120);
    },
    ['value_rollup'],
    'SELECT count(*) FROM value_rollup',
  );
  expect(rollup.count).toBe(2 * 120 * 25);
  const runTables = ['sync_runs', 'sync_attempts'];
  const countRuns = 'SELECT count(*) FROM sync_runs';
  const runs = measured((db) => insertRuns(db, 20_000, false), runTables, countRuns);
  expect(runs.count).toBe(20_000);
  const failures = measured((db) => insertRuns(db, 3_000, true), runTables, countRuns);

  const bill = {
    ticks: VAULTS * ((2 * DAY) / 5_000) * raw.bytesPerRow,
    minutes: VAULTS * ((28 * DAY) / MINUTE) * minutes.bytesPerRow,
    hours: VAULTS * ((335 * DAY) / HOUR) * hours.bytesPerRow,
    // Twenty changes of holdings a day and vault, each with the point before it.
    holdings: VAULTS * 365 * 20 * 2 * raw.bytesPerRow,
    rollup: VAULTS * 365 * 25 * rollup.bytesPerRow,
    runs: Number(VERBATIM_RUNS) * runs.bytesPerRow,
    // Five failed runs a day and vault, four attempts each.
    failures: VAULTS * 365 * 5 * failures.bytesPerRow,
    runHours: VAULTS * 365 * 24 * 60,
  };
  const total = Object.values(bill).reduce((sum, bytes) => sum + bytes, 0);
  expect(total).toBeGreaterThan(20_000_000);
  expect(total).toBeLessThan(LIMIT_BYTES);
});
