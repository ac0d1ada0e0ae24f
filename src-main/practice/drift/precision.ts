/** Drift's fixed-point scales. */
export const PRICE_PRECISION = 1_000_000n;
/** Base sizes and AMM reserves. */
export const BASE_PRECISION = 1_000_000_000n;
export const PEG_PRECISION = 1_000_000n;
/** From reserves to quote. */
export const AMM_TO_QUOTE = 1_000n;
/** Funding rates are prices times this. */
export const FUNDING_RATE_BUFFER = 1_000n;
export const SPREAD_PRECISION = 1_000_000n;
export const MARGIN_PRECISION = 10_000n;
export const WEIGHT_PRECISION = 10_000n;
export const IMF_PRECISION = 1_000_000n;
export const UTILIZATION_PRECISION = 1_000_000n;
export const RATE_PRECISION = 1_000_000n;
export const INSURANCE_FACTOR_PRECISION = 1_000_000n;
/** What cumulative interest starts from. */
export const CUMULATIVE_INTEREST_PRECISION = 10_000_000_000n;

export const ONE_HOUR = 3_600n;
export const ONE_DAY = 86_400n;
export const ONE_YEAR = 31_536_000n;
export const FIVE_MINUTES = 300n;
