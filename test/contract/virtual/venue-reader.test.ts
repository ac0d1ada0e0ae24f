import type { VirtualVault } from '#domain/engine-vault.ts';
import { networkId, vaultId } from '#domain/ids.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import { createVirtualReader } from '#main/virtual/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { MemoryLedger } from '#test/support/memory-store.ts';
import { describeVenueReader } from '../venue-reader-suite.ts';

describeVenueReader('the paper reader', () => {
  const ledger = new MemoryLedger();
  const vaults = [50_000_000n, 70_000_000n, 0n].map((cash, index) => {
    const vault = paperVault(`paper-${index}`);
    append(ledger, vault, cash, 1);
    return vault;
  });
  return Promise.resolve({
    reader: createVirtualReader(ledger, new FakeClock()),
    vaults,
    missing: paperVault('missing'),
    change: (vault) => {
      append(ledger, vault, 90_000_000n, (ledger.loadAccount(vault.id)?.revision ?? 0) + 1);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
});

function append(
  ledger: MemoryLedger,
  { id }: { readonly id: VirtualVault['id'] },
  cash: bigint,
  revision: number,
): void {
  const before = ledger.loadAccount(id)?.cash ?? 0n;
  ledger.append(id, {
    kind: revision === 1 ? 'allocate' : 'credit',
    change: quoteAmount(cash - before),
    cashAfter: quoteAmount(cash),
    revision,
    atMs: unixMs(revision),
    note: 'test',
  });
}

function paperVault(id: string): VirtualVault {
  return {
    id: vaultId(id),
    vaultType: 'virtual',
    engine: 'funding',
    name: id,
    network: networkId('practice'),
    active: false,
    createdAtMs: unixMs(0),
    archivedAtMs: null,
    sortIndex: 0,
    allocation: quoteAmount(50_000_000n),
  };
}
