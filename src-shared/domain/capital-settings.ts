import { lamports, quoteAmount, type Lamports, type QuoteAmount } from './units.ts';

/** Limits of capital operations that the trader may change (C2, C9, K4). */
export interface CapitalSettings {
  /** From this value on the signer's window asks; quote units. */
  readonly confirmFrom: QuoteAmount;
  /** From this value on the amount must be typed. */
  readonly typeAmountFrom: QuoteAmount;
  /** The most that may leave one vault in 24 hours; null: no cap. */
  readonly dailyCap: QuoteAmount | null;
  /** Health that a withdrawal must leave, 0 … 100. */
  readonly minHealthAfterWithdrawal: number;
  /** Kept in the wallet for fees and rent. */
  readonly solReserve: Lamports;
  /** Highest priority fee of one transaction. */
  readonly maxPriorityFee: Lamports;
  readonly autoLockMs: number;
  /** Backups of the database that are kept. */
  readonly backupsKept: number;
}

export const DEFAULT_CAPITAL_SETTINGS: CapitalSettings = {
  confirmFrom: quoteAmount(100_000_000n),
  typeAmountFrom: quoteAmount(1_000_000_000n),
  dailyCap: null,
  minHealthAfterWithdrawal: 80,
  solReserve: lamports(17_000_000n),
  maxPriorityFee: lamports(100_000n),
  autoLockMs: 900_000,
  backupsKept: 7,
};
