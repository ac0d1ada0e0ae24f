import type { Brand } from './brand.ts';

/** Quote currency in units of 10^-6 (Drift's QUOTE_PRECISION). Signed. */
export type QuoteAmount = Brand<bigint, 'QuoteAmount'>;
/** Perp base asset in units of 10^-9 (Drift's BASE_PRECISION). Signed: negative is short. */
export type BaseAmount = Brand<bigint, 'BaseAmount'>;
/** A token in its own smallest unit; the decimals travel beside it. Signed: negative is a borrow. */
export type TokenAmount = Brand<bigint, 'TokenAmount'>;
/** SOL in units of 10^-9. Signed where it is a change. */
export type Lamports = Brand<bigint, 'Lamports'>;
/** Quote currency per whole base unit, in units of 10^-6 (Drift's PRICE_PRECISION). */
export type Price = Brand<bigint, 'Price'>;
/** Leverage in units of 10^-4: 15,000 is 1.5×. */
export type LeverageE4 = Brand<bigint, 'LeverageE4'>;
/** Solana's slot number: the order of observations (S7). For a paper vault: its ledger revision. */
export type Slot = Brand<bigint, 'Slot'>;
/** Milliseconds since the Unix epoch, from the injected Clock. */
export type UnixMs = Brand<number, 'UnixMs'>;

export const QUOTE_DECIMALS = 6;
export const BASE_DECIMALS = 9;
export const PRICE_DECIMALS = 6;
export const SOL_DECIMALS = 9;
export const BASE_PRECISION = 1_000_000_000n;

export const quoteAmount = (units: bigint): QuoteAmount => units as QuoteAmount;
export const baseAmount = (units: bigint): BaseAmount => units as BaseAmount;
export const tokenAmount = (units: bigint): TokenAmount => units as TokenAmount;
export const lamports = (units: bigint): Lamports => units as Lamports;
export const price = (units: bigint): Price => units as Price;
export const leverageE4 = (units: bigint): LeverageE4 => units as LeverageE4;
export const slot = (value: bigint): Slot => value as Slot;
export const unixMs = (value: number): UnixMs => value as UnixMs;

export const absolute = (units: bigint): bigint => (units < 0n ? -units : units);

/**
 * Quote value of a base size at a price, rounded towards zero: per position, so that the notionals
 * shown on screen add up to DRIFT_POS to the last unit.
 */
export function notionalOf(base: BaseAmount, at: Price): QuoteAmount {
  return quoteAmount((absolute(base) * at) / BASE_PRECISION);
}
