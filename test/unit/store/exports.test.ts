import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { alertId } from '#domain/alert.ts';
import type { ExportRequest, ExportSubject } from '#domain/data-export.ts';
import { networkId, type VaultId } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';
import type { Store } from '#main/store/index.ts';
import { onChainVault, paperVault } from '#test/support/vaults.ts';
import { codeOf } from './code-of.ts';
import { commitOf, START_MS } from './observations.ts';
import { lifeOf, requested } from './operations.ts';
import { openTestStore, testFolder } from './open-test-store.ts';

const MINUTE = 60_000;
const [first, second] = [onChainVault(1), onChainVault(2)];

function storeWithVaults(): Store {
  const store = openTestStore(join(testFolder(), 'keel.db'));
  [first, second].forEach((vault) => store.vaultStore.insertVault(vault));
  return store;
}

const requestOf = (subject: ExportSubject, change: Partial<ExportRequest> = {}): ExportRequest => ({
  subject,
  format: 'csv',
  vaultIds: [],
  fromMs: null,
  toMs: null,
  ...change,
});

type Rows = Record<string, string | null>[];

/** Every page of it; `between` runs before each page but the first. */
function readAll(store: Store, request: ExportRequest, between = () => undefined as unknown) {
  const rows: Rows = [];
  const totals: (number | null)[] = [];
  for (let cursor: string | null = null, pages = 0; ; pages += 1) {
    if (pages > 50) throw new Error('it has no end');
    if (cursor !== null) between();
    const page = store.deskRecords.exports.loadPage(request, cursor);
    for (const row of page.rows) {
      expect(row).toHaveLength(page.columns.length);
      rows.push(Object.fromEntries(page.columns.map((name, at) => [name, row[at] ?? null])));
    }
    totals.push(page.total);
    cursor = page.next;
    if (cursor === null) return { rows, totals };
  }
}

function observe(store: Store, vault: typeof first, count: number, from = 0): void {
  const commits = Array.from({ length: count }, (_, index) => {
    const at = from + index;
    const collateral = 100_000_000n + BigInt(at);
    return commitOf(vault, { slot: BigInt(at + 1), atMs: START_MS + at * MINUTE, collateral });
  });
  store.vaultStore.commitSyncs(commits);
}

describe('history', () => {
  it('gives exact amounts, times twice, and whose they are', () => {
    const store = storeWithVaults();
    observe(store, first, 1);
    const { rows, totals } = readAll(store, requestOf('history'));
    expect(totals).toEqual([1]);
    expect(rows).toEqual([
      expect.objectContaining({
        vault_id: first.id,
        vault_name: first.name,
        network: first.network,
        money: 'practice',
        from_utc: '2026-01-01T00:00:00.000Z',
        from_ms: String(START_MS),
        slot: '1',
        total_collateral: '100.000000',
        unrealized_pnl: '-0.200000',
        health: '90.00',
        cumulative_funding: '-0.000007',
        unsettled_funding: '0.000005',
        holdings_changed: 'yes',
      }),
    ]);
  });

  it('has every row once over many pages, though rows are added meanwhile', () => {
    const store = storeWithVaults();
    observe(store, first, 700);
    observe(store, second, 600);
    let at = 700;
    const { rows, totals } = readAll(store, requestOf('history'), () => {
      observe(store, first, 1, at);
      observe(store, second, 1, at);
      at += 1;
    });
    expect(totals).toEqual([1_300, 1_300, 1_300]);
    expect(rows).toHaveLength(1_300);
    const keys = rows.map((row) => `${row['vault_id']} ${row['from_ms']}`);
    expect(new Set(keys).size).toBe(1_300);
    const newest = String(START_MS + 699 * MINUTE);
    expect(rows.every((row) => Number(row['until_ms']) <= Number(newest))).toBe(true);
  });

  it('takes one vault and a span, with the values that stood when it began', () => {
    const store = storeWithVaults();
    observe(store, first, 10);
    observe(store, second, 10);
    const { rows } = readAll(
      store,
      requestOf('history', {
        vaultIds: [second.id],
        fromMs: unixMs(START_MS + 3 * MINUTE),
        toMs: unixMs(START_MS + 5 * MINUTE),
      }),
    );
    expect(rows.map((row) => row['slot'])).toEqual(['4', '5', '6']);
    expect(rows.every((row) => row['vault_id'] === second.id)).toBe(true);
  });

  it('is empty where nothing was observed', () => {
    expect(readAll(storeWithVaults(), requestOf('history'))).toEqual({ rows: [], totals: [0] });
  });
});

describe('funding', () => {
  function fund(store: Store, settled: readonly bigint[]): void {
    const commits = settled.map((cumulative, at) => {
      const commit = commitOf(first, {
        slot: BigInt(at + 1),
        atMs: START_MS + at * MINUTE,
        collateral: 100_000_000n + BigInt(at),
      });
      const { observation } = commit.state;
      if (observation === null) throw new Error('nothing observed');
      const { snapshot } = observation;
      const figures = { ...snapshot.figures, cumulativeFunding: cumulative as never };
      const changed = { ...observation, snapshot: { ...snapshot, figures } };
      const state = { ...commit.state, observation: changed };
      return { ...commit, state };
    });
    store.vaultStore.commitSyncs(commits);
  }

  it('has a row for each change and none for what stayed', () => {
    const store = storeWithVaults();
    fund(store, [10n, 10n, 12n, 12n, 9n]);
    const { rows } = readAll(store, requestOf('funding'));
    expect(rows.map((row) => [row['cumulative_funding'], row['funding'], row['change']])).toEqual([
      ['0.000010', '0.000015', null],
      ['0.000012', '0.000017', '0.000002'],
      ['0.000009', '0.000014', '-0.000003'],
    ]);
  });

  it('tells the change against what stood before the span', () => {
    const store = storeWithVaults();
    fund(store, [10n, 10n, 12n]);
    const { rows } = readAll(
      store,
      requestOf('funding', { fromMs: unixMs(START_MS + MINUTE + 1) }),
    );
    expect(rows.map((row) => row['change'])).toEqual(['0.000002']);
  });

  it('goes on over the pages with what it knew', () => {
    const store = storeWithVaults();
    fund(
      store,
      Array.from({ length: 1_200 }, (_, at) => BigInt(Math.floor(at / 2))),
    );
    const { rows } = readAll(store, requestOf('funding'));
    expect(rows).toHaveLength(600);
    expect(rows.slice(1).every((row) => row['change'] === '0.000001')).toBe(true);
  });
});

describe('operations', () => {
  it('tells the amount in the token’s decimals and how it ended', () => {
    const store = storeWithVaults();
    const [asked, denied] = lifeOf(1, ['denied']);
    store.journal.open(asked, []);
    store.journal.advance(denied ?? asked);
    store.journal.open(requested(2), []);
    const { rows, totals } = readAll(store, requestOf('operations'));
    expect(totals).toEqual([2]);
    expect(rows[0]).toMatchObject({
      operation_id: asked.id,
      vault_name: first.name,
      money: 'practice',
      kind: 'withdraw',
      token: 'USDC',
      amount: '18446744073709.551615',
      state: 'denied',
      error_code: 'CAPITAL_DENIED',
      signature: null,
      landed_slot: null,
    });
    expect(rows[1]).toMatchObject({ state: 'requested', ended_utc: null, value: null });
  });

  it('leaves out what was asked for after the first page', () => {
    const store = storeWithVaults();
    for (let number = 1; number <= 600; number += 1) store.journal.open(requested(number), []);
    let number = 600;
    const { rows } = readAll(store, requestOf('operations'), () => {
      number += 1;
      store.journal.open(requested(number), []);
    });
    expect(rows).toHaveLength(600);
  });

  it('finds those of one vault', () => {
    const store = storeWithVaults();
    store.journal.open(requested(1), []);
    const of = (id: VaultId) => readAll(store, requestOf('operations', { vaultIds: [id] })).rows;
    expect(of(first.id)).toHaveLength(1);
    expect(of(second.id)).toHaveLength(0);
  });
});

describe('alerts', () => {
  it('has those of no vault without a vault, and money only where it is known', () => {
    const store = storeWithVaults();
    const alert = {
      id: alertId('00000000-0000-4000-8000-00000000000a'),
      key: 'nodes/mainnet',
      kind: 'node',
      severity: 'warning',
      title: '=cmd',
      text: 'a, "b"\nc',
      advice: '',
      vaultId: null,
      network: networkId('mainnet'),
      operationId: null,
      raisedAtMs: unixMs(START_MS),
      changedAtMs: unixMs(START_MS),
      clearedAtMs: null,
      acknowledgedAtMs: null,
    } as const;
    store.watchStore.saveAlert(alert as never);
    const { rows } = readAll(store, requestOf('alerts'));
    expect(rows).toEqual([
      expect.objectContaining({
        title: '=cmd',
        text: 'a, "b"\nc',
        advice: '',
        vault_id: null,
        money: null,
        network: 'mainnet',
        cleared_ms: null,
      }),
    ]);
  });
});

it('reads the activity feed', () => {
  const store = storeWithVaults();
  store.deskRecords.activity.record([
    {
      atMs: unixMs(START_MS),
      kind: 'vault',
      tone: 'info',
      actor: 'trader',
      title: 'Vault added',
      text: '',
      vaultId: first.id,
      network: null,
      operationId: null,
      alertId: null,
    },
  ]);
  const { rows } = readAll(store, requestOf('activity'));
  expect(rows.at(-1)).toMatchObject({
    title: 'Vault added',
    network: 'practice',
    money: 'practice',
  });
});

it('calls a paper vault paper on any network', () => {
  const store = storeWithVaults();
  const paper = paperVault(3);
  store.vaultStore.insertVault(paper);
  observe(store, paper as never, 1);
  const { rows } = readAll(store, requestOf('history', { vaultIds: [paper.id] }));
  expect(rows[0]).toMatchObject({ money: 'paper' });
});

it.each(['', 'x', '1.2', '1.2.3.4.5.6', `${'9'.repeat(40)}.1.1.1.1`])(
  'refuses the cursor %j, which it has not handed out',
  (cursor) => {
    const { exports } = storeWithVaults().deskRecords;
    for (const subject of ['history', 'funding', 'operations'] as const) {
      if (cursor === '1.2.3.4.5.6' && subject === 'funding') continue;
      expect(codeOf(() => exports.loadPage(requestOf(subject), cursor))).toBe('INPUT_INVALID');
    }
  },
);
