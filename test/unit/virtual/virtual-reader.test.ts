import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { networkId, vaultId } from '#domain/ids.ts';
import { quoteAmount, slot, unixMs } from '#domain/units.ts';
import { deriveBalances, satisfiesFormula } from '#domain/vault-balances.ts';
import { createVirtualReader, snapshotOf } from '#main/virtual/virtual-reader.ts';
import { FakeClock } from '#test/support/fake-clock.ts';
import { MemoryLedger } from '#test/support/memory-store.ts';

const clock = new FakeClock();
const vault = {
  vaultType: 'virtual',
  id: vaultId('paper'),
  engine: 'funding',
  name: 'Paper',
  network: networkId('practice'),
  active: true,
  createdAtMs: unixMs(0),
  archivedAtMs: null,
  sortIndex: 0,
  allocation: quoteAmount(50_000_000n),
} as const;

function ledgerWith(cash: bigint): MemoryLedger {
  const ledger = new MemoryLedger();
  const change = quoteAmount(cash);
  ledger.append(vault.id, {
    kind: 'allocate',
    change,
    cashAfter: change,
    revision: 1,
    atMs: unixMs(0),
    note: '',
  });
  return ledger;
}

async function readOne(ledger: MemoryLedger, minSlot = 0n) {
  const reader = createVirtualReader(ledger, clock);
  const batch = await reader.read([vault], new Map([[vault.id, slot(minSlot)]]));
  if (!batch.ok) throw new Error(batch.error.message);
  expect(batch.value.rpcCalls).toBe(0);
  return batch.value.observations.get(vault.id);
}

describe('the paper venue', () => {
  it('shows the ledger’s head as an account at the slot of its revision', async () => {
    expect(await readOne(ledgerWith(50_000_000n))).toMatchObject({
      ok: true,
      value: {
        slot: 1n,
        observedAtMs: clock.nowMs(),
        figures: { totalCollateral: 50_000_000n, freeCollateral: 50_000_000n, health: 100 },
        spotPositions: [
          { token: 'USDC', amount: 50_000_000n, scaledBalance: 50_000_000_000n, decimals: 6 },
        ],
        perpPositions: [],
      },
    });
  });

  it('a missing ledger is an error, never a zero', async () => {
    expect(await readOne(new MemoryLedger())).toMatchObject({
      ok: false,
      error: { code: 'SUB_ACCOUNT_MISSING' },
    });
  });

  it('a ledger older than what was seen is behind (S7)', async () => {
    expect(await readOne(ledgerWith(1n), 2n)).toMatchObject({
      ok: false,
      error: { code: 'NODE_BEHIND' },
    });
  });

  it('a ledger that cannot be read is that vault’s own error', async () => {
    const ledger = ledgerWith(1n);
    ledger.loadAccount = () => {
      throw new Error('disk I/O error');
    };
    expect(await readOne(ledger)).toMatchObject({ error: { code: 'ENGINE_FAULT' } });
  });

  it('its balances are its cash, by the same formula as on chain', () => {
    fc.assert(
      fc.property(fc.bigInt(0n, 10n ** 15n), fc.nat(), (cash, revision) => {
        const account = { cash: quoteAmount(cash), revision, changedAtMs: unixMs(0) };
        const snapshot = snapshotOf(account, unixMs(1));
        const balances = deriveBalances(snapshot);
        expect(balances).toEqual({ USDC: cash, DRIFT_POS: 0n, SOL: 0n });
        expect(satisfiesFormula(snapshot, balances)).toBe(true);
      }),
    );
  });

  it('has no endpoint and no status', () => {
    const reader = createVirtualReader(new MemoryLedger(), clock);
    expect(reader.status()).toBeNull();
    reader.watch([vault], () => undefined);
    reader.useNextEndpoint();
    reader.onStatus(() => undefined)();
    reader.close();
  });
});
