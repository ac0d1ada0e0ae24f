import type { ExchangeStatus } from './exchange-status.ts';
import type {
  BaseAmount,
  LeverageE4,
  Price,
  QuoteAmount,
  Slot,
  TokenAmount,
  UnixMs,
} from './units.ts';

export interface PerpPosition {
  /** For instance `SOL-PERP`. */
  readonly market: string;
  readonly marketIndex: number;
  /** Signed: negative is short; zero while only unsettled PnL remains. */
  readonly baseSize: BaseAmount;
  /** Raw quote balance of the position as on chain: signed. */
  readonly quoteAssetAmount: QuoteAmount;
  readonly quoteEntryAmount: QuoteAmount;
  readonly quoteBreakEvenAmount: QuoteAmount;
  readonly openOrders: number;
  readonly entryPrice: Price;
  readonly markPrice: Price;
  readonly oraclePrice: Price;
  /** |baseSize| × markPrice, rounded towards zero: the addends of DRIFT_POS. */
  readonly notional: QuoteAmount;
  readonly unrealizedPnl: QuoteAmount;
  readonly unsettledPnl: QuoteAmount;
  readonly unrealizedFunding: QuoteAmount;
  /** Null: no price liquidates this position. */
  readonly liquidationPrice: Price | null;
}

export interface SpotPosition {
  readonly token: string;
  readonly marketIndex: number;
  readonly decimals: number;
  /** Balance as on chain, before interest is applied, in units of 10^-9: negative is a borrow. */
  readonly scaledBalance: bigint;
  /** In the token's own decimals: negative is a borrow. */
  readonly amount: TokenAmount;
  readonly oraclePrice: Price;
  /** Signed quote value at the oracle price. */
  readonly value: QuoteAmount;
  /** What may go out now without a borrow, in the token's own decimals; never negative. */
  readonly withdrawable: TokenAmount;
}

/** The venue's own figures (V3). */
export interface AccountFigures {
  readonly totalCollateral: QuoteAmount;
  readonly freeCollateral: QuoteAmount;
  readonly initialMargin: QuoteAmount;
  readonly maintenanceMargin: QuoteAmount;
  /** 0 … 100, whole: as the venue's own screens show it. */
  readonly health: number;
  /** The same before rounding, in hundredths of a percent, rounded down: 0 … 10,000. Thresholds are judged by it. */
  readonly healthBps: number;
  readonly leverage: LeverageE4;
  readonly unrealizedPnl: QuoteAmount;
  readonly unsettledPnl: QuoteAmount;
  /** Funding earned or owed and not settled yet. */
  readonly unsettledFunding: QuoteAmount;
  /** Funding settled over the account's life. */
  readonly cumulativeFunding: QuoteAmount;
}

export type AccountFlag = 'beingLiquidated' | 'bankrupt' | 'reduceOnly';

/**
 * What one read saw of one vault: everything from one slot, plain values, nothing of the vendor's.
 * Positions are ordered by market index; empty ones are left out.
 */
export interface VaultSnapshot {
  readonly slot: Slot;
  readonly observedAtMs: UnixMs;
  readonly figures: AccountFigures;
  readonly perpPositions: readonly PerpPosition[];
  readonly spotPositions: readonly SpotPosition[];
  readonly exchangeStatus: ExchangeStatus;
  readonly accountFlags: readonly AccountFlag[];
  /** Null when the account has no delegate, and on a paper vault. */
  readonly delegate: string | null;
}

/**
 * The quantities that only a transaction can change: no price in them. Two reads of an unmoved
 * account give the same string (S6), and a change of it is a change of holdings.
 */
export function rawQuantitiesOf(snapshot: VaultSnapshot): string {
  const spots = snapshot.spotPositions.map((spot) => `${spot.marketIndex}:${spot.scaledBalance}`);
  const perps = snapshot.perpPositions.map((perp) =>
    [
      perp.marketIndex,
      perp.baseSize,
      perp.quoteAssetAmount,
      perp.quoteEntryAmount,
      perp.quoteBreakEvenAmount,
      perp.openOrders,
    ].join(':'),
  );
  return `spot ${spots.join(' ')} perp ${perps.join(' ')}`;
}
