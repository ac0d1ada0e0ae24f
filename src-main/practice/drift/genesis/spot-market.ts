import { PublicKey } from '@solana/web3.js';
import {
  insuranceVaultAddress,
  pythLazerAddress,
  spotMarketAddress,
  spotVaultAddress,
} from '#main/drift/codec/addresses.ts';
import type { DriftDeployment } from '#main/drift/codec/addresses.ts';
import { blankAccount } from '#main/drift/codec/drift-coder.ts';
import { encodeName } from '#main/drift/codec/names.ts';
import { feedOf } from '../market-catalogue.ts';
import type { SpotMarketEntry } from '../market-catalogue.ts';
import { CUMULATIVE_INTEREST_PRECISION, PRICE_PRECISION } from '../precision.ts';
import type { SpotMarket } from '../types.ts';

const THIRTEEN_DAYS = 1_123_200n;

/** An empty market: its interest indices say that it has been in use for a while. */
export function createSpotMarket(
  deployment: DriftDeployment,
  entry: SpotMarketEntry,
  now: bigint,
): SpotMarket {
  const market = blankAccount('SpotMarket');
  const price = entry.feedId === null ? PRICE_PRECISION : feedOf(entry.feedId).anchorPrice;
  Object.assign(market, {
    pubkey: spotMarketAddress(deployment, entry.index),
    oracle: entry.feedId === null ? PublicKey.default : pythLazerAddress(deployment, entry.feedId),
    mint: entry.mint,
    vault: spotVaultAddress(deployment, entry.index),
    name: encodeName(entry.name),
    marketIndex: entry.index,
    decimals: entry.decimals,
    oracleSource: entry.feedId === null ? { quoteAsset: {} } : { pythLazer: {} },
    status: { active: {} },
    assetTier: { collateral: {} },
    cumulativeDepositInterest: (CUMULATIVE_INTEREST_PRECISION * 1_045n) / 1_000n,
    cumulativeBorrowInterest: (CUMULATIVE_INTEREST_PRECISION * 1_083n) / 1_000n,
    withdrawGuardThreshold: entry.withdrawGuardThreshold,
    maxTokenDeposits: entry.maxTokenDeposits,
    scaleInitialAssetWeightStart: entry.scaleInitialAssetWeightStart,
    lastInterestTs: now,
    lastTwapTs: now,
    orderStepSize: entry.orderStepSize,
    orderTickSize: entry.orderTickSize,
    minOrderSize: entry.minOrderSize,
    nextFillRecordId: 1n,
    nextDepositRecordId: 1n,
    initialAssetWeight: entry.initialAssetWeight,
    maintenanceAssetWeight: entry.maintenanceAssetWeight,
    initialLiabilityWeight: entry.initialLiabilityWeight,
    maintenanceLiabilityWeight: entry.maintenanceLiabilityWeight,
    imfFactor: entry.imfFactor,
    liquidatorFee: entry.index === 0 ? 0 : 7_500,
    ifLiquidationFee: entry.index === 0 ? 5_000 : 22_500,
    optimalUtilization: entry.optimalUtilization,
    optimalBorrowRate: entry.optimalBorrowRate,
    maxBorrowRate: entry.maxBorrowRate,
    minBorrowRate: 1,
    ordersEnabled: false,
  } satisfies Partial<SpotMarket>);
  setHistory(market, price, now);
  Object.assign(market.insuranceFund, {
    vault: insuranceVaultAddress(deployment, entry.index),
    totalShares: entry.insuranceVaultBalance,
    unstakingPeriod: THIRTEEN_DAYS,
    revenueSettlePeriod: 3_600n,
    lastRevenueSettleTs: now,
    totalFactor: entry.insuranceFactor,
    userFactor: entry.insuranceFactor / 2,
  } satisfies Partial<SpotMarket['insuranceFund']>);
  market.revenuePool.marketIndex = entry.index;
  return market;
}

function setHistory(market: SpotMarket, price: bigint, now: bigint): void {
  const history = market.historicalOracleData;
  history.lastOraclePrice = price;
  history.lastOraclePriceTwap = price;
  history.lastOraclePriceTwap5Min = price;
  history.lastOraclePriceTwapTs = now;
  const index = market.historicalIndexData;
  index.lastIndexBidPrice = price;
  index.lastIndexAskPrice = price;
  index.lastIndexPriceTwap = price;
  index.lastIndexPriceTwap5Min = price;
}
