import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { mostThat } from '#main/drift/capital/most-that.ts';
import type { VaultAccounts } from '#main/drift/evaluate/vault-accounts.ts';
import { loadVendor, type Vendor } from '#main/drift/vendor.ts';

let vendor: Vendor;
beforeAll(async () => {
  vendor = await loadVendor();
});

function accountsWith(scaled: bigint, index: bigint): VaultAccounts {
  const { plain } = vendor;
  const position = { marketIndex: 0, scaledBalance: plain.toBn(scaled), openOrders: 0 };
  const market = { decimals: 6, cumulativeDepositInterest: plain.toBn(index) };
  return {
    user: { spotPositions: [{ ...position, balanceType: { deposit: {} } }] },
    spotMarkets: new Map([[0, market]]),
  } as unknown as VaultAccounts;
}

const leftOf = ({ user }: VaultAccounts): bigint =>
  vendor.plain.toBigInt(user.spotPositions[0]?.scaledBalance ?? vendor.sdk.ZERO);

it('is the largest amount that holds: exactly it does, one unit more does not', () => {
  const amount = fc.bigInt(1n, 10n ** 15n);
  const index = fc.bigInt(10_000_000_000n, 20_000_000_000n);
  fc.assert(
    fc.property(amount, index, fc.bigInt(0n, 120n), (scaled, growth, percent) => {
      const accounts = accountsWith(scaled, growth);
      const held = (scaled * growth) / 10n ** 13n;
      const least = (scaled * percent) / 100n;
      const holds = (after: VaultAccounts): boolean => leftOf(after) >= least;
      const most = mostThat(vendor, accounts, 0, held, holds);
      expect(most >= 0n && most <= held).toBe(true);
      const taken = (units: bigint) => (units === 0n ? 0n : (units * 10n ** 13n) / growth + 1n);
      const rest = (units: bigint) => (scaled > taken(units) ? scaled - taken(units) : 0n);
      if (most > 0n) expect(rest(most) >= least).toBe(true);
      if (most < held) expect(rest(most + 1n) < least).toBe(true);
    }),
  );
});

it('is nothing of a borrow, of nothing, and where even nothing does not hold', () => {
  const accounts = accountsWith(1_000_000_000n, 10_000_000_000n);
  expect(mostThat(vendor, accounts, 0, -5n, () => true)).toBe(0n);
  expect(mostThat(vendor, accounts, 0, 0n, () => true)).toBe(0n);
  expect(mostThat(vendor, accounts, 0, 1_000_000n, () => false)).toBe(0n);
  expect(mostThat(vendor, accounts, 0, 1_000_000n, () => true)).toBe(1_000_000n);
});
