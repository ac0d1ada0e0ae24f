/** What the venue itself allows at this moment (M2): observed with the vaults' own reads, at one slot. */
import { SPOT_MARKET_STATUSES } from './capital-facts.ts';
import type { ExchangeOperation, ExchangeStatus } from './exchange-status.ts';
import type { NetworkId } from './ids.ts';
import type { Price, Slot, TokenAmount, UnixMs } from './units.ts';

/** A status that Keel does not know forbids what any of them forbids. */
export const MARKET_STATUSES = [...SPOT_MARKET_STATUSES, 'unknown'] as const;

export type MarketStatus = (typeof MARKET_STATUSES)[number];

/** In Keel's words, over both kinds of market. */
export const MARKET_OPERATIONS = [
  'deposit',
  'withdraw',
  'updateInterest',
  'fill',
  'ammFill',
  'updateFunding',
  'settlePnl',
  'settlePnlWithPosition',
  'liquidation',
  'ammImmediateFill',
  'settleRevPool',
] as const;

export type MarketOperation = (typeof MARKET_OPERATIONS)[number];

/**
 * `valid`: the venue accepts it. `old`: older than Keel's or the venue's limit. `uncertain`: its confidence interval
 * is too wide. `volatile`: too far from its own average. `invalid`: no usable price at all.
 */
export type OracleValidity = 'valid' | 'old' | 'uncertain' | 'volatile' | 'invalid';

export interface OracleState {
  readonly price: Price;
  /** Slots since the price was posted, never negative. */
  readonly ageSlots: number;
  /** Width of the confidence interval in hundredths of a percent of the price, rounded up; null: no price. */
  readonly confidenceBps: number | null;
  readonly validity: OracleValidity;
}

interface MarketBase {
  readonly marketIndex: number;
  /** For instance `SOL-PERP`, `USDC`. */
  readonly name: string;
  readonly status: MarketStatus;
  readonly pausedOperations: readonly MarketOperation[];
  readonly oracle: OracleState;
}

export interface SpotMarketState extends MarketBase {
  readonly kind: 'spot';
  readonly decimals: number;
  /** What the market still takes, in the token's smallest unit; null: it has no cap. */
  readonly depositRoom: TokenAmount | null;
  /** What the market-wide withdraw guard lets out now. */
  readonly guardRoom: TokenAmount;
}

export interface PerpMarketState extends MarketBase {
  readonly kind: 'perp';
}

export type MarketState = SpotMarketState | PerpMarketState;

/** One read of the venue's own state: the markets that the read vaults use, by kind and index. */
export interface ExchangeObservation {
  readonly slot: Slot;
  readonly observedAtMs: UnixMs;
  readonly status: ExchangeStatus;
  readonly markets: readonly MarketState[];
}

/** The venue of one network as the desk sees it: always whole, ordered by revision. */
export interface ExchangeView {
  readonly network: NetworkId;
  /** Null: not read yet since Keel has been installed on this network. */
  readonly observation: ExchangeObservation | null;
  /** When Keel first saw each pause that lasts; kept over restarts. */
  readonly pausedSinceMs: Readonly<Partial<Record<ExchangeOperation, UnixMs>>>;
  readonly revision: number;
}
