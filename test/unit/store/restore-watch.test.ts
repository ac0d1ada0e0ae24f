import Database from 'better-sqlite3';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Alert } from '#domain/alert.ts';
import { networkId, operationId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import type { WatchStore } from '#main/engine/ports.ts';
import type { Store } from '#main/store/index.ts';
import { ENDED, SIGNED, writeFixture } from '#test/migrations/store/fixtures.ts';
import { alertIdOf, alertOf, RAISED_MS } from '#test/support/alerts.ts';
import { place, valueOf } from './backup-place.ts';

const at = (offsetMs: number) => unixMs(RAISED_MS + offsetMs);
const HALT = { sinceMs: at(1), source: 'tray' } as const;
const PRACTICE = networkId('practice');

/** A backup after the first part, a restore of it after the second; what the restored database then says. */
async function restoredAfter(
  before: (store: WatchStore) => void,
  afterwards: (store: WatchStore) => void,
): Promise<Store> {
  const { open, restore } = place();
  const store = open();
  before(store.watchStore);
  const { name } = valueOf(await store.backups.make());
  afterwards(store.watchStore);
  store.close();
  valueOf(restore(name));
  return open();
}

describe('a restore', () => {
  it('keeps everything stopped that is stopped today', async () => {
    const { watchStore } = await restoredAfter(
      () => undefined,
      (store) => store.saveHaltAll(HALT, at(1)),
    );
    expect(watchStore.loadHaltAll()).toEqual(HALT);
  });

  it('keeps everything stopped that was stopped when the backup was made, lifted since or not', async () => {
    const { watchStore } = await restoredAfter(
      (store) => store.saveHaltAll(HALT, at(1)),
      (store) => store.saveHaltAll(null, at(2)),
    );
    expect(watchStore.loadHaltAll()).toEqual(HALT);
  });

  it('keeps the inbox of today: what was raised, changed, acknowledged and cleared since', async () => {
    const inbox: readonly Alert[] = [
      alertOf(1, { clearedAtMs: at(20) }),
      alertOf(2, { severity: 'critical', text: 'Health is 19.', acknowledgedAtMs: at(21) }),
      alertOf(3, { clearedAtMs: at(3), acknowledgedAtMs: at(22) }),
      alertOf(4),
      alertOf(5, { key: alertOf(1).key }),
      alertOf(6, { clearedAtMs: at(6) }),
    ];
    const { watchStore } = await restoredAfter(
      (store) => [1, 2, 3, 4].forEach((number) => store.saveAlert(earlier(number))),
      (store) => inbox.forEach((alert) => store.saveAlert(alert)),
    );
    expect(watchStore.loadAlerts(99, null)).toEqual(inbox.toReversed());
  });

  it.each(['warning', 'critical'] as const)(
    'keeps an acknowledgement that was given anew since, of one that is %s today',
    async (severity) => {
      const seen = alertOf(1, { acknowledgedAtMs: at(5) });
      const worse = { ...seen, severity: 'critical', acknowledgedAtMs: null } as const;
      const today = { ...worse, severity, acknowledgedAtMs: at(9) };
      const { watchStore } = await restoredAfter(
        (store) => [alertOf(1), seen].forEach((alert) => store.saveAlert(alert)),
        (store) => [worse, today].forEach((alert) => store.saveAlert(alert)),
      );
      expect(watchStore.loadAlert(seen.id)).toEqual(today);
    },
  );

  it('keeps since when an exchange is paused', async () => {
    const { watchStore } = await restoredAfter(
      (store) => store.savePauses(PRACTICE, { deposit: at(1), fill: at(1) }),
      (store) => store.savePauses(PRACTICE, { fill: at(1), withdraw: at(7) }),
    );
    expect(watchStore.loadPauses(PRACTICE)).toEqual({ fill: at(1), withdraw: at(7) });
  });

  it('has one raised alert of a key where the database was begun anew since', async () => {
    const { open, restore, file } = place();
    const store = open();
    [1, 2].forEach((number) => store.watchStore.saveAlert(alertOf(number)));
    store.watchStore.saveHaltAll(HALT, at(1));
    const { name } = valueOf(await store.backups.make());
    store.close();
    writeFileSync(file, 'ruined'.repeat(1_000));
    const fresh = open();
    const anew = alertOf(7, { key: alertOf(1).key });
    fresh.watchStore.saveAlert(anew);
    fresh.close();
    valueOf(restore(name));
    const { watchStore } = open();
    expect(watchStore.loadRaisedAlerts().map(({ id }) => id)).toEqual([alertIdOf(2), anew.id]);
    expect(watchStore.loadAlert(alertIdOf(1))?.clearedAtMs).toBeGreaterThan(RAISED_MS - 1);
    expect(watchStore.loadHaltAll()).toEqual(HALT);
  });

  it('takes the backup as it is where today’s database cannot be read', async () => {
    const { open, restore, file } = place();
    const store = open();
    store.watchStore.saveAlert(alertOf(1));
    const { name } = valueOf(await store.backups.make());
    store.close();
    writeFileSync(file, 'ruined'.repeat(1_000));
    valueOf(restore(name));
    const { watchStore } = open();
    expect(watchStore.loadRaisedAlerts()).toEqual([alertOf(1)]);
    // Whether everything was stopped in it, nobody knows.
    expect(watchStore.loadHaltAll()).toMatchObject({ source: 'window' });
  });

  it('stops nothing where there was no database that could have been stopped', async () => {
    const { open, restore, file } = place();
    const store = open();
    const { name } = valueOf(await store.backups.make());
    store.close();
    rmSync(file);
    valueOf(restore(name));
    expect(open().watchStore.loadHaltAll()).toBeNull();
  });

  it('is not held up by damaged rows: a stop counts as stopped, an alert is left behind', async () => {
    const { open, restore, file } = place();
    const store = open();
    const { name } = valueOf(await store.backups.make());
    [1, 2].forEach((number) => store.watchStore.saveAlert(alertOf(number)));
    store.close();
    const damaged = new Database(file);
    damaged.exec(`
      DROP TRIGGER alerts_identity_never_changes;
      UPDATE alerts SET kind = 'nonsense' WHERE no = 1;
      INSERT INTO halt_all (since_ms, source) VALUES (9007199254740993, 'tray');
      INSERT INTO exchange_pauses (network, operation, since_ms) VALUES ('practice', 'nonsense', 1);
    `);
    damaged.close();
    valueOf(restore(name));
    const { watchStore } = open();
    expect(watchStore.loadHaltAll()).toMatchObject({ source: 'window' });
    expect(watchStore.loadRaisedAlerts()).toEqual([alertOf(2)]);
  });

  it('reads today’s operations also from a database of an older version, and leaves that one as it is', () => {
    const { open, restore, folder, file } = place();
    mkdirSync(folder, { recursive: true });
    writeFixture(join(folder, 'keel-20260101T000000Z.db'), 4);
    writeFixture(file, 4);
    const old = new Database(file);
    old.exec(`
      INSERT INTO operation_transitions VALUES (3, 3, 'submitted', 7000, 'sent');
      UPDATE operations SET state = 'submitted',
        operation = json_set(operation, '$.state', 'submitted') WHERE no = 3;
    `);
    old.close();
    const { setAside } = valueOf(restore('keel-20260101T000000Z.db'));
    const aside = new Database(setAside, { readonly: true });
    expect(aside.pragma('user_version', { simple: true })).toBe(4);
    aside.close();
    const { journal } = open();
    expect(journal.load(operationId(SIGNED))?.state).toBe('submitted');
    expect(journal.load(operationId(ENDED))?.state).toBe('expired');
  });
});

function earlier(number: number): Alert {
  return alertOf(number, number === 3 ? { clearedAtMs: at(3) } : {});
}
