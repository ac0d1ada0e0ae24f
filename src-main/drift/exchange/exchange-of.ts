import type { OraclePriceData, PerpMarketAccount, SpotMarketAccount } from '@drift-labs/sdk';
import type {
  ExchangeObservation,
  MarketState,
  PerpMarketState,
  SpotMarketState,
} from '#domain/exchange-state.ts';
import { exchangeStatusOf } from '#domain/exchange-status.ts';
import { slot, tokenAmount } from '#domain/units.ts';
import { decodeName } from '../codec/names.ts';
import { oracleId } from '../evaluate/vault-accounts.ts';
import type { VenueSighting } from '../read/venue-sighting.ts';
import type { Vendor } from '../vendor.ts';
import { marketStatusOf, pausedPerpOperations, pausedSpotOperations } from './market-words.ts';
import { perpOracleState, spotOracleState } from './oracle-state.ts';
import { depositRoomOf, marketGuardRoomOf } from './spot-rooms.ts';

/**
 * The venue's own state as a read of vaults has seen it (M2): spot markets first, each kind by index. Null: nothing
 * was seen. A market whose figures the SDK cannot make is left out, as one that was not read.
 */
export function exchangeOf(
  vendor: Vendor,
  sighting: VenueSighting | null,
): ExchangeObservation | null {
  if (sighting === null) return null;
  const { state, spotMarkets, perpMarkets, oracles } = sighting.accounts;
  const markets: (MarketState | null)[] = [
    ...byIndex(spotMarkets).map((market) => {
      const oracle = oracles.get(oracleId(market.oracle, market.oracleSource));
      return attempt(() => oracle && spotMarketOf(vendor, sighting, market, oracle));
    }),
    ...byIndex(perpMarkets).map((market) => {
      const oracle = oracles.get(oracleId(market.amm.oracle, market.amm.oracleSource));
      return attempt(() => oracle && perpMarketOf(vendor, sighting, market, oracle));
    }),
  ];
  return {
    slot: slot(sighting.accounts.slot),
    observedAtMs: sighting.observedAtMs,
    status: exchangeStatusOf(state.exchangeStatus),
    markets: markets.filter((market) => market !== null),
  };
}

function spotMarketOf(
  vendor: Vendor,
  { accounts, chainNow }: VenueSighting,
  market: SpotMarketAccount,
  oracle: OraclePriceData,
): SpotMarketState {
  return {
    kind: 'spot',
    marketIndex: market.marketIndex,
    name: decodeName(market.name),
    status: marketStatusOf(market.status),
    pausedOperations: pausedSpotOperations(vendor, market.pausedOperations),
    oracle: spotOracleState(vendor, accounts.state, market, oracle, accounts.slot),
    decimals: market.decimals,
    depositRoom: depositRoomOf(vendor, market),
    guardRoom: tokenAmount(marketGuardRoomOf(vendor, market, chainNow)),
  };
}

function perpMarketOf(
  vendor: Vendor,
  { accounts }: VenueSighting,
  market: PerpMarketAccount,
  oracle: OraclePriceData,
): PerpMarketState {
  return {
    kind: 'perp',
    marketIndex: market.marketIndex,
    name: decodeName(market.name),
    status: marketStatusOf(market.status),
    pausedOperations: pausedPerpOperations(vendor, market.pausedOperations),
    oracle: perpOracleState(vendor, accounts.state, market, oracle, accounts.slot),
  };
}

function byIndex<Market>(markets: ReadonlyMap<number, Market>): readonly Market[] {
  return [...markets].toSorted(([left], [right]) => left - right).map(([, market]) => market);
}

/** No market's strange figures may cost a vault its own. */
function attempt(work: () => MarketState | undefined): MarketState | null {
  try {
    return work() ?? null;
  } catch {
    return null;
  }
}
