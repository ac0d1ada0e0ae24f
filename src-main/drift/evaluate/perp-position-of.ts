import type { PerpPosition as ChainPosition } from '@drift-labs/sdk';
import { baseAmount, notionalOf, price, quoteAmount, type Price } from '#domain/units.ts';
import type { PerpPosition } from '#domain/vault-snapshot.ts';
import { decodeName } from '../codec/names.ts';
import { isIsolated } from './active-positions.ts';
import type { Valuation } from './snapshot-of.ts';

/**
 * Values one perp position. The mark price is the market's reserve price; unrealized PnL leaves funding out,
 * which stands beside it; unsettled PnL is what could be claimed now.
 */
export function perpPositionOf(valuation: Valuation, position: ChainPosition): PerpPosition {
  const { vendor, client, user } = valuation;
  const { sdk, plain } = vendor;
  const { marketIndex } = position;
  const market = present(client.getPerpMarketAccount(marketIndex));
  const quoteMarket = present(client.getSpotMarketAccount(market.quoteSpotMarketIndex));
  const oracle = client.getOracleDataForPerpMarket(marketIndex);
  const markOracle = client.getMMOracleDataForPerpMarket(marketIndex);
  const baseSize = baseAmount(plain.toBigInt(position.baseAssetAmount));
  const markPrice = price(plain.toBigInt(sdk.calculateReservePrice(market, markOracle)));
  return {
    market: decodeName(market.name),
    marketIndex,
    baseSize,
    quoteAssetAmount: quoteAmount(plain.toBigInt(position.quoteAssetAmount)),
    quoteEntryAmount: quoteAmount(plain.toBigInt(position.quoteEntryAmount)),
    quoteBreakEvenAmount: quoteAmount(plain.toBigInt(position.quoteBreakEvenAmount)),
    openOrders: position.openOrders,
    entryPrice: price(plain.toBigInt(sdk.calculateEntryPrice(position))),
    markPrice,
    oraclePrice: price(plain.toBigInt(oracle.price)),
    notional: notionalOf(baseSize, markPrice),
    unrealizedPnl: quoteAmount(plain.toBigInt(user.getUnrealizedPNL(false, marketIndex))),
    unsettledPnl: quoteAmount(
      plain.toBigInt(sdk.calculateClaimablePnl(market, quoteMarket, position, oracle)),
    ),
    unrealizedFunding: quoteAmount(plain.toBigInt(user.getUnrealizedFundingPNL(marketIndex))),
    liquidationPrice: liquidationPriceOf(valuation, position),
  };
}

function liquidationPriceOf({ vendor, user }: Valuation, position: ChainPosition): Price | null {
  const defaults = [undefined, undefined, undefined, undefined, undefined, undefined] as const;
  const found = isIsolated(position)
    ? user.liquidationPrice(position.marketIndex, ...defaults, 'Isolated')
    : user.liquidationPrice(position.marketIndex);
  return found.isNeg() ? null : price(vendor.plain.toBigInt(found));
}

function present<Account>(account: Account | undefined): Account {
  if (account === undefined) throw new Error('A market of the position was not read');
  return account;
}
