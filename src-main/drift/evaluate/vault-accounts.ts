import type {
  OraclePriceData,
  OracleSource,
  PerpMarketAccount,
  SpotMarketAccount,
  StateAccount,
  UserAccount,
} from '@drift-labs/sdk';
import type { PublicKey } from '@solana/web3.js';
import { base58Of } from './base58.ts';

/** What vaults share, decoded, all of one slot. */
export interface VenueAccounts {
  readonly slot: bigint;
  readonly state: StateAccount;
  /** By market index. */
  readonly perpMarkets: ReadonlyMap<number, PerpMarketAccount>;
  /** By market index. */
  readonly spotMarkets: ReadonlyMap<number, SpotMarketAccount>;
  /** By `oracleId`. */
  readonly oracles: ReadonlyMap<string, OraclePriceData>;
}

/**
 * Everything that one vault's figures are made of, decoded, all of one slot: the markets of its own positions and of
 * the quote of its perp markets.
 */
export interface VaultAccounts extends VenueAccounts {
  readonly userKey: string;
  readonly user: UserAccount;
}

/** One oracle account may be read under two sources, as two prices. */
export function oracleId(oracle: PublicKey, source: OracleSource): string {
  return `${base58Of(oracle)}-${Object.keys(source)[0] ?? ''}`;
}
