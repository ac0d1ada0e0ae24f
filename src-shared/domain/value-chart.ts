/**
 * Values over a span, thinned for drawing. What a step hides is kept beside it: its lowest and highest equity and its
 * lowest health, so that a dip between two points is never smoothed away. What was not observed is a gap, never a line.
 */
import type { NetworkId, VaultId } from './ids.ts';
import type { QuoteAmount, UnixMs } from './units.ts';
import type { Money } from './vault-totals.ts';

/** The last observation of one step of a chart, with the extremes of the step. */
export interface ChartPoint {
  /** First and last moment within the step at which the vault was observed. */
  readonly fromMs: UnixMs;
  readonly untilMs: UnixMs;
  /** Total collateral. */
  readonly equity: QuoteAmount;
  readonly lowestEquity: QuoteAmount;
  readonly highestEquity: QuoteAmount;
  readonly freeCollateral: QuoteAmount;
  /** DRIFT_POS of V2. */
  readonly deployed: QuoteAmount;
  readonly unrealizedPnl: QuoteAmount;
  /** Hundredths of a percent; of observations older than its record, the venue's whole percents. */
  readonly healthBps: number;
  readonly lowestHealthBps: number;
  /** Settled over the account's life; null: not recorded then. */
  readonly cumulativeFunding: QuoteAmount | null;
  readonly unsettledFunding: QuoteAmount | null;
  /** Holdings changed within the step: a deposit, a fill, a settlement. */
  readonly holdingsChanged: boolean;
  /** Nothing was observed for longer than the step (and than what thinning keeps) before `fromMs`: do not draw a line to it. */
  readonly afterGap: boolean;
}

export interface ValueChart {
  readonly vaultId: VaultId;
  readonly fromMs: UnixMs;
  readonly toMs: UnixMs;
  /** Width of a step. */
  readonly stepMs: number;
  /** Oldest first, at most one a step. */
  readonly points: readonly ChartPoint[];
  /** The oldest observation of the vault at all; null: there is none. */
  readonly firstMs: UnixMs | null;
}

/** Sums over the vaults of one money on one network at one moment. */
export interface TotalsPoint {
  readonly atMs: UnixMs;
  /** Σ total collateral; null: no vault counted then, or of some that did nothing was observed near that moment. */
  readonly equity: QuoteAmount | null;
  /** Σ of cumulative and unsettled funding; null like `equity`, and where it was not recorded. */
  readonly funding: QuoteAmount | null;
  /** How many vaults are in the sum. */
  readonly vaults: number;
}

/** One line of the overview's chart. Different moneys are never in one line (V5). */
export interface TotalsLine {
  readonly money: Money;
  readonly network: NetworkId;
  /** Oldest first, one a step. */
  readonly points: readonly TotalsPoint[];
}

export interface TotalsChart {
  readonly fromMs: UnixMs;
  readonly toMs: UnixMs;
  readonly stepMs: number;
  readonly lines: readonly TotalsLine[];
}

export const MIN_CHART_STEPS = 10;
export const MAX_CHART_STEPS = 2_000;
