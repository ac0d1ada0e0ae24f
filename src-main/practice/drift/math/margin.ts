/**
 * Whether an account may do what it is about to do. Written from the rules, not from the SDK: that the two agree
 * is what the tests check.
 */
import {
  BASE_PRECISION,
  IMF_PRECISION,
  MARGIN_PRECISION,
  PRICE_PRECISION,
  WEIGHT_PRECISION,
} from '../precision.ts';
import type {
  PerpMarket,
  PerpPositionState,
  SpotMarket,
  SpotPositionState,
  State,
  User,
} from '../types.ts';
import { fundingPayment } from './funding.ts';
import { absolute, larger, smaller, squareRoot } from './integer.ts';
import { isPerpAvailable } from './perp-position.ts';
import { isValidForMargin, strictPrice } from './price.ts';
import type { MarketView, StrictPrice } from './price.ts';
import { isAvailable, signedTokenAmount, tokenAmount } from './spot-balance.ts';

export type MarginKind = 'initial' | 'fill' | 'maintenance';

export interface MarginCalculation {
  /** 10^-6 quote, weighted. */
  totalCollateral: bigint;
  marginRequirement: bigint;
  liabilities: number;
  allOraclesValid: boolean;
}

/** One cent for each open order. */
const OPEN_ORDER_MARGIN = 10_000n;
const MAX_POSITIVE_PNL_FOR_INITIAL = 100_000_000n;

/** Whose margin, by which prices and which rules. */
interface MarginBasis {
  readonly user: User;
  readonly view: MarketView;
  readonly state: State;
  readonly kind: MarginKind;
  readonly strict: boolean;
}

export function calculateMargin(
  user: User,
  view: MarketView,
  state: State,
  kind: MarginKind,
  strict: boolean,
): MarginCalculation {
  const basis: MarginBasis = { user, view, state, kind, strict };
  const result: MarginCalculation = {
    totalCollateral: 0n,
    marginRequirement: 0n,
    liabilities: 0,
    allOraclesValid: true,
  };
  for (const position of user.spotPositions) {
    if (!isAvailable(position)) addSpot(result, position, basis);
  }
  for (const position of user.perpPositions) {
    if (!isPerpAvailable(position)) addPerp(result, position, basis);
  }
  return result;
}

export function meetsMargin(calculation: MarginCalculation): boolean {
  return calculation.totalCollateral >= calculation.marginRequirement;
}

function addSpot(
  result: MarginCalculation,
  position: SpotPositionState,
  { user, view, state, kind, strict }: MarginBasis,
): void {
  const market = view.spot(position.marketIndex);
  const oracle = view.spotPrice(position.marketIndex);
  if (!isValidForMargin(oracle, state)) result.allOraclesValid = false;
  const price = strictPrice(oracle.price, market, strict);
  const amount = signedTokenAmount(position, market);
  const value = (amount * (amount >= 0n ? price.low : price.high)) / 10n ** BigInt(market.decimals);
  if (amount >= 0n) {
    const weight =
      market.marketIndex === 0
        ? WEIGHT_PRECISION
        : assetWeight(amount, price.current, market, user, kind);
    result.totalCollateral += (value * weight) / WEIGHT_PRECISION;
    return;
  }
  const weight =
    market.marketIndex === 0 ? WEIGHT_PRECISION : liabilityWeight(-amount, market, user, kind);
  result.marginRequirement += (-value * weight) / WEIGHT_PRECISION;
  result.liabilities += 1;
}

function addPerp(
  result: MarginCalculation,
  position: PerpPositionState,
  { user, view, state, kind, strict }: MarginBasis,
): void {
  const market = view.perp(position.marketIndex);
  const oracle = view.perpPrice(position.marketIndex);
  if (!isValidForMargin(oracle, state)) result.allOraclesValid = false;
  const quote = strictPrice(view.spotPrice(0).price, view.spot(0), strict);
  result.marginRequirement += perpRequirement(position, market, oracle.price, quote, user, kind);
  result.totalCollateral += weightedPnl(position, market, oracle.price, quote, kind);
  if (
    position.baseAssetAmount !== 0n ||
    position.quoteAssetAmount < 0n ||
    position.openOrders > 0
  ) {
    result.liabilities += 1;
  }
}

function perpRequirement(
  position: PerpPositionState,
  market: PerpMarket,
  price: bigint,
  quote: StrictPrice,
  user: User,
  kind: MarginKind,
): bigint {
  const base = absolute(worstCaseBase(position));
  const value = (((base * price) / BASE_PRECISION) * quote.high) / PRICE_PRECISION;
  const custom =
    kind === 'initial' ? larger(BigInt(user.maxMarginRatio), BigInt(position.maxMarginRatio)) : 0n;
  const ratio = larger(custom, perpMarginRatio(market, base, kind));
  return (value * ratio) / MARGIN_PRECISION + BigInt(position.openOrders) * OPEN_ORDER_MARGIN;
}

function weightedPnl(
  position: PerpPositionState,
  market: PerpMarket,
  price: bigint,
  quote: StrictPrice,
  kind: MarginKind,
): bigint {
  const pnl = unrealizedPnl(position, price) + fundingPayment(position, market);
  if (pnl <= 0n) return (pnl * quote.high) / PRICE_PRECISION;
  const weight =
    kind === 'maintenance'
      ? market.unrealizedPnlMaintenanceAssetWeight
      : market.unrealizedPnlInitialAssetWeight;
  const weighted = (((pnl * BigInt(weight)) / WEIGHT_PRECISION) * quote.low) / PRICE_PRECISION;
  return kind === 'initial' ? smaller(weighted, MAX_POSITIVE_PNL_FOR_INITIAL) : weighted;
}

/** At the oracle's price, without unsettled funding. */
export function unrealizedPnl(position: PerpPositionState, price: bigint): bigint {
  return (position.baseAssetAmount * price) / BASE_PRECISION + position.quoteAssetAmount;
}

/** The position if every bid, or every ask, were filled: whichever is larger. */
export function worstCaseBase(position: PerpPositionState): bigint {
  const bids = position.baseAssetAmount + position.openBids;
  const asks = position.baseAssetAmount + position.openAsks;
  return absolute(bids) > absolute(asks) ? bids : asks;
}

/** A fill is measured half way between the two. */
function byKind(kind: MarginKind, initial: bigint, maintenance: bigint): bigint {
  switch (kind) {
    case 'initial':
      return initial;
    case 'maintenance':
      return maintenance;
    case 'fill':
      return (initial + maintenance) / 2n;
  }
}

/** × 10^-4; grows with the square root of the size. */
function perpMarginRatio(market: PerpMarket, base: bigint, kind: MarginKind): bigint {
  const initial = BigInt(market.marginRatioInitial);
  const ratio = byKind(kind, initial, BigInt(market.marginRatioMaintenance));
  return sizePremium(base, BigInt(market.imfFactor), ratio, MARGIN_PRECISION);
}

/** @param amount smallest units, positive. */
export function assetWeight(
  amount: bigint,
  price: bigint,
  market: SpotMarket,
  user: User,
  kind: MarginKind,
): bigint {
  const imf = BigInt(market.imfFactor);
  const initial = scaledInitialWeight(market, price);
  const base = byKind(kind, initial, BigInt(market.maintenanceAssetWeight));
  const weight =
    imf === 0n ? base : smaller(base, sizeDiscount(atBasePrecision(amount, market), imf));
  if (kind !== 'initial') return weight;
  return smaller(weight, larger(0n, WEIGHT_PRECISION - BigInt(user.maxMarginRatio)));
}

function liabilityWeight(amount: bigint, market: SpotMarket, user: User, kind: MarginKind): bigint {
  const initial = BigInt(market.initialLiabilityWeight);
  const base = byKind(kind, initial, BigInt(market.maintenanceLiabilityWeight));
  const weight = sizePremium(
    atBasePrecision(amount, market),
    BigInt(market.imfFactor),
    base,
    WEIGHT_PRECISION,
  );
  if (kind !== 'initial') return weight;
  return larger(weight, WEIGHT_PRECISION + BigInt(user.maxMarginRatio));
}

function scaledInitialWeight(market: SpotMarket, price: bigint): bigint {
  const weight = BigInt(market.initialAssetWeight);
  if (market.scaleInitialAssetWeightStart === 0n) return weight;
  const deposits = tokenAmount(market.depositBalance, market, 'deposit');
  const value = (deposits * price) / 10n ** BigInt(market.decimals);
  if (value < market.scaleInitialAssetWeightStart) return weight;
  return (weight * market.scaleInitialAssetWeightStart) / value;
}

function sizePremium(size: bigint, imf: bigint, weight: bigint, precision: bigint): bigint {
  if (imf === 0n) return weight;
  const root = squareRoot(size * 10n + 1n);
  const premium = weight - weight / 5n + (root * imf) / ((100_000n * IMF_PRECISION) / precision);
  return larger(weight, premium);
}

function sizeDiscount(size: bigint, imf: bigint): bigint {
  const root = squareRoot(size * 10n + 1n);
  const numerator = IMF_PRECISION + IMF_PRECISION / 10n;
  return (numerator * WEIGHT_PRECISION) / (IMF_PRECISION + (root * imf) / 100_000n);
}

function atBasePrecision(amount: bigint, market: SpotMarket): bigint {
  return (amount * BASE_PRECISION) / 10n ** BigInt(market.decimals);
}
