import Database from 'better-sqlite3';
import fc from 'fast-check';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deriveBalances } from '#domain/vault-balances.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import { UNSYNCED, type VaultSyncState } from '#domain/vault-state.ts';
import { codeOf, errorOf } from './code-of.ts';
import {
  commitOf,
  failedRun,
  snapshotOf,
  START_MS,
  unreachable,
  verifiedRun,
  verifiedState,
} from './observations.ts';
import { onChainVault, paperVault } from '#test/support/vaults.ts';
import { openTestStore, testFolder } from './open-test-store.ts';

const vault = onChainVault(1);

function storeWith(...vaults: readonly (typeof vault)[]) {
  const file = join(testFolder(), 'keel.db');
  const opened = openTestStore(file);
  for (const each of vaults) opened.vaultStore.insertVault(each);
  return { file, ...opened, store: opened.vaultStore };
}

describe('a commit of syncs', () => {
  it('stores state, history, run and attempts together', () => {
    const { store } = storeWith(vault);
    expect(store.loadSyncState(vault.id)).toEqual(UNSYNCED);
    const commit = commitOf(vault, { slot: 10n, atMs: START_MS });
    store.commitSyncs([commit]);
    expect(store.loadSyncState(vault.id)).toEqual(commit.state);
    expect(store.loadSyncRuns(vault.id, 10)).toEqual([commit.run]);
    expect(store.loadHistory(vault.id, unixMs(0), unixMs(START_MS))).toMatchObject([
      { fromMs: START_MS, untilMs: START_MS, slot: 10n, holdingsChanged: true },
    ]);
  });

  it('refuses an older slot, and with it the whole batch', () => {
    const other = onChainVault(2);
    const { store } = storeWith(vault, other);
    const stored = commitOf(vault, { slot: 10n, atMs: START_MS });
    store.commitSyncs([stored]);
    const batch = [
      commitOf(other, { slot: 11n, atMs: START_MS + 1 }),
      commitOf(vault, { slot: 9n, atMs: START_MS + 1 }),
    ];
    expect(errorOf(() => store.commitSyncs(batch))).toMatchObject({
      code: 'SLOT_OLDER',
      details: { observedSlot: '9', storedSlot: '10' },
    });
    expect(store.loadSyncState(vault.id)).toEqual(stored.state);
    expect(store.loadSyncState(other.id)).toEqual(UNSYNCED);
    expect(store.loadSyncRuns(other.id, 10)).toEqual([]);
  });

  it('keeps the last good observation beside a failure, and adds nothing to history', () => {
    const { store } = storeWith(vault);
    const good = commitOf(vault, { slot: 10n, atMs: START_MS });
    store.commitSyncs([good]);
    const run = failedRun('failed', vault.id, START_MS + 5_000);
    const failure = { error: unreachable, attempts: 4, cause: run.cause, atMs: unixMs(7) };
    const halt = { error: unreachable, attempts: 4, sinceMs: unixMs(7) };
    const state: VaultSyncState = { ...good.state, failure, halt };
    store.commitSyncs([{ vaultId: vault.id, run, state }]);
    expect(store.loadSyncState(vault.id)).toEqual(state);
    expect(store.loadSyncRuns(vault.id, 10)).toEqual([run, good.run]);
    const points = store.loadHistory(vault.id, unixMs(0), unixMs(START_MS + 9_000));
    expect(points.map(({ untilMs }) => untilMs)).toEqual([START_MS]);
  });

  it('never lets an observation be forgotten', () => {
    const { store } = storeWith(vault);
    store.commitSyncs([commitOf(vault, { slot: 10n, atMs: START_MS })]);
    const run = failedRun('failed', vault.id, START_MS + 5_000);
    expect(codeOf(() => store.commitSyncs([{ vaultId: vault.id, run, state: UNSYNCED }]))).toBe(
      'DATABASE_WRITE_FAILED',
    );
    expect(store.loadSyncState(vault.id).observation?.snapshot.slot).toBe(10n);
  });

  it('stores a discrepancy, and leaves its values out of the history', () => {
    const { store } = storeWith(vault);
    store.commitSyncs([commitOf(vault, { slot: 10n, atMs: START_MS })]);
    const doubtful = verifiedState(snapshotOf({ slot: 11n, atMs: START_MS + 1, scaled: 5n }));
    const state: VaultSyncState = {
      ...doubtful,
      verification: { kind: 'discrepant', error: unreachable, atMs: unixMs(9) },
    };
    const run = { ...verifiedRun('odd', vault.id, START_MS + 1), outcome: 'discrepant' as const };
    store.commitSyncs([{ vaultId: vault.id, run, state }]);
    expect(store.loadSyncState(vault.id)).toEqual(state);
    const history = () => store.loadHistory(vault.id, unixMs(0), unixMs(START_MS + 9));
    expect(history()).toHaveLength(1);
    store.commitSyncs([commitOf(vault, { slot: 12n, atMs: START_MS + 2, scaled: 5n })]);
    expect(history().map(({ holdingsChanged }) => holdingsChanged)).toEqual([true, true]);
  });

  it('refuses balances that add up among themselves but not to the positions', () => {
    const { store } = storeWith(vault);
    const { state, ...commit } = commitOf(vault, { slot: 10n, atMs: START_MS });
    const { observation } = state;
    if (observation === null) throw new Error('no observation');
    const { USDC, DRIFT_POS } = observation.balances;
    const balances = {
      ...observation.balances,
      USDC: quoteAmount(USDC - 1n),
      DRIFT_POS: quoteAmount(DRIFT_POS + 1n),
    };
    const shifted = { ...commit, state: { ...state, observation: { ...observation, balances } } };
    expect(errorOf(() => store.commitSyncs([shifted]))?.code).toBe('DATABASE_WRITE_FAILED');
    expect(store.loadSyncState(vault.id)).toEqual(UNSYNCED);
  });

  it.each(['USDC', 'DRIFT_POS', 'SOL'] as const)('refuses a %s that breaks the formula', (key) => {
    const { store } = storeWith(vault);
    const commit = commitOf(vault, { slot: 10n, atMs: START_MS });
    const { snapshot, balances } = commit.state.observation!;
    const wrong = { ...balances, [key]: quoteAmount(balances[key] + 1n) };
    const state = { ...commit.state, observation: { snapshot, balances: wrong } };
    expect(codeOf(() => store.commitSyncs([{ ...commit, state }]))).toBe('DATABASE_WRITE_FAILED');
    expect(store.loadSyncState(vault.id)).toEqual(UNSYNCED);
  });

  it('refuses what 64 bits cannot hold, naming field and value', () => {
    const { store } = storeWith(vault);
    const snapshot = snapshotOf({ slot: 10n, atMs: START_MS, collateral: 2n ** 63n });
    const commit = {
      ...commitOf(vault, { slot: 10n, atMs: START_MS }),
      state: verifiedState(snapshot),
    };
    const error = errorOf(() => store.commitSyncs([commit]));
    expect(error?.message).toContain('totalCollateral is 9223372036854775808');
    expect(store.loadSyncState(vault.id)).toEqual(UNSYNCED);
  });

  it('brings back snapshots to the last unit, however large', () => {
    const { store } = storeWith(vault);
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const huge = fc.bigInt({ min: -(2n ** 200n), max: 2n ** 200n });
    let nextSlot = 1n;
    fc.assert(
      fc.property(int64, int64, int64, huge, huge, huge, (total, free, pnl, a, b, c) => {
        const usual = snapshotOf({ slot: nextSlot, atMs: START_MS, base: 10n, scaled: a });
        nextSlot += 1n;
        const snapshot = {
          ...usual,
          figures: {
            ...usual.figures,
            totalCollateral: quoteAmount(total),
            freeCollateral: quoteAmount(free),
            unrealizedPnl: quoteAmount(pnl),
            cumulativeFunding: quoteAmount(b),
          },
          perpPositions: usual.perpPositions.map((perp) => ({
            ...perp,
            quoteEntryAmount: quoteAmount(c),
            liquidationPrice: null,
          })),
        };
        const { USDC } = deriveBalances(snapshot);
        fc.pre(USDC < 2n ** 63n);
        const run = verifiedRun(`run-${nextSlot}`, vault.id, START_MS);
        store.commitSyncs([{ vaultId: vault.id, run, state: verifiedState(snapshot) }]);
        expect(store.loadSyncState(vault.id)).toEqual(verifiedState(snapshot));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps a halt until it is lifted, and remembers it afterwards', () => {
    const { store, file } = storeWith(vault);
    const halt = { error: unreachable, attempts: 4, sinceMs: unixMs(START_MS) };
    store.saveHalt(vault.id, halt);
    store.saveHalt(vault.id, halt);
    expect(store.loadSyncState(vault.id)).toEqual({ ...UNSYNCED, halt });
    store.saveHalt(vault.id, null);
    expect(store.loadSyncState(vault.id)).toEqual(UNSYNCED);
    const rows = new Database(file, { readonly: true }).prepare('SELECT * FROM halts').all();
    expect(rows).toHaveLength(1);
  });

  it('pages through the log, newest first', () => {
    const { store } = storeWith(vault, onChainVault(2));
    const runs = Array.from({ length: 7 }, (_, index) =>
      verifiedRun(`run-${index}`, vault.id, START_MS + index),
    );
    const { state } = commitOf(vault, { slot: 10n, atMs: START_MS });
    for (const run of runs) store.commitSyncs([{ vaultId: vault.id, run, state }]);
    store.commitSyncs([commitOf(onChainVault(2), { slot: 1n, atMs: START_MS })]);
    const first = store.loadSyncRuns(vault.id, 3);
    const second = store.loadSyncRuns(vault.id, 3, first[2]!.id);
    const third = store.loadSyncRuns(vault.id, 3, second[2]!.id);
    expect([...first, ...second, ...third]).toEqual(runs.toReversed());
    expect(codeOf(() => store.loadSyncRuns(onChainVault(2).id, 3, first[0]!.id))).toBe(
      'INPUT_INVALID',
    );
  });
});

describe('a stored row that was tampered with', () => {
  const tamper = (sql: string) => {
    const { store, file } = storeWith(vault);
    store.commitSyncs([commitOf(vault, { slot: 10n, atMs: START_MS })]);
    const other = new Database(file);
    other.pragma('ignore_check_constraints = ON');
    other.exec(sql);
    other.close();
    return errorOf(() => {
      store.loadSyncState(vault.id);
      store.loadHistory(vault.id, unixMs(0), unixMs(START_MS));
      store.loadSyncRuns(vault.id, 1);
      store.loadVaults();
    });
  };

  it.each([
    `UPDATE sync_states SET snapshot = '{}'`,
    `UPDATE sync_states SET snapshot = 'not json'`,
    `UPDATE sync_states SET snapshot = replace(snapshot, '"health":90', '"health":"90"')`,
    `UPDATE sync_states SET snapshot = replace(snapshot, '"slot":"10"', '"slot":"11"')`,
    `UPDATE sync_states SET total_collateral = total_collateral + 1`,
    `UPDATE sync_states SET usdc = 0`,
    `UPDATE sync_states SET usdc = NULL`,
    `UPDATE sync_states SET verification = 'certain'`,
    `UPDATE sync_runs SET cause = 'boredom'`,
    `UPDATE sync_attempts SET error = '{"code":"NONE"}'`,
    `UPDATE vaults SET active = 7`,
  ])('is an error, never a figure: %s', (sql) => {
    expect(tamper(sql)?.code).toBe('DATABASE_CORRUPT');
  });

  it('is refused by the schema itself where rules are on', () => {
    const { file, store } = storeWith(vault);
    store.commitSyncs([commitOf(vault, { slot: 10n, atMs: START_MS })]);
    const other = new Database(file);
    const refused = (sql: string) =>
      expect(() => other.exec(sql)).toThrow(/constraint|never|cannot store/);
    refused('UPDATE sync_states SET usdc = usdc + 1');
    refused('UPDATE sync_states SET slot = 9');
    refused('UPDATE sync_states SET slot = NULL');
    refused('UPDATE sync_states SET snapshot = NULL');
    refused('UPDATE sync_states SET sol = 1');
    refused(`UPDATE sync_states SET total_collateral = 'much'`);
    refused('UPDATE value_history SET usdc = usdc + 1');
    refused(`UPDATE vaults SET authority = 'another'`);
    other.close();
  });
});

describe('the paper ledger', () => {
  const paper = paperVault(1);
  const entry = (revision: number, change: bigint, cashAfter: bigint) => ({
    kind: 'credit' as const,
    change: quoteAmount(change),
    cashAfter: quoteAmount(cashAfter),
    revision,
    atMs: unixMs(START_MS + revision),
    note: `entry ${revision}`,
  });

  it('moves head and entries together, and refuses a gap, a wrong sum and a debt', () => {
    const opened = openTestStore(join(testFolder(), 'keel.db'));
    opened.vaultStore.insertVault(paper);
    const { ledger } = opened;
    expect(ledger.loadAccount(paper.id)).toBeNull();
    ledger.append(paper.id, entry(1, 50n, 50n));
    ledger.append(paper.id, entry(2, -20n, 30n));
    const before = ledger.loadAccount(paper.id);
    expect(before).toEqual({ cash: 30n, revision: 2, changedAtMs: START_MS + 2 });
    for (const wrong of [
      entry(4, 1n, 31n),
      entry(2, 1n, 31n),
      entry(3, 1n, 32n),
      entry(3, -31n, -1n),
      entry(3, 2n ** 63n, 2n ** 63n + 30n),
    ]) {
      expect(codeOf(() => ledger.append(paper.id, wrong))).toBe('DATABASE_WRITE_FAILED');
    }
    expect(ledger.loadAccount(paper.id)).toEqual(before);
    expect(ledger.loadEntries(paper.id, 1)).toEqual([entry(2, -20n, 30n)]);
    expect(ledger.loadEntries(paper.id, 9)).toHaveLength(2);
  });
});
