import type { SpotPosition as ChainPosition } from '@drift-labs/sdk';
import { price, quoteAmount, tokenAmount } from '#domain/units.ts';
import type { SpotPosition } from '#domain/vault-snapshot.ts';
import { decodeName } from '../codec/names.ts';
import type { Valuation } from './snapshot-of.ts';

/** Values one spot position; a borrow is negative in balance, amount and value. */
export function spotPositionOf(
  { vendor, client, user }: Valuation,
  position: ChainPosition,
): SpotPosition {
  const { sdk, plain } = vendor;
  const { marketIndex, balanceType } = position;
  const market = client.getSpotMarketAccount(marketIndex);
  if (market === undefined) throw new Error('The market of the position was not read');
  const oracle = client.getOracleDataForSpotMarket(marketIndex);
  const amount = sdk.getSignedTokenAmount(
    sdk.getTokenAmount(position.scaledBalance, market, balanceType),
    balanceType,
  );
  const scaledBalance = plain.toBigInt(position.scaledBalance);
  return {
    token: decodeName(market.name),
    marketIndex,
    decimals: market.decimals,
    scaledBalance: sdk.isVariant(balanceType, 'borrow') ? -scaledBalance : scaledBalance,
    amount: tokenAmount(plain.toBigInt(amount)),
    oraclePrice: price(plain.toBigInt(oracle.price)),
    value: quoteAmount(plain.toBigInt(sdk.getTokenValue(amount, market.decimals, oracle))),
    withdrawable: tokenAmount(plain.toBigInt(user.getWithdrawalLimit(marketIndex, true))),
  };
}
