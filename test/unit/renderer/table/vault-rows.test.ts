import { describe, expect, it } from 'vitest';
import { unixMs } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { rowsAfter } from '#renderer/features/vault-table/use-vault-rows.ts';
import { INITIAL_DESK } from '#renderer/stores/desk-store.ts';
import { surroundingsOf } from '#renderer/stores/gates.ts';
import { verified } from '#test/support/renderer-preview/stories.ts';
import { onChainVault } from '#test/support/vaults.ts';

const NOW = 1_780_000_000_000;
const around = (nowMs: number) => surroundingsOf(INITIAL_DESK, new Map(), unixMs(nowMs));
const NONE = { byId: new Map(), list: [] };
const view = (index: number): VaultView => verified(onChainVault(index), { cash: 1n }, NOW);

describe('the rows of the table', () => {
  const views = [view(1), view(2), view(3)];
  const before = rowsAfter(NONE, views, [], around(NOW));

  it('are the very same while nothing has changed, also a second later', () => {
    expect(rowsAfter(before, views, [], around(NOW + 1_000))).toBe(before);
  });

  it('are new only where a vault has changed', () => {
    const changed = { ...view(2), revision: 9 };
    const after = rowsAfter(
      before,
      [views[0] as VaultView, changed, views[2] as VaultView],
      [],
      around(NOW),
    );
    expect(after.list.map((row, index) => row === before.list[index])).toEqual([true, false, true]);
  });

  it('become stale by time alone', () => {
    const { staleAfterMs } = INITIAL_DESK.settings.sync;
    const after = rowsAfter(before, views, [], around(NOW + staleAfterMs + 5_000));
    expect(after.list.map(({ health }) => health)).toEqual(['stale', 'stale', 'stale']);
  });
});
