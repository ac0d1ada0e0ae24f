import type { DriftClient, User, UserAccount } from '@drift-labs/sdk';
import { exchangeStatusOf } from '#domain/exchange-status.ts';
import { healthBpsOf } from '#domain/margin.ts';
import { leverageE4, quoteAmount, slot, type UnixMs } from '#domain/units.ts';
import type {
  AccountFigures,
  AccountFlag,
  PerpPosition,
  VaultSnapshot,
} from '#domain/vault-snapshot.ts';
import type { Vendor } from '../vendor.ts';
import { activePerpPositions, activeSpotPositions } from './active-positions.ts';
import { measuredUser } from './measured-user.ts';
import { perpPositionOf } from './perp-position-of.ts';
import type { OfflineClient } from './sdk-client.ts';
import { spotPositionOf } from './spot-position-of.ts';
import type { VaultAccounts } from './vault-accounts.ts';

/** What the valuation of one position needs. */
export interface Valuation {
  readonly vendor: Vendor;
  readonly client: DriftClient;
  readonly user: User;
}

/**
 * Values one vault by the SDK's own mathematics; every amount is exact. Margin figures are those of the cross
 * account, initial weights for collateral and free collateral, as the SDK's getters have them by default.
 * Throws when the accounts hold something that the SDK cannot value.
 */
export function snapshotOf(
  vendor: Vendor,
  { client, view }: OfflineClient,
  accounts: VaultAccounts,
  observedAtMs: UnixMs,
): VaultSnapshot {
  view.show(accounts);
  const user = measuredUser(vendor, client, accounts);
  const valuation: Valuation = { vendor, client, user };
  const perpPositions = activePerpPositions(accounts.user).map((position) =>
    perpPositionOf(valuation, position),
  );
  return {
    slot: slot(accounts.slot),
    observedAtMs,
    figures: figuresOf(valuation, accounts.user, perpPositions),
    perpPositions,
    spotPositions: activeSpotPositions(accounts.user).map((position) =>
      spotPositionOf(valuation, position),
    ),
    exchangeStatus: exchangeStatusOf(accounts.state.exchangeStatus),
    accountFlags: flagsOf(vendor, accounts.user),
    delegate: delegateOf(vendor, accounts.user),
  };
}

function figuresOf(
  { vendor, user }: Valuation,
  account: UserAccount,
  perpPositions: readonly PerpPosition[],
): AccountFigures {
  const { toBigInt } = vendor.plain;
  const unsettled = perpPositions.reduce((sum, position) => sum + position.unsettledPnl, 0n);
  return {
    totalCollateral: quoteAmount(toBigInt(user.getTotalCollateral())),
    freeCollateral: quoteAmount(toBigInt(user.getFreeCollateral())),
    initialMargin: quoteAmount(toBigInt(user.getInitialMarginRequirement())),
    maintenanceMargin: quoteAmount(toBigInt(user.getMaintenanceMarginRequirement())),
    health: user.getHealth(),
    healthBps: healthBpsFor({ vendor, user }),
    leverage: leverageE4(toBigInt(user.getLeverage())),
    unrealizedPnl: quoteAmount(toBigInt(user.getUnrealizedPNL())),
    unsettledPnl: quoteAmount(unsettled),
    unsettledFunding: quoteAmount(toBigInt(user.getUnrealizedFundingPNL())),
    cumulativeFunding: quoteAmount(toBigInt(account.cumulativePerpFunding)),
  };
}

function healthBpsFor({ vendor, user }: Pick<Valuation, 'vendor' | 'user'>): number {
  const { toBigInt } = vendor.plain;
  const margin = user.getMarginCalculation('Maintenance');
  return healthBpsOf(
    toBigInt(margin.totalCollateral),
    toBigInt(margin.marginRequirement),
    user.isCrossMarginBeingLiquidated(),
  );
}

/** Conditions of the account that forbid some of its operations. */
export function flagsOf({ sdk }: Vendor, { status }: UserAccount): readonly AccountFlag[] {
  const bits: readonly (readonly [AccountFlag, number])[] = [
    ['beingLiquidated', sdk.UserStatus.BEING_LIQUIDATED],
    ['bankrupt', sdk.UserStatus.BANKRUPT],
    ['reduceOnly', sdk.UserStatus.REDUCE_ONLY],
  ];
  return bits.filter(([, bit]) => (status & bit) !== 0).map(([flag]) => flag);
}

function delegateOf({ web3 }: Vendor, { delegate }: UserAccount): string | null {
  return delegate.equals(web3.PublicKey.default) ? null : delegate.toBase58();
}
