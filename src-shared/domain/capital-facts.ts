import type { ExchangeOperation } from './exchange-status.ts';
import type { TokenRef } from './capital-intent.ts';
import type { Address } from './ids.ts';
import type { Lamports, Price, Slot, TokenAmount, UnixMs } from './units.ts';
import type { AccountFlag } from './vault-snapshot.ts';

/** Who Keel can sign as for a sub-account: its owner, its delegate, or nobody (watch-only). */
export type SignerRole = 'owner' | 'delegate' | 'none';

export const SPOT_MARKET_STATUSES = [
  'initialized',
  'active',
  'fundingPaused',
  'ammPaused',
  'fillPaused',
  'withdrawPaused',
  'reduceOnly',
  'settlement',
  'delisted',
] as const;

export type SpotMarketStatus = (typeof SPOT_MARKET_STATUSES)[number];

/** One token as it stands for one vault: everything that the checks of C2 need. Amounts in the token's smallest unit. */
export interface TokenFacts {
  readonly token: TokenRef;
  /** What the signer's wallet holds; of SOL its lamports, the reserve included. */
  readonly walletAmount: TokenAmount;
  /** What the sub-account holds: negative is a borrow. */
  readonly vaultAmount: TokenAmount;
  /** 10^-6 quote per whole token; null: no valid price, so no value can be told. */
  readonly oraclePrice: Price | null;
  readonly status: SpotMarketStatus;
  readonly pausedOperations: readonly ('deposit' | 'withdraw')[];
  /** What the market still takes; null: it has no cap. */
  readonly depositRoom: TokenAmount | null;
  /** What the venue lets out by balance and margin, without a borrow. */
  readonly withdrawable: TokenAmount;
  /** What the market-wide guard lets out at this moment. */
  readonly guardRoom: TokenAmount;
  /** The most that may leave while health stays at the wanted minimum. */
  readonly withdrawableAtHealth: TokenAmount;
  /** Rent of a token account that a withdrawal would have to open; zero where it exists. */
  readonly tokenAccountRent: Lamports;
}

/** A fresh look at one vault for one capital operation. Read anew for each; never stored as a figure. */
export interface CapitalFacts {
  readonly slot: Slot;
  readonly observedAtMs: UnixMs;
  readonly signerRole: SignerRole;
  /** Who signs and pays; null where nobody can, and on paper. */
  readonly signerKey: Address | null;
  /** Of the signer; null where there is none. */
  readonly walletLamports: Lamports | null;
  readonly exchangePaused: readonly ExchangeOperation[];
  readonly accountFlags: readonly AccountFlag[];
  /** False only before `create-sub-account`. */
  readonly accountExists: boolean;
  /** Number that the authority's next sub-account gets. */
  readonly nextSubAccountId: number;
  /** Rent that opening the next sub-account takes from the wallet. */
  readonly createCost: Lamports;
  /** Fee of one transaction, with the priority fee that Keel offers. */
  readonly networkFee: Lamports;
  readonly tokens: readonly TokenFacts[];
}
