import {
  perpMarketAddress,
  pythLazerAddress,
  spotMarketAddress,
} from '#main/drift/codec/addresses.ts';
import type { Ledger } from '../../chain/program.ts';
import { loadFrom } from '../ledger-accounts.ts';
import { PERP_MARKETS, SPOT_MARKETS } from '../market-catalogue.ts';
import { QUOTE_ORACLE_PRICE, readOracle } from '../math/price.ts';
import type { MarketView, OraclePrice } from '../math/price.ts';
import type { WorldSettings } from '../options.ts';

/** All markets and prices as they stand on the ledger. */
export function ledgerView(ledger: Ledger, { deployment }: WorldSettings): MarketView {
  const oracle = (feedId: number): OraclePrice =>
    readOracle(
      loadFrom(ledger, 'PythLazerOracle', pythLazerAddress(deployment, feedId)),
      ledger.slot,
    );
  return {
    spot: (index) => loadFrom(ledger, 'SpotMarket', spotMarketAddress(deployment, index)),
    perp: (index) => loadFrom(ledger, 'PerpMarket', perpMarketAddress(deployment, index)),
    spotPrice: (index) => {
      const feedId = SPOT_MARKETS[index]?.feedId ?? null;
      return feedId === null ? QUOTE_ORACLE_PRICE : oracle(feedId);
    },
    perpPrice: (index) => {
      const entry = PERP_MARKETS[index];
      if (!entry) throw new Error(`No perp market ${index}`);
      return oracle(entry.feedId);
    },
  };
}
