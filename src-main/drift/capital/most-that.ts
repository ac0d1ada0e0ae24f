import type { UserAccount } from '@drift-labs/sdk';
import type { VaultAccounts } from '../evaluate/vault-accounts.ts';
import type { Vendor } from '../vendor.ts';

/**
 * The largest amount whose withdrawal leaves an account for which the condition holds, in the token's smallest
 * unit: found by trying, with the SDK's own mathematics on the account as it would be. The condition must not come
 * back once it is lost.
 */
export function mostThat(
  vendor: Vendor,
  accounts: VaultAccounts,
  marketIndex: number,
  held: bigint,
  holds: (after: VaultAccounts) => boolean,
): bigint {
  const allows = (amount: bigint): boolean =>
    holds(afterWithdrawal(vendor, accounts, marketIndex, amount));
  if (held <= 0n || !allows(0n)) return 0n;
  if (allows(held)) return held;
  let allowed = 0n;
  let refused = held;
  while (refused - allowed > 1n) {
    const middle = (allowed + refused) / 2n;
    if (allows(middle)) allowed = middle;
    else refused = middle;
  }
  return allowed;
}

/** The account after so much of a deposit was taken out; rounded against it, as the program rounds. */
function afterWithdrawal(
  { sdk, plain }: Vendor,
  accounts: VaultAccounts,
  marketIndex: number,
  amount: bigint,
): VaultAccounts {
  const market = accounts.spotMarkets.get(marketIndex);
  if (market === undefined) throw new Error(`Spot market ${marketIndex} was not read`);
  const floored = sdk.getBalance(plain.toBn(amount), market, sdk.SpotBalanceType.DEPOSIT);
  const taken = amount === 0n ? floored : floored.addn(1);
  const user: UserAccount = {
    ...accounts.user,
    spotPositions: accounts.user.spotPositions.map((position) =>
      position.marketIndex === marketIndex && !sdk.isSpotPositionAvailable(position)
        ? { ...position, scaledBalance: sdk.BN.max(position.scaledBalance.sub(taken), sdk.ZERO) }
        : position,
    ),
  };
  return { ...accounts, user };
}
