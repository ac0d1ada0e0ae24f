/** What keepers and cranks do on mainnet: markets follow their oracles, funding and interest accrue. */
import {
  perpMarketAddress,
  pythLazerAddress,
  spotMarketAddress,
} from '#main/drift/codec/addresses.ts';
import type { Ledger } from '../../chain/program.ts';
import { loadFrom, saveTo } from '../ledger-accounts.ts';
import { PERP_MARKETS, SPOT_MARKETS } from '../market-catalogue.ts';
import { followOracle } from '../math/amm.ts';
import { accrueFunding, fundingRate } from '../math/funding.ts';
import { larger, movingAverage } from '../math/integer.ts';
import { accrueInterest } from '../math/interest.ts';
import { readOracle } from '../math/price.ts';
import type { WorldSettings } from '../options.ts';
import { ONE_HOUR } from '../precision.ts';
import type { PerpMarket } from '../types.ts';
import { standardNormal } from './prices.ts';

const FUNDING_PAUSED = 1;
const FUNDING_PAUSED_EXCHANGE = 32;
/** Markets are refreshed in turn, so that no slot pays for all of them. */
const ROUND_SLOTS = 12;
/** The premium of mark over oracle wanders around this, × 10^-6, and so do funding rates. */
const MEAN_PREMIUM = 350;
const PREMIUM_SPREAD = 900;
const PREMIUM_HOURS = 4;

export function keepMarkets(ledger: Ledger, settings: WorldSettings, exchangeStatus: number): void {
  const turn = Number(ledger.slot % BigInt(ROUND_SLOTS));
  const perp = PERP_MARKETS[turn];
  if (perp) refreshPerpMarket(ledger, settings, perp.index, perp.feedId, exchangeStatus);
  const spot = SPOT_MARKETS[turn - PERP_MARKETS.length];
  if (spot) refreshSpotMarket(ledger, settings, spot.index, spot.feedId);
}

/** After a price has been set by hand: no waiting for the markets' turns. */
export function refreshAllMarkets(ledger: Ledger, settings: WorldSettings): void {
  for (const { index, feedId } of PERP_MARKETS) {
    const address = perpMarketAddress(settings.deployment, index);
    const market = loadFrom(ledger, 'PerpMarket', address);
    const oracle = loadFrom(
      ledger,
      'PythLazerOracle',
      pythLazerAddress(settings.deployment, feedId),
    );
    followOracle(market, readOracle(oracle, ledger.slot).price, ledger.slot, ledger.unixTimestamp);
    saveTo(ledger, settings.deployment.program, 'PerpMarket', address, market);
  }
  for (const { index, feedId } of SPOT_MARKETS) refreshSpotMarket(ledger, settings, index, feedId);
}

function refreshPerpMarket(
  ledger: Ledger,
  settings: WorldSettings,
  index: number,
  feedId: number,
  exchangeStatus: number,
): void {
  const address = perpMarketAddress(settings.deployment, index);
  const market = loadFrom(ledger, 'PerpMarket', address);
  const now = ledger.unixTimestamp;
  const { price } = readOracle(
    loadFrom(ledger, 'PythLazerOracle', pythLazerAddress(settings.deployment, feedId)),
    ledger.slot,
  );
  followOracle(market, price, ledger.slot, now);
  recordMark(market, price, premiumAt(settings.seed, index, now), now);
  const paused =
    (market.pausedOperations & FUNDING_PAUSED) !== 0 ||
    (exchangeStatus & FUNDING_PAUSED_EXCHANGE) !== 0;
  if (!paused && isFundingDue(market, now)) {
    const oracleAverage = market.amm.historicalOracleData.lastOraclePriceTwap;
    accrueFunding(
      market,
      fundingRate(market.amm.lastMarkPriceTwap, oracleAverage),
      oracleAverage,
      now,
    );
  }
  saveTo(ledger, settings.deployment.program, 'PerpMarket', address, market);
}

function refreshSpotMarket(
  ledger: Ledger,
  settings: WorldSettings,
  index: number,
  feedId: number | null,
): void {
  const address = spotMarketAddress(settings.deployment, index);
  const market = loadFrom(ledger, 'SpotMarket', address);
  const oracle =
    feedId === null
      ? null
      : loadFrom(ledger, 'PythLazerOracle', pythLazerAddress(settings.deployment, feedId));
  accrueInterest(market, oracle && readOracle(oracle, ledger.slot).price, ledger.unixTimestamp);
  saveTo(ledger, settings.deployment.program, 'SpotMarket', address, market);
}

/** On the boundary of each period, as Drift does: not a period after the last one. */
function isFundingDue(market: PerpMarket, now: bigint): boolean {
  const period = larger(1n, market.amm.fundingPeriod);
  return now / period > market.amm.lastFundingRateTs / period;
}

function recordMark(market: PerpMarket, price: bigint, premium: number, now: bigint): void {
  const { amm } = market;
  const mark = price + (price * BigInt(premium)) / 1_000_000n;
  const since = larger(0n, now - amm.lastMarkPriceTwapTs);
  if (since === 0n) return;
  amm.lastMarkPriceTwap = movingAverage(
    mark,
    amm.lastMarkPriceTwap,
    since,
    larger(0n, ONE_HOUR - since),
  );
  amm.lastMarkPriceTwap5Min = movingAverage(
    mark,
    amm.lastMarkPriceTwap5Min,
    since,
    larger(0n, 300n - since),
  );
  amm.lastBidPriceTwap =
    amm.lastMarkPriceTwap - (amm.lastMarkPriceTwap * BigInt(amm.shortSpread)) / 1_000_000n;
  amm.lastAskPriceTwap =
    amm.lastMarkPriceTwap + (amm.lastMarkPriceTwap * BigInt(amm.longSpread)) / 1_000_000n;
  amm.lastMarkPriceTwapTs = now;
}

/** Between two draws, one every few hours, in a straight line. × 10^-6. */
function premiumAt(seed: string, index: number, now: bigint): number {
  const span = Number(ONE_HOUR) * PREMIUM_HOURS;
  const step = Math.floor(Number(now) / span);
  const draw = (n: number) =>
    MEAN_PREMIUM + PREMIUM_SPREAD * standardNormal(`${seed}/premium/${index}/${n}`);
  const share = Number(now) / span - step;
  return Math.round(draw(step) * (1 - share) + draw(step + 1) * share);
}
