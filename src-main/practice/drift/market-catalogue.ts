/**
 * The markets of the practice world. Margins, steps, fees and curves are mainnet's; depth is enough that a
 * trade of ordinary size moves the price by a few basis points at most.
 */
import { NATIVE_MINT } from '@solana/spl-token';
import { PublicKey } from '@solana/web3.js';
import { refuse } from './refusal.ts';

export interface SpotMarketEntry {
  readonly index: number;
  readonly name: string;
  readonly mint: PublicKey;
  readonly decimals: number;
  /** Pyth Lazer feed; null for the quote asset, whose price is one. */
  readonly feedId: number | null;
  /** Percent × 100: 10,000 is all of the value. */
  readonly initialAssetWeight: number;
  readonly maintenanceAssetWeight: number;
  readonly initialLiabilityWeight: number;
  readonly maintenanceLiabilityWeight: number;
  readonly imfFactor: number;
  /** × 10^-6. */
  readonly optimalUtilization: number;
  readonly optimalBorrowRate: number;
  readonly maxBorrowRate: number;
  readonly insuranceFactor: number;
  /** In the token's smallest unit. */
  readonly withdrawGuardThreshold: bigint;
  readonly maxTokenDeposits: bigint;
  /** 10^-6 quote; 0: the asset weight never shrinks. */
  readonly scaleInitialAssetWeightStart: bigint;
  readonly orderStepSize: bigint;
  readonly orderTickSize: bigint;
  readonly minOrderSize: bigint;
  readonly insuranceVaultBalance: bigint;
}

export interface PerpMarketEntry {
  readonly index: number;
  readonly name: string;
  readonly feedId: number;
  /** Depth of the curve, base units of 10^-9. */
  readonly sqrtK: bigint;
  readonly concentrationCoef: bigint;
  readonly maxOpenInterest: bigint;
  readonly orderStepSize: bigint;
  readonly orderTickSize: bigint;
  readonly minOrderSize: bigint;
  /** × 10^-6 of the price, each side. */
  readonly baseSpread: number;
  readonly maxSpread: number;
  /** × 10^-4. */
  readonly marginRatioInitial: number;
  readonly marginRatioMaintenance: number;
  readonly imfFactor: number;
  readonly contractTier: 'a' | 'b';
}

export interface FeedEntry {
  readonly feedId: number;
  readonly symbol: string;
  /** 10^-6 quote: where the walk starts, and what it is drawn back to. */
  readonly anchorPrice: bigint;
  /** Standard deviation of a day's log return. */
  readonly dailyVolatility: number;
}

/** Pyth Lazer's own numbers. */
export const FEEDS: readonly FeedEntry[] = [
  { feedId: 1, symbol: 'BTC', anchorPrice: 96_500_000_000n, dailyVolatility: 0.022 },
  { feedId: 2, symbol: 'ETH', anchorPrice: 3_420_000_000n, dailyVolatility: 0.03 },
  { feedId: 6, symbol: 'SOL', anchorPrice: 152_400_000n, dailyVolatility: 0.038 },
];

export const SPOT_MARKETS: readonly SpotMarketEntry[] = [
  {
    index: 0,
    name: 'USDC',
    mint: new PublicKey('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'),
    decimals: 6,
    feedId: null,
    initialAssetWeight: 10_000,
    maintenanceAssetWeight: 10_000,
    initialLiabilityWeight: 10_000,
    maintenanceLiabilityWeight: 10_000,
    imfFactor: 0,
    optimalUtilization: 800_000,
    optimalBorrowRate: 52_500,
    maxBorrowRate: 900_000,
    insuranceFactor: 100_000,
    withdrawGuardThreshold: 1_000_000_000_000n,
    maxTokenDeposits: 500_000_000_000_000n,
    scaleInitialAssetWeightStart: 400_000_000_000_000n,
    orderStepSize: 0n,
    orderTickSize: 0n,
    minOrderSize: 0n,
    insuranceVaultBalance: 250_000_000_000n,
  },
  {
    index: 1,
    name: 'SOL',
    mint: NATIVE_MINT,
    decimals: 9,
    feedId: 6,
    initialAssetWeight: 8_000,
    maintenanceAssetWeight: 9_000,
    initialLiabilityWeight: 12_000,
    maintenanceLiabilityWeight: 11_000,
    imfFactor: 1_250,
    optimalUtilization: 800_000,
    optimalBorrowRate: 140_000,
    maxBorrowRate: 1_200_000,
    insuranceFactor: 200_000,
    withdrawGuardThreshold: 10_000_000_000_000n,
    maxTokenDeposits: 850_000_000_000_000n,
    scaleInitialAssetWeightStart: 180_000_000_000_000n,
    orderStepSize: 100_000_000n,
    orderTickSize: 100n,
    minOrderSize: 100_000_000n,
    insuranceVaultBalance: 1_000_000_000_000n,
  },
  {
    index: 2,
    name: 'wETH',
    mint: new PublicKey('7vfCXTUXx5WJV5JADk17DUJ4ksgau7utNKj4b963voxs'),
    decimals: 8,
    feedId: 2,
    initialAssetWeight: 8_000,
    maintenanceAssetWeight: 9_000,
    initialLiabilityWeight: 12_000,
    maintenanceLiabilityWeight: 11_000,
    imfFactor: 5_000,
    optimalUtilization: 600_000,
    optimalBorrowRate: 100_000,
    maxBorrowRate: 1_000_000,
    insuranceFactor: 200_000,
    withdrawGuardThreshold: 20_000_000_000n,
    maxTokenDeposits: 1_000_000_000_000n,
    scaleInitialAssetWeightStart: 25_000_000_000_000n,
    orderStepSize: 10_000n,
    orderTickSize: 100n,
    minOrderSize: 10_000n,
    insuranceVaultBalance: 1_000_000_000n,
  },
];

export const PERP_MARKETS: readonly PerpMarketEntry[] = [
  {
    index: 0,
    name: 'SOL-PERP',
    feedId: 6,
    sqrtK: 41_160_070_021_056_650n,
    concentrationCoef: 1_004_142n,
    maxOpenInterest: 2_000_000_000_000_000n,
    orderStepSize: 10_000_000n,
    orderTickSize: 100n,
    minOrderSize: 10_000_000n,
    baseSpread: 200,
    maxSpread: 20_000,
    marginRatioInitial: 500,
    marginRatioMaintenance: 300,
    imfFactor: 50,
    contractTier: 'b',
  },
  {
    index: 1,
    name: 'BTC-PERP',
    feedId: 1,
    sqrtK: 89_443_066_477_761n,
    concentrationCoef: 1_000_828n,
    maxOpenInterest: 3_500_000_000_000n,
    orderStepSize: 100_000n,
    orderTickSize: 100_000n,
    minOrderSize: 100_000n,
    baseSpread: 100,
    maxSpread: 15_000,
    marginRatioInitial: 500,
    marginRatioMaintenance: 300,
    imfFactor: 1_900,
    contractTier: 'a',
  },
  {
    index: 2,
    name: 'ETH-PERP',
    feedId: 2,
    sqrtK: 1_638_962_702_479_000n,
    concentrationCoef: 1_002_071n,
    maxOpenInterest: 50_000_000_000_000n,
    orderStepSize: 1_000_000n,
    orderTickSize: 10_000n,
    minOrderSize: 1_000_000n,
    baseSpread: 175,
    maxSpread: 10_000,
    marginRatioInitial: 500,
    marginRatioMaintenance: 300,
    imfFactor: 250,
    contractTier: 'a',
  },
];

export function feedOf(feedId: number): FeedEntry {
  const feed = FEEDS.find((entry) => entry.feedId === feedId);
  if (!feed) throw new Error(`No price feed ${feedId} in the practice world`);
  return feed;
}

/** @param token a symbol or a mint. @throws ProgramError for one that is not here. */
export function spotMarketNamed(token: string): SpotMarketEntry {
  const market = SPOT_MARKETS.find(
    (each) => each.name.toLowerCase() === token.toLowerCase() || each.mint.toBase58() === token,
  );
  if (market) return market;
  throw refuse(
    `No token ${token}: the practice network has ${SPOT_MARKETS.map((m) => m.name).join(', ')}`,
  );
}
