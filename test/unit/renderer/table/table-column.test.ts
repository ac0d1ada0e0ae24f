import { describe, expect, it } from 'vitest';
import {
  nextSort,
  shownColumns,
  tabSeparated,
  type TableColumn,
} from '#renderer/ui/table/table-column.ts';
import { VAULT_TABLE_COLUMNS } from '#renderer/features/vault-table/vault-columns.tsx';
import type { VaultRow } from '#renderer/features/vault-table/columns.ts';
import { verified } from '#test/support/renderer-preview/stories.ts';
import { onChainVault } from '#test/support/vaults.ts';

const NOW = 1_780_000_000_000;

const column = (id: string, fixed = false): TableColumn<string> => ({
  ...{ id, label: id.toUpperCase(), title: '', width: '80px', sortable: true, fixed },
  cell: () => null,
  text: (row) => (row === 'unknown' ? null : `${row} ${id}`),
});
const COLUMNS = [column('name', true), column('age'), column('slot')];

describe('a table’s columns', () => {
  it('are hidden by the trader, save those that tell the rows apart', () => {
    const shown = shownColumns(COLUMNS, { hidden: ['name', 'slot'], sort: null });
    expect(shown.map(({ id }) => id)).toEqual(['name', 'age']);
  });

  it('sort up, down, and then not at all', () => {
    const up = nextSort('age', { column: 'slot', descending: true });
    expect(up).toEqual({ column: 'age', descending: false });
    const down = nextSort('age', up);
    expect(down).toEqual({ column: 'age', descending: true });
    expect(nextSort('age', down)).toBeNull();
  });
});

describe('copied rows', () => {
  it('are one line each, under the columns’ names, with nothing for what is unknown', () => {
    expect(tabSeparated(COLUMNS, ['a', 'unknown'])).toBe(
      'NAME\tAGE\tSLOT\na name\ta age\ta slot\n\t\t',
    );
  });

  it('stay one line whatever is in them', () => {
    expect(tabSeparated([column('name')], ['two\tcells\nand lines'])).toBe(
      'NAME\ntwo cells and lines name',
    );
  });

  it('hold every digit of a vault’s figures', () => {
    const view = verified(onChainVault(1), { cash: 1_234_567_890_123_457n }, NOW);
    const row: VaultRow = {
      ...{ view, money: 'practice', networkLabel: 'Practice', health: 'fresh' },
      gate: { allowed: true, reasons: [] },
    };
    const total = VAULT_TABLE_COLUMNS.filter(({ id }) => id === 'total');
    expect(tabSeparated(total, [row])).toBe('Collateral\n1234567890.123457');
  });
});
