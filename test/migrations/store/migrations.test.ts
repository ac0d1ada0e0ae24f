import Database from 'better-sqlite3';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ALL_ACTIVITY } from '#domain/activity.ts';
import { operationId, vaultId } from '#domain/ids.ts';
import { EVERY_OPERATION } from '#domain/operation-query.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import { migrate } from '#main/store/migrate.ts';
import { MIGRATIONS, SCHEMA_VERSION } from '#main/store/migrations/index.ts';
import { openTestStore, testFolder } from '#test/unit/store/open-test-store.ts';
import { snapshotOf, verifiedState } from '#test/unit/store/observations.ts';
import { onChainVault } from '#test/support/vaults.ts';
import {
  ENDED,
  FAILED,
  FIXTURE_VERSIONS,
  OPERATION,
  PAPER,
  SIGNED,
  VAULT,
  writeFixture,
} from './fixtures.ts';

const schemaOf = (file: string) => {
  const db = new Database(file, { readonly: true });
  const rows = db.prepare('SELECT type, name, sql FROM sqlite_schema ORDER BY type, name').all();
  db.close();
  return rows;
};

function fixture(version: number): string {
  const file = join(testFolder(), 'keel.db');
  writeFixture(file, version);
  return file;
}

describe('migrations', () => {
  it('are numbered without gaps, each with a fixture', () => {
    expect(MIGRATIONS.map(({ version }) => version)).toEqual(FIXTURE_VERSIONS);
    expect(FIXTURE_VERSIONS.at(-1)).toBe(SCHEMA_VERSION);
    expect(SCHEMA_VERSION).toBeGreaterThan(1);
  });

  it('import nothing of the living code', () => {
    const folder = join(import.meta.dirname, '../../../src-main/store/migrations');
    const files = readdirSync(folder).filter((name) => /^\d{4}-/.test(name));
    expect(files).toHaveLength(SCHEMA_VERSION);
    for (const name of files) {
      const imports = readFileSync(join(folder, name), 'utf8').match(/^import .*$/gm);
      expect(imports).toEqual([`import type { Migration } from './migration.ts';`]);
    }
  });

  it.each(FIXTURE_VERSIONS)('bring version %i with its data to today, whole', (version) => {
    const file = fixture(version);
    const store = openTestStore(file);
    expect(store.notices).toEqual([]);
    expect(store.integrityCheck()).toEqual({ ok: true, value: null });
    const { vaultStore, ledger } = store;
    expect(vaultStore.loadVaults().map(({ id }) => id)).toEqual([VAULT, PAPER, FAILED]);
    const state = vaultStore.loadSyncState(vaultId(VAULT));
    const snapshot = snapshotOf({ slot: 77n, atMs: 1_767_225_600_000 });
    expect(state.observation).toEqual(verifiedState(snapshot).observation);
    expect(state.verification).toEqual({ kind: 'verified', slot: 78n, atMs: 1_767_225_600_100 });
    expect(vaultStore.loadSyncState(vaultId(FAILED))).toMatchObject({
      observation: null,
      failure: { attempts: 4, cause: 'start', error: { code: 'RPC_TIMEOUT' } },
      halt: { attempts: 4 },
    });
    expect(vaultStore.loadSyncRuns(vaultId(VAULT), 9)[0]?.attempts[0]?.durationMs).toBe(99.5);
    expect(vaultStore.loadSyncRuns(vaultId(FAILED), 9)[0]?.attempts[0]?.nextDelayMs).toBe(1_000);
    expect(ledger.loadAccount(vaultId(PAPER))?.cash).toBe(50_000_000n);
  });

  it.each(FIXTURE_VERSIONS)('give version %i the same schema as a new database', (version) => {
    const [old, fresh] = [fixture(version), join(testFolder(), 'keel.db')];
    openTestStore(old).close();
    openTestStore(fresh).close();
    expect(schemaOf(old)).toEqual(schemaOf(fresh));
  });

  it('1 → 2 begins the history with the stored observation, and goes on from it', () => {
    const { vaultStore } = openTestStore(fixture(1));
    const history = () => vaultStore.loadHistory(vaultId(VAULT), unixMs(0), unixMs(10 ** 13));
    expect(history()).toMatchObject([
      { fromMs: 1_767_225_600_000, slot: 77n, usdc: 80_000_000n, holdingsChanged: true },
    ]);
    const vault = onChainVault(1);
    expect(vault.id).toBe(VAULT);
    const state = verifiedState(snapshotOf({ slot: 80n, atMs: 1_767_225_605_000 }));
    const run = { ...vaultStore.loadSyncRuns(vault.id, 1)[0]!, id: 'next' as never };
    vaultStore.commitSyncs([{ vaultId: vault.id, run, state }]);
    // Funding was not recorded then: an observation that tells it is a point of its own, of the same holdings.
    expect(history().map(({ fromMs, holdingsChanged }) => [fromMs, holdingsChanged])).toEqual([
      [1_767_225_600_000, true],
      [1_767_225_605_000, false],
    ]);
  });

  it('2 keeps what it has', () => {
    const store = openTestStore(fixture(2));
    const id = vaultId(VAULT);
    expect(store.vaultStore.loadHistory(id, unixMs(0), unixMs(10 ** 13))).toHaveLength(2);
    expect(store.loadSyncHours(id, unixMs(0), unixMs(10 ** 13))).toEqual([
      { hourStartMs: 1_767_222_000_000, runs: 700, minMs: 12, averageMs: 20, maxMs: 90 },
    ]);
  });

  it('3 keeps the home of a vault for good, and older versions have none', () => {
    const { vaultStore } = openTestStore(fixture(3));
    expect(vaultStore.loadHome(vaultId(VAULT))).toBe('home-of-the-chain');
    vaultStore.saveHomes([vaultId(VAULT)], 'home-of-the-chain');
    expect(() => vaultStore.saveHomes([vaultId(VAULT)], 'elsewhere')).toThrow('never changes');
    expect(openTestStore(fixture(2)).vaultStore.loadHome(vaultId(VAULT))).toBeNull();
  });

  it('3 → 4 keeps the paper ledger, and goes on from it with lines of operations', () => {
    const { ledger, journal } = openTestStore(fixture(3));
    const paper = vaultId(PAPER);
    expect(journal.loadOpen()).toEqual([]);
    const [first] = ledger.loadEntries(paper, 9);
    expect(first).toEqual({
      kind: 'allocate',
      change: 50_000_000n,
      cashAfter: 50_000_000n,
      revision: 1,
      atMs: 1_000,
      note: '',
    });
    const operation = operationId(OPERATION);
    const entry = { ...first!, kind: 'credit', revision: 2, operationId: operation } as const;
    ledger.append(paper, { ...entry, cashAfter: quoteAmount(100_000_000n) });
    expect(ledger.loadOperationEntry(paper, operation)?.revision).toBe(2);
  });

  it('4 keeps operations, exact to the unit, and their locks', () => {
    const { journal } = openTestStore(fixture(4));
    const [open] = journal.loadOpen();
    expect(open).toMatchObject({
      id: OPERATION,
      intent: { amount: 9_007_199_254_740_993n },
      transitions: [{ state: 'requested', atMs: 5_000, cause: 'asked' }],
    });
    const other = { ...open!, id: operationId('00000000-0000-4000-8000-0000000000ab') };
    expect(() => journal.open(other, [`virtual/${PAPER}`])).toThrow(OPERATION);
  });

  it('4 → 5 fills health in hundredths into stored snapshots, those of ended operations too', () => {
    const { journal, vaultStore } = openTestStore(fixture(4));
    const { observation } = vaultStore.loadSyncState(vaultId(VAULT));
    expect(observation?.snapshot.figures).toMatchObject({ health: 90, healthBps: 9_000 });
    for (const id of [ENDED, SIGNED]) {
      const after = journal.load(operationId(id))?.simulation?.after ?? [];
      expect(
        after.map(({ vaultId: of, snapshot: { figures } }) => [of, figures.healthBps]),
      ).toEqual([
        [VAULT, 9_000],
        [FAILED, 0],
      ]);
      expect(after[0]?.snapshot).toEqual(snapshotOf({ slot: 77n, atMs: 1_767_225_600_000 }));
    }
  });

  it('4 → 5 keeps exact what is told already, and leaves what is no JSON for the reader to refuse', () => {
    const file = fixture(4);
    const db = new Database(file);
    db.exec(`UPDATE sync_states SET snapshot = json_set(snapshot, '$.figures.healthBps', 9012)`);
    db.exec(`UPDATE operations SET operation = 'torn' WHERE id = '${SIGNED}'`);
    db.close();
    const { journal, vaultStore } = openTestStore(file);
    const { observation } = vaultStore.loadSyncState(vaultId(VAULT));
    expect(observation?.snapshot.figures.healthBps).toBe(9_012);
    expect(journal.load(operationId(ENDED))?.state).toBe('expired');
    expect(() => journal.load(operationId(SIGNED))).toThrow('cannot be read');
  });

  it('4 → 5 leaves ended operations guarded as before', () => {
    const file = fixture(4);
    openTestStore(file).close();
    const db = new Database(file);
    const touch = (id: string, change: string) =>
      db.exec(`UPDATE operations SET ${change} WHERE id = '${id}'`);
    expect(() => touch(ENDED, `operation = '{}'`)).toThrow('never changes');
    db.close();
  });

  it('5 → 6 tells of no operation that ended before, and 6 keeps those that are to be told of', () => {
    expect(openTestStore(fixture(5)).journal.loadUntold()).toEqual([]);
    const { journal } = openTestStore(fixture(6));
    expect(journal.loadUntold().map(({ id }) => id)).toEqual([ENDED]);
  });

  it('7 → 8 begins the feed with what is on record, in the order of time, each thing once', () => {
    const { activity } = openTestStore(fixture(7)).deskRecords;
    const query = { filter: ALL_ACTIVITY, upTo: null, offset: 0, limit: 50 };
    const page = activity.load(query);
    expect(page.entries.toReversed().map(({ atMs, title, tone }) => [atMs, title, tone])).toEqual([
      [5_000, 'Deposit of 9007199254.740993 USDC requested', 'info'],
      [5_000, 'Deposit of 9007199254.740993 USDC requested', 'info'],
      [5_000, 'Deposit of 9007199254.740993 USDC requested', 'info'],
      [6_000, 'Margin', 'critical'],
      [6_000, 'Node', 'warning'],
      [7_000, 'Over: Node', 'good'],
      [9_000, 'Deposit of 9007199254.740993 USDC expired', 'warning'],
    ]);
    expect(page.entries[0]).toMatchObject({
      kind: 'operation',
      actor: 'keel',
      text: 'block 701 was finalized',
      vaultId: VAULT,
      network: 'practice',
      operationId: ENDED,
      alertId: null,
    });
    const { id: _, ...again } = page.entries[0]!;
    expect(activity.record([{ ...again, once: `operation/${ENDED}/ended` }])).toEqual([]);
    expect(activity.load(query)).toEqual(page);
  });

  it('7 → 8 lists the operations on record, one with a torn text too', () => {
    const file = fixture(7);
    const db = new Database(file);
    db.exec(`UPDATE operations SET operation = 'torn' WHERE id = '${SIGNED}'`);
    db.close();
    const { operations } = openTestStore(file).deskRecords;
    const sort = { by: 'state', descending: true } as const;
    const page = operations.query({ filter: EVERY_OPERATION, sort, offset: 0, limit: 9 });
    expect(page.total).toBe(3);
    expect(page.rows.map(({ id, state, amount, symbol }) => [id, state, amount, symbol])).toEqual([
      [ENDED, 'expired', 9_007_199_254_740_993n, 'USDC'],
      [SIGNED, 'signed', null, null],
      [OPERATION, 'requested', 9_007_199_254_740_993n, 'USDC'],
    ]);
    expect(page.rows[1]?.lastStep).toContain('damaged');
    const found = { ...EVERY_OPERATION, text: 'usdc' };
    expect(operations.query({ filter: found, sort, offset: 0, limit: 9 }).total).toBe(2);
  });

  it('8 keeps the feed, and no entry of it ever changes or leaves out of turn', () => {
    const file = fixture(8);
    const { activity } = openTestStore(file).deskRecords;
    const page = activity.load({ filter: ALL_ACTIVITY, upTo: null, offset: 0, limit: 50 });
    expect(page.entries[0]).toMatchObject({ atMs: 9_500, title: 'Settings changed' });
    const db = new Database(file);
    expect(() => db.exec(`UPDATE activity SET title = 'other'`)).toThrow('never changes');
    expect(() => db.exec(`DELETE FROM activity WHERE title = 'Settings changed'`)).toThrow(
      'oldest',
    );
    db.exec('DELETE FROM activity');
    db.close();
    const { id: _, ...entry } = page.entries[0]!;
    const [next] = activity.record([entry]);
    expect(next?.id).toBe(page.entries[0]!.id + 1);
  });

  it('6 → 7 rolls the points up by hour and day, and says since when a thinned one stands', () => {
    const file = fixture(6);
    const db = new Database(file);
    const hour = 3_600_000;
    const start = 1_767_225_600_000 + 5 * 24 * hour;
    const insert = db.prepare(
      'INSERT INTO value_history VALUES (1, ?, 0, ?, 70, ?, 0, ?, 1, 2, ?, ?)',
    );
    // Thinned to one an hour; the second one lasts into the next hour; the last one is a deposit.
    insert.run(start + 3_599_000, start + 3_599_500, 900, 900, 80, 0);
    insert.run(start + hour + 1_800_000, start + 2 * hour + 5, 700, 700, 20, 0);
    insert.run(start + 2 * hour + 6, start + 2 * hour + 9, 950, 950, 85, 1);
    db.exec(`INSERT INTO history_thinning VALUES (1, 3600000, ${start + 3 * hour}, 0)
      ON CONFLICT DO UPDATE SET from_ms = excluded.from_ms`);
    db.close();
    const { deskRecords } = openTestStore(file);
    const span = { fromMs: unixMs(start), toMs: unixMs(start + 10 * hour - 1), steps: 10 };
    const chart = deskRecords.charts.loadVaultChart(vaultId(VAULT), span);
    const point = {
      ...{ freeCollateral: 1n, unrealizedPnl: 2n, cumulativeFunding: null, unsettledFunding: null },
      afterGap: false,
    };
    expect(
      chart.points.map((each) => ({
        ...each,
        fromMs: each.fromMs - start,
        untilMs: each.untilMs - start,
      })),
    ).toEqual([
      {
        ...{ ...point, fromMs: 0, untilMs: 3_599_500, equity: 900n, deployed: 900n },
        ...{ lowestEquity: 900n, highestEquity: 900n, healthBps: 8_000, lowestHealthBps: 8_000 },
        holdingsChanged: false,
      },
      {
        ...{ ...point, fromMs: hour, untilMs: 2 * hour - 1, equity: 700n, deployed: 700n },
        ...{ lowestEquity: 700n, highestEquity: 700n, healthBps: 2_000, lowestHealthBps: 2_000 },
        holdingsChanged: false,
      },
      {
        ...{ ...point, fromMs: 2 * hour, untilMs: 2 * hour + 9, equity: 950n, deployed: 950n },
        ...{ lowestEquity: 700n, highestEquity: 950n, healthBps: 8_500, lowestHealthBps: 2_000 },
        holdingsChanged: true,
      },
    ]);
  });

  it('7 keeps notes', () => {
    const { notes } = openTestStore(fixture(7)).deskRecords;
    expect(notes.load(vaultId(VAULT))).toEqual([
      {
        ...{ id: '00000000-0000-4000-8000-0000000000b1', vaultId: VAULT },
        ...{ text: 'Moved to the second engine.', writtenAtMs: 6_000, editedAtMs: null },
      },
    ]);
  });

  it('stand at the last whole step when one fails', () => {
    const file = fixture(1);
    const db = new Database(file);
    db.exec('CREATE TABLE history_heads (in_the_way TEXT)');
    expect(() => migrate(db)).toThrow(/history_heads/);
    expect(db.pragma('user_version', { simple: true })).toBe(1);
    expect(db.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'value_history'`).get()).toBe(
      undefined,
    );
    db.exec('DROP TABLE history_heads');
    db.close();
    expect(openTestStore(file).vaultStore.loadVaults()).toHaveLength(3);
  });
});
