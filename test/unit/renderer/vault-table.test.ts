import { describe, expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import { compareKeys, sortKeyOf, type VaultRow } from '#renderer/features/vault-table/columns.ts';
import { orderAfterMove } from '#renderer/stores/vault-order.ts';
import { linesByEngine, passesFilter } from '#renderer/features/vault-table/table-lines.ts';
import { mergeRuns } from '#renderer/features/sync-log/use-sync-runs.ts';
import { activeFaultCount, withFault } from '#renderer/features/practice-panel/fault-fields.ts';
import type { GateAnswer, GateCode } from '#domain/gate-reason.ts';
import { verified } from '#test/support/renderer-preview/stories.ts';
import { onChainVault, paperVault, vaultIdOf } from '#test/support/vaults.ts';

const NOW = 1_780_000_000_000;

const OPEN: GateAnswer = { allowed: true, reasons: [] };
const shutBy = (code: GateCode): GateAnswer => ({
  allowed: false,
  reasons: [{ code, text: '', advice: '', blocks: ['increase'], sinceMs: null }],
});

function rowOf(part: Partial<VaultRow> & Pick<VaultRow, 'view'>): VaultRow {
  return { money: 'practice', networkLabel: 'Practice', health: 'fresh', gate: OPEN, ...part };
}

const chainRow = (index: number, engine = 'funding', active = false) =>
  rowOf({
    view: verified(onChainVault(index, { engine, active }), { cash: BigInt(index) }, NOW),
  });
const paperRow = (index: number) =>
  rowOf({ money: 'paper', view: verified(paperVault(index), { cash: 1n, paper: true }, NOW) });

describe('linesByEngine', () => {
  it('heads each engine once and names its active vault', () => {
    const lines = linesByEngine([chainRow(1), chainRow(2, 'basis', true), chainRow(3)]);
    const shown = lines.map((line) =>
      line.kind === 'engine'
        ? `${line.engine} (${line.vaults}, ${line.activeName ?? 'none'})`
        : line.row.view.vault.name,
    );
    expect(shown).toEqual([
      'basis (1, Funding 2)',
      'Funding 2',
      'funding (2, none)',
      'Funding 1',
      'Funding 3',
    ]);
  });
});

describe('passesFilter', () => {
  const archived = rowOf({
    view: verified(onChainVault(9, { archivedAtMs: unixMs(NOW) }), { cash: 1n }, NOW),
  });

  it('shows archived vaults only when asked for', () => {
    expect(passesFilter(archived, 'all', '')).toBe(false);
    expect(passesFilter(archived, 'archived', '')).toBe(true);
    expect(passesFilter(chainRow(1), 'archived', '')).toBe(false);
  });

  it('tells paper from chain, and trouble from quiet', () => {
    expect(passesFilter(paperRow(1), 'paper', '')).toBe(true);
    expect(passesFilter(chainRow(1), 'paper', '')).toBe(false);
    expect(passesFilter(chainRow(1), 'attention', '')).toBe(false);
    expect(passesFilter({ ...chainRow(1), health: 'stale' }, 'attention', '')).toBe(true);
    expect(passesFilter({ ...chainRow(1), gate: shutBy('halted') }, 'attention', '')).toBe(true);
    expect(passesFilter({ ...chainRow(1), gate: shutBy('key-locked') }, 'attention', '')).toBe(
      false,
    );
  });

  it('finds by name and authority', () => {
    expect(passesFilter(chainRow(12), 'all', 'ing 12')).toBe(true);
    expect(passesFilter(chainRow(12), 'all', '7xkxtg')).toBe(true);
    expect(passesFilter(chainRow(12), 'all', 'nobody')).toBe(false);
  });
});

describe('sorting', () => {
  it('compares amounts as integers beyond the reach of floats', () => {
    const large = 9_007_199_254_740_993n;
    expect(compareKeys(large, large - 1n)).toBe(1);
    expect(compareKeys(large - 1n, large)).toBe(-1);
  });

  it('puts the gravest state first and unknown figures last', () => {
    const bad = sortKeyOf('sync', { ...chainRow(1), health: 'discrepant' });
    expect(compareKeys(bad, sortKeyOf('sync', chainRow(2)))).toBe(-1);
    const row = chainRow(1);
    const unread = {
      ...row,
      view: { ...row.view, state: { ...row.view.state, observation: null } },
    };
    expect(sortKeyOf('total', unread)).toBeNull();
    expect(compareKeys(sortKeyOf('total', unread), sortKeyOf('total', row))).toBe(1);
  });
});

describe('orderAfterMove', () => {
  const views = [chainRow(1), chainRow(2, 'basis'), chainRow(3), chainRow(4)].map(
    ({ view }) => view,
  );

  it('changes places with the neighbour of the same engine', () => {
    expect(orderAfterMove(views, vaultIdOf(3), 'up')).toEqual([
      vaultIdOf(3),
      vaultIdOf(2),
      vaultIdOf(1),
      vaultIdOf(4),
    ]);
    expect(orderAfterMove(views, vaultIdOf(3), 'down')).toEqual([
      vaultIdOf(1),
      vaultIdOf(2),
      vaultIdOf(4),
      vaultIdOf(3),
    ]);
  });

  it('has nowhere to go beyond the ends', () => {
    expect(orderAfterMove(views, vaultIdOf(1), 'up')).toBeNull();
    expect(orderAfterMove(views, vaultIdOf(2), 'down')).toBeNull();
    expect(orderAfterMove(views, vaultIdOf(99), 'up')).toBeNull();
  });
});

describe('mergeRuns', () => {
  it('keeps each run once, newest first', () => {
    const run = (id: string) => ({ id }) as never;
    expect(mergeRuns([run('c'), run('b')], [run('b'), run('a')])).toEqual([
      run('c'),
      run('b'),
      run('a'),
    ]);
  });
});

describe('faults', () => {
  it('leaves out what is off, and does not arm the spent one again', () => {
    const faults = { latencyMs: 200, failNext: { count: 3, kind: 'timeout' as const } };
    expect(withFault(faults, 'freezeSlots', true)).toEqual({ latencyMs: 200, freezeSlots: true });
    expect(withFault(faults, 'latencyMs', 0)).toEqual({});
    expect(activeFaultCount(faults)).toBe(2);
    expect(activeFaultCount({})).toBe(0);
  });
});
