import { describe, expect, it } from 'vitest';
import { columnWidths } from '#renderer/features/vault-table/column-widths.ts';
import type { VaultRow } from '#renderer/features/vault-table/columns.ts';

const row = (total: bigint) =>
  ({
    view: {
      state: {
        observation: {
          balances: { USDC: total, DRIFT_POS: 0n },
          snapshot: { figures: { totalCollateral: total, unrealizedPnl: 0n } },
        },
      },
    },
  }) as unknown as VaultRow;
const totalPx = (...totals: bigint[]) =>
  parseInt((columnWidths(totals.map(row)) as Record<string, string>)['--vt-total'] ?? '', 10);

describe('columnWidths', () => {
  it('widens a column for its longest figure, and only then', () => {
    const usual = totalPx(1_000_000n);
    expect(totalPx()).toBe(usual);
    expect(totalPx(1_000_000n, 987_654_321_012_345n)).toBeGreaterThan(usual);
  });
});
