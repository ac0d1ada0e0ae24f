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

/** Everything that one vault's figures are made of, decoded, all of one slot. */
export interface VaultAccounts {
  readonly slot: bigint;
  readonly userKey: string;
  readonly state: StateAccount;
  readonly user: UserAccount;
  /** Of the vault's own positions, by market index. */
  readonly perpMarkets: ReadonlyMap<number, PerpMarketAccount>;
  /** Of the vault's own positions and of the quote of its perp markets, by market index. */
  readonly spotMarkets: ReadonlyMap<number, SpotMarketAccount>;
  /** By `oracleId`. */
  readonly oracles: ReadonlyMap<string, OraclePriceData>;
}

/** One oracle account may be read under two sources, as two prices. */
export function oracleId(oracle: PublicKey, source: OracleSource): string {
  return `${base58Of(oracle)}-${Object.keys(source)[0] ?? ''}`;
}
