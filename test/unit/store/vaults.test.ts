import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { networkId } from '#domain/ids.ts';
import { faultOf } from '#domain/keel-fault.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import { codeOf } from './code-of.ts';
import { onChainVault, paperVault } from '#test/support/vaults.ts';
import { openTestStore, testFolder } from './open-test-store.ts';

const openNew = () => openTestStore(join(testFolder(), 'keel.db')).vaultStore;

describe('vaults', () => {
  it('come back as they were stored, in the order of the table', () => {
    const store = openNew();
    const second = onChainVault(2, { archivedAtMs: unixMs(5), subAccountId: 65_535 });
    const first = paperVault(1, { allocation: quoteAmount(2n ** 63n - 1n), active: true });
    store.insertVault(second);
    store.insertVault(first);
    expect(store.loadVaults()).toEqual([first, second]);
    store.updateVaults([{ ...first, sortIndex: 9, name: 'Renamed' }]);
    expect(store.loadVaults()).toEqual([second, { ...first, sortIndex: 9, name: 'Renamed' }]);
  });

  it('never share a sub-account, not even with an archived one', () => {
    const store = openNew();
    store.insertVault(onChainVault(1, { subAccountId: 7, archivedAtMs: unixMs(5) }));
    expect(codeOf(() => store.insertVault(onChainVault(2, { subAccountId: 7 })))).toBe(
      'VAULT_EXISTS',
    );
    store.insertVault(onChainVault(3, { subAccountId: 7, network: networkId('mainnet') }));
    store.insertVault(onChainVault(4, { subAccountId: 8 }));
    expect(store.loadVaults()).toHaveLength(3);
  });

  it('give an engine one active vault, and the badge moves in one step', () => {
    const store = openNew();
    const [first, second] = [paperVault(1, { active: true }), paperVault(2)];
    store.insertVault(first);
    store.insertVault(second);
    store.insertVault(paperVault(3, { engine: 'other', active: true }));
    expect(codeOf(() => store.updateVault({ ...second, active: true }))).toBe('VAULT_EXISTS');
    store.updateVaults([
      { ...second, active: true },
      { ...first, active: false },
    ]);
    expect(store.loadVaults().map(({ active }) => active)).toEqual([false, true, true]);
  });

  it('keep their identity: figures of one sub-account never become those of another', () => {
    const store = openNew();
    const vault = onChainVault(1);
    store.insertVault(vault);
    for (const change of [{ subAccountId: 9 }, { network: networkId('mainnet') }]) {
      expect(codeOf(() => store.updateVault({ ...vault, ...change }))).toBe(
        'DATABASE_WRITE_FAILED',
      );
    }
    expect(store.loadVaults()).toEqual([vault]);
  });

  it('that do not exist are named', () => {
    const store = openNew();
    const unknown = paperVault(1);
    expect(codeOf(() => store.updateVault(unknown))).toBe('VAULT_NOT_FOUND');
    expect(codeOf(() => store.loadSyncState(unknown.id))).toBe('VAULT_NOT_FOUND');
    expect(faultOf(new Error('a bug'))).toBeNull();
  });
});
