/** When the venue takes a price, by the guard rails that its own State holds. */
import type { OracleValidity } from '#domain/exchange-state.ts';

/** `State.oracleGuardRails.validity`. */
export interface OracleRails {
  /** How many times the price may be its own average, or the average the price. */
  readonly tooVolatileRatio: bigint;
  /** Share of the price, 10^-6, before the market's own multiplier. */
  readonly confidenceIntervalMaxSize: bigint;
  readonly slotsBeforeStaleForAmm: bigint;
  readonly slotsBeforeStaleForMargin: bigint;
}

export interface OracleReading {
  /** 10^-6 quote. */
  readonly price: bigint;
  /** Half of the confidence interval, 10^-6 quote. */
  readonly confidence: bigint;
  readonly ageSlots: bigint;
  /** False: too few publishers stand behind it. */
  readonly isSufficient: boolean;
}

/** What the market itself says of its oracle. */
export interface OracleTerms {
  /** The price's hourly average, 10^-6 quote. */
  readonly averagePrice: bigint;
  /** By the market's tier: the riskier, the wider the interval may be. */
  readonly confidenceMultiplier: bigint;
  /** By the oracle's source: stable coins may be older. */
  readonly marginAgeMultiplier: bigint;
  /** Age from which the market maker fills nothing at it; null: nobody makes this market. */
  readonly maxAgeForFills: bigint | null;
}

const CONFIDENCE_PRECISION = 1_000_000n;

/** As the program has it, in its order: the worst comes first. */
export function oracleValidityOf(
  { price, confidence, ageSlots, isSufficient }: OracleReading,
  terms: OracleTerms,
  rails: OracleRails,
): OracleValidity {
  if (price <= 0n) return 'invalid';
  const [lower, higher] =
    price < terms.averagePrice ? [price, terms.averagePrice] : [terms.averagePrice, price];
  if (higher / (lower > 1n ? lower : 1n) > rails.tooVolatileRatio) return 'volatile';
  const width = (confidence * CONFIDENCE_PRECISION) / price;
  if (width > rails.confidenceIntervalMaxSize * terms.confidenceMultiplier) return 'uncertain';
  if (ageSlots > rails.slotsBeforeStaleForMargin * terms.marginAgeMultiplier) return 'old';
  if (!isSufficient) return 'uncertain';
  return terms.maxAgeForFills !== null && ageSlots > terms.maxAgeForFills ? 'old' : 'valid';
}

/** In hundredths of a percent of the price, rounded up; null: there is no price. */
export function confidenceBpsOf({
  price,
  confidence,
}: Pick<OracleReading, 'price' | 'confidence'>): number | null {
  return price <= 0n ? null : Number((confidence * 10_000n + price - 1n) / price);
}
