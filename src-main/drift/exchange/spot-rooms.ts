/** How much a spot market takes and lets out, whoever asks. */
import type { SpotMarketAccount } from '@drift-labs/sdk';
import { tokenAmount, type TokenAmount } from '#domain/units.ts';
import type { Vendor } from '../vendor.ts';

/** Until the deposit cap, in the token's smallest unit; null: the market has none. */
export function depositRoomOf(
  { sdk, plain }: Vendor,
  market: SpotMarketAccount,
): TokenAmount | null {
  const cap = plain.toBigInt(market.maxTokenDeposits);
  if (cap === 0n) return null;
  const deposits = plain.toBigInt(
    sdk.getTokenAmount(market.depositBalance, market, sdk.SpotBalanceType.DEPOSIT),
  );
  return tokenAmount(cap > deposits ? cap - deposits : 0n);
}

/**
 * What the market-wide withdraw guard lets out, in the token's smallest unit.
 * @param chainNow time of the chain, seconds
 */
export function marketGuardRoomOf(
  { sdk, plain }: Vendor,
  market: SpotMarketAccount,
  chainNow: bigint,
): bigint {
  const { withdrawLimit } = sdk.calculateWithdrawLimit(market, plain.toBn(chainNow));
  return plain.toBigInt(withdrawLimit);
}
