import { perpMarketAddress, pythLazerAddress } from '#main/drift/codec/addresses.ts';
import type { DriftDeployment } from '#main/drift/codec/addresses.ts';
import { blankAccount } from '#main/drift/codec/drift-coder.ts';
import { encodeName } from '#main/drift/codec/names.ts';
import { feedOf } from '../market-catalogue.ts';
import type { PerpMarketEntry } from '../market-catalogue.ts';
import { followOracle } from '../math/amm.ts';
import type { Amm, PerpMarket } from '../types.ts';

const COEF_PRECISION = 1_000_000n;
/** A fill may take this share of the reserves at most: one part in so many. */
const MAX_FILL_RESERVE_FRACTION = 1_000;

interface PerpGenesis {
  readonly slot: bigint;
  readonly now: bigint;
  readonly fundingPeriodSeconds: bigint;
}

/** A market that nobody has traded in, quoting around its oracle. */
export function createPerpMarket(
  deployment: DriftDeployment,
  entry: PerpMarketEntry,
  at: PerpGenesis,
): PerpMarket {
  const market = blankAccount('PerpMarket');
  const price = feedOf(entry.feedId).anchorPrice;
  Object.assign(market, {
    pubkey: perpMarketAddress(deployment, entry.index),
    name: encodeName(entry.name),
    marketIndex: entry.index,
    status: { active: {} },
    contractType: { perpetual: {} },
    contractTier: entry.contractTier === 'a' ? { a: {} } : { b: {} },
    marginRatioInitial: entry.marginRatioInitial,
    marginRatioMaintenance: entry.marginRatioMaintenance,
    imfFactor: entry.imfFactor,
    liquidatorFee: 7_500,
    ifLiquidationFee: 7_500,
    unrealizedPnlInitialAssetWeight: 0,
    unrealizedPnlMaintenanceAssetWeight: 10_000,
    unrealizedPnlMaxImbalance: 100_000_000_000n,
    nextFillRecordId: 1n,
    nextFundingRateRecordId: 1n,
    nextCurveRecordId: 1n,
  } satisfies Partial<PerpMarket>);
  market.insuranceClaim.quoteMaxInsurance = 1_000_000_000_000n;
  market.insuranceClaim.maxRevenueWithdrawPerPeriod = 100_000_000n;
  setCurve(market.amm, entry, price);
  setMarketMaker(market.amm, deployment, entry, at, price);
  followOracle(market, price, at.slot, at.now);
  return market;
}

function setCurve(amm: Amm, entry: PerpMarketEntry, price: bigint): void {
  Object.assign(amm, {
    baseAssetReserve: entry.sqrtK,
    quoteAssetReserve: entry.sqrtK,
    terminalQuoteAssetReserve: entry.sqrtK,
    sqrtK: entry.sqrtK,
    concentrationCoef: entry.concentrationCoef,
    minBaseAssetReserve: (entry.sqrtK * COEF_PRECISION) / entry.concentrationCoef,
    maxBaseAssetReserve: (entry.sqrtK * entry.concentrationCoef) / COEF_PRECISION,
    pegMultiplier: price,
  } satisfies Partial<Amm>);
}

function setMarketMaker(
  amm: Amm,
  deployment: DriftDeployment,
  entry: PerpMarketEntry,
  at: PerpGenesis,
  price: bigint,
): void {
  const { historicalOracleData: history } = amm;
  history.lastOraclePrice = price;
  history.lastOraclePriceTwap = price;
  history.lastOraclePriceTwap5Min = price;
  history.lastOraclePriceTwapTs = at.now;
  Object.assign(amm, {
    oracle: pythLazerAddress(deployment, entry.feedId),
    oracleSource: { pythLazer: {} },
    maxOpenInterest: entry.maxOpenInterest,
    orderStepSize: entry.orderStepSize,
    orderTickSize: entry.orderTickSize,
    minOrderSize: entry.minOrderSize,
    baseSpread: entry.baseSpread,
    maxSpread: entry.maxSpread,
    maxFillReserveFraction: MAX_FILL_RESERVE_FRACTION,
    maxSlippageRatio: 50,
    // The peg is moved to the oracle at each tick; clients must not predict another move on top.
    curveUpdateIntensity: 0,
    fundingPeriod: at.fundingPeriodSeconds,
    lastFundingRateTs: at.now,
    lastBidPriceTwap: price,
    lastAskPriceTwap: price,
    lastMarkPriceTwap: price,
    lastMarkPriceTwap5Min: price,
    lastMarkPriceTwapTs: at.now,
    lastFundingOracleTwap: price,
    markStd: price / 1_000n,
    oracleStd: price / 1_000n,
    lastOracleConfPct: 200n,
    totalFee: 2_000_000_000_000n,
    totalExchangeFee: 1_000_000_000_000n,
    totalFeeMinusDistributions: 1_500_000_000_000n,
    oracleSlotDelayOverride: -1,
  } satisfies Partial<Amm>);
}
