import type { DriftClient, User, UserAccount } from '@drift-labs/sdk';
import type { Vendor } from '../vendor.ts';
import { isIsolated } from './active-positions.ts';
import type { VaultAccounts } from './vault-accounts.ts';

type CalculateMargin = User['getMarginCalculation'];
type MarginCalculation = ReturnType<CalculateMargin>;

/**
 * The SDK's `User` over accounts in memory. Its getters each repeat the whole margin calculation, some several
 * times; here each distinct calculation runs once, which makes a vault four times cheaper to value.
 */
export function measuredUser(vendor: Vendor, client: DriftClient, accounts: VaultAccounts): User {
  const { sdk, web3 } = vendor;
  const userKey = new web3.PublicKey(accounts.userKey);
  const account = withoutTraps(vendor, accounts.user);
  const user = new sdk.User({
    driftClient: client,
    userAccountPublicKey: userKey,
    accountSubscription: {
      type: 'custom',
      userAccountSubscriber: new sdk.BasicUserAccountSubscriber(
        userKey,
        account,
        Number(accounts.slot),
      ),
    },
  });
  user.getMarginCalculation = remembering(user.getMarginCalculation.bind(user));
  return user;
}

function remembering(calculate: CalculateMargin): CalculateMargin {
  const known = new Map<string, MarginCalculation>();
  return (category = 'Initial', options = {}) => {
    if ((options.liquidationBufferMap?.size ?? 0) > 0) return calculate(category, options);
    const { strict = false, includeOpenOrders = true, enteringHighLeverage = false } = options;
    const id = `${category} ${strict} ${includeOpenOrders} ${enteringHighLeverage}`;
    const calculation = known.get(id) ?? calculate(category, options);
    known.set(id, calculation);
    return calculation;
  };
}

/**
 * The account as the SDK reads it rightly. It takes the first spot slot with a market's index even when that
 * slot is empty, so used slots come first; and it takes a perp slot for used when its isolated balance is not
 * zero, which in slots older than isolated positions holds what was written there before.
 */
function withoutTraps({ sdk }: Vendor, user: UserAccount): UserAccount {
  const isEmpty = sdk.isSpotPositionAvailable;
  return {
    ...user,
    spotPositions: [
      ...user.spotPositions.filter((position) => !isEmpty(position)),
      ...user.spotPositions.filter(isEmpty),
    ],
    perpPositions: user.perpPositions.map((position) =>
      isIsolated(position) ? position : { ...position, isolatedPositionScaledBalance: sdk.ZERO },
    ),
  };
}
