import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { networkId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import { KEPT_ALERTS, pruneAlerts } from '#main/store/alerts.ts';
import { writableDb } from '#main/store/database.ts';
import { createMaintenance } from '#main/store/maintenance.ts';
import { openDatabase } from '#main/store/open-database.ts';
import { watchStoreOn } from '#main/store/watch-store.ts';
import { alertIdOf, alertOf, RAISED_MS } from '#test/support/alerts.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { codeOf, errorOf } from './code-of.ts';
import { openTestStore, testFolder } from './open-test-store.ts';

const at = (offsetMs: number) => unixMs(RAISED_MS + offsetMs);
const PRACTICE = networkId('practice');
const HALT = { sinceMs: at(1), source: 'keyboard' } as const;

function openWatch(clock = new FakeClock()) {
  const opened = openDatabase({ file: join(testFolder(), 'keel.db') }, unixMs(0));
  if (!opened.ok) throw new Error(opened.error.message);
  const { connection } = opened.value;
  const db = writableDb(connection);
  return { connection, db, store: watchStoreOn(db, clock) };
}

/** Writes past the rules of the schema, as damage does. */
function damage({ connection }: ReturnType<typeof openWatch>, sql: string): void {
  connection.pragma('ignore_check_constraints = ON');
  connection.exec('DROP TRIGGER alerts_identity_never_changes');
  connection.exec(sql);
}

it('gives everything back to the next process', () => {
  const file = join(testFolder(), 'keel.db');
  const first = openTestStore(file);
  first.watchStore.saveAlert(alertOf(1));
  first.watchStore.saveHaltAll(HALT, at(1));
  first.watchStore.savePauses(PRACTICE, { deposit: at(3) });
  first.close();
  const { watchStore } = openTestStore(file);
  expect(watchStore.loadRaisedAlerts()).toEqual([alertOf(1)]);
  expect(watchStore.loadHaltAll()).toEqual(HALT);
  expect(watchStore.loadPauses(PRACTICE)).toEqual({ deposit: at(3) });
});

describe('what is on record', () => {
  it('tells each stop of everything with when it was lifted', () => {
    const { connection, store } = openWatch();
    store.saveHaltAll(HALT, at(1));
    store.saveHaltAll({ ...HALT, source: 'tray' }, at(2));
    store.saveHaltAll(null, at(3));
    const rows = connection.prepare('SELECT source, ended_at_ms AS ended FROM halt_all').all();
    expect(rows).toEqual([
      { source: 'keyboard', ended: BigInt(at(2)) },
      { source: 'tray', ended: BigInt(at(3)) },
    ]);
  });

  it('tells each pause with when it ended', () => {
    const clock = new FakeClock();
    const { connection, store } = openWatch(clock);
    store.savePauses(PRACTICE, { deposit: at(1) });
    store.savePauses(PRACTICE, {});
    const rows = connection.prepare('SELECT operation, ended_at_ms AS ended FROM exchange_pauses');
    expect(rows.all()).toEqual([{ operation: 'deposit', ended: BigInt(clock.nowMs()) }]);
  });
});

describe('a damaged row', () => {
  it.each(['kind', 'severity'])('of an alert is named, not shown: its %s', (column) => {
    const watch = openWatch();
    watch.store.saveAlert(alertOf(1));
    damage(watch, `UPDATE alerts SET ${column} = 'nonsense'`);
    for (const load of [
      () => watch.store.loadRaisedAlerts(),
      () => watch.store.loadAlerts(9, null),
      () => watch.store.loadAlert(alertIdOf(1)),
    ]) {
      const error = errorOf(load);
      expect(error?.code).toBe('DATABASE_CORRUPT');
      expect(error?.message).toContain(alertIdOf(1));
    }
  });

  it('of the stop of everything is never “not stopped”', () => {
    const watch = openWatch();
    damage(watch, `INSERT INTO halt_all (since_ms, source) VALUES (1, 'nonsense')`);
    expect(codeOf(() => watch.store.loadHaltAll())).toBe('DATABASE_CORRUPT');
  });

  it('of the stop of everything can be lifted, and be replaced by a new one', () => {
    const watch = openWatch();
    damage(watch, `INSERT INTO halt_all (since_ms, source) VALUES (1, 'nonsense')`);
    watch.store.saveHaltAll(HALT, at(1));
    expect(watch.store.loadHaltAll()).toEqual(HALT);
    watch.connection.exec('UPDATE halt_all SET ended_at_ms = 9 WHERE ended_at_ms IS NULL');
    watch.connection.exec(`INSERT INTO halt_all (since_ms, source) VALUES (2, 'nonsense')`);
    expect(codeOf(() => watch.store.loadHaltAll())).toBe('DATABASE_CORRUPT');
    watch.store.saveHaltAll(null, at(2));
    expect(watch.store.loadHaltAll()).toBeNull();
  });

  it('of a pause is named', () => {
    const watch = openWatch();
    damage(watch, `INSERT INTO exchange_pauses VALUES (1, 'practice', 'nonsense', 1, NULL)`);
    expect(codeOf(() => watch.store.loadPauses(PRACTICE))).toBe('DATABASE_CORRUPT');
  });
});

it('refuses a time that is not whole, naming it', () => {
  const { store } = openWatch();
  const error = errorOf(() => store.saveAlert(alertOf(1, { changedAtMs: unixMs(0.5) })));
  expect(error?.message).toContain('changedAtMs');
  expect(codeOf(() => store.saveHaltAll({ ...HALT, sinceMs: unixMs(NaN) }, at(1)))).toBe(
    'DATABASE_WRITE_FAILED',
  );
});

describe('the schema itself', () => {
  it.each<[string, string]>([
    [
      'a second raised alert of one key',
      `INSERT INTO alerts (id, key, kind, severity, title, text, advice, raised_at_ms, changed_at_ms)
       SELECT 'twin', key, kind, severity, title, text, advice, 1, 1 FROM alerts WHERE no = 1`,
    ],
    ['another key', `UPDATE alerts SET key = 'other' WHERE no = 1`],
    ['another id', `UPDATE alerts SET id = 'other' WHERE no = 1`],
    ['a cleared alert that comes back', 'UPDATE alerts SET cleared_at_ms = NULL WHERE no = 3'],
    ['another text of a cleared alert', `UPDATE alerts SET text = 'x' WHERE no = 3`],
    ['a second acknowledgement', 'UPDATE alerts SET acknowledged_at_ms = 1 WHERE no = 2'],
    ['a lost acknowledgement', 'UPDATE alerts SET acknowledged_at_ms = NULL WHERE no = 2'],
    ['a clearing before the raising', 'UPDATE alerts SET cleared_at_ms = 0 WHERE no = 1'],
    ['a severity of its own', `UPDATE alerts SET severity = 'fatal' WHERE no = 1`],
    ['a raised alert lost', 'DELETE FROM alerts WHERE no = 2'],
    ['an unacknowledged alert lost', 'DELETE FROM alerts WHERE no = 3'],
    ['a second stop in force', `INSERT INTO halt_all (since_ms, source) VALUES (9, 'tray')`],
    ['a stop that comes back', 'UPDATE halt_all SET ended_at_ms = NULL WHERE no = 1'],
    ['a stop of another time', 'UPDATE halt_all SET since_ms = 9 WHERE no = 2'],
    ['a stop lost', 'DELETE FROM halt_all WHERE no = 1'],
    [
      'a second pause in force',
      `INSERT INTO exchange_pauses (network, operation, since_ms) VALUES ('practice', 'fill', 1)`,
    ],
    ['a pause of another time', 'UPDATE exchange_pauses SET since_ms = 9'],
  ])('refuses %s', (_what, sql) => {
    const { connection, store } = openWatch();
    store.saveAlert(alertOf(1));
    store.saveAlert(alertOf(2, { acknowledgedAtMs: at(2) }));
    store.saveAlert(alertOf(3, { clearedAtMs: at(3) }));
    store.saveHaltAll(HALT, at(1));
    store.saveHaltAll({ ...HALT, source: 'tray' }, at(2));
    store.savePauses(PRACTICE, { fill: at(1) });
    expect(() => connection.exec(sql)).toThrow(/UNIQUE|CHECK|never|once|kept|record/);
  });
});

describe('the inbox', () => {
  const fill = ({ connection }: ReturnType<typeof openWatch>, count: number) =>
    connection.exec(`
      WITH RECURSIVE numbers (value) AS (
        SELECT 1 UNION ALL SELECT value + 1 FROM numbers WHERE value < ${count})
      INSERT INTO alerts (id, key, kind, severity, title, text, advice, raised_at_ms, changed_at_ms,
        cleared_at_ms, acknowledged_at_ms)
      SELECT 'id-' || value, 'operation/' || value, 'operation', 'info', '', '', '', value, value,
        CASE WHEN value <> 3 THEN value END, CASE WHEN value <> 5 THEN value END
      FROM numbers`);

  function prune({ db }: ReturnType<typeof openWatch>): number {
    let removed = 0;
    for (let done = false; !done;) {
      const step = pruneAlerts(db, 100);
      removed += step.removed;
      done = step.done;
    }
    return removed;
  }

  it('keeps the newest ones, and of the older ones what lasts or nobody has acknowledged', () => {
    const watch = openWatch();
    fill(watch, KEPT_ALERTS + 250);
    expect(prune(watch)).toBe(248);
    const all = watch.connection.prepare('SELECT no FROM alerts ORDER BY no LIMIT 4').pluck();
    expect(all.all()).toEqual([3n, 5n, 251n, 252n]);
    expect(prune(watch)).toBe(0);
  });

  it('loses nothing below the limit', () => {
    const watch = openWatch();
    fill(watch, KEPT_ALERTS);
    expect(prune(watch)).toBe(0);
  });

  it('is pruned by the maintenance', () => {
    const watch = openWatch();
    fill(watch, KEPT_ALERTS + 2);
    expect(createMaintenance(watch.db, new FakeClock())()).toEqual({ removed: 2, done: true });
    expect(watch.store.loadAlerts(KEPT_ALERTS + 9, null)).toHaveLength(KEPT_ALERTS);
  });
});
