/** The paper venue against the suite that every capital venue must pass. */
import { address } from '#domain/ids.ts';
import { quoteAmount, unixMs } from '#domain/units.ts';
import { createVirtualCapital, createVirtualReader } from '#main/virtual/index.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { MemoryLedger } from '#test/support/memory-store.ts';
import { paperVault } from '#test/support/vaults.ts';
import { describeCapitalVenue } from '../capital-venue-suite.ts';

const CASH = 50_000_000n;
const MINT = address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v');

describeCapitalVenue('The paper ledger', () => {
  const ledger = new MemoryLedger();
  const clock = new FakeClock();
  const vaults = [paperVault(1), paperVault(2)] as const;
  const append = (vault: (typeof vaults)[number], change: bigint): void => {
    const head = ledger.loadAccount(vault.id);
    ledger.append(vault.id, {
      kind: 'credit',
      change: quoteAmount(change),
      cashAfter: quoteAmount((head?.cash ?? 0n) + change),
      revision: (head?.revision ?? 0) + 1,
      atMs: unixMs(0),
      note: 'test',
    });
  };
  for (const vault of vaults) append(vault, CASH);
  const reader = createVirtualReader(ledger, clock);
  return Promise.resolve({
    venue: createVirtualCapital({ ledger, clock, quote: { symbol: 'USDC', mint: MINT } }),
    vaults,
    quote: 'USDC',
    read: async (asked) => {
      const batch = await reader.read(asked, new Map());
      if (!batch.ok) throw new Error(batch.error.message);
      return new Map(
        [...batch.value.observations].flatMap(([id, each]) =>
          each.ok ? [[id, each.value] as const] : [],
        ),
      );
    },
    // Another line in its place: it can never get it any more.
    pastExpiry: () => {
      append(vaults[0], 0n);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  });
});
