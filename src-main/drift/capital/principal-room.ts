/** A deposit in one market, and what its account has put in and taken out before. */
export interface Deposit {
  /** In the token's smallest unit; negative is a borrow. */
  readonly held: bigint;
  /** Paid in less paid out, in this market; the token's smallest unit. */
  readonly cumulativeDeposits: bigint;
  /** Paid in less paid out, in all markets, each at the price of its time; 10^-6 of the quote. */
  readonly netDeposits: bigint;
  /** 10^-6 of the quote for a whole token; null: none could be read. */
  readonly oraclePrice: bigint | null;
  readonly decimals: number;
}

/**
 * The most that a small depositor may take out where the market-wide guard would refuse it, in the token's smallest
 * unit. As the program has it: less than a tenth of the guard's threshold was held, and neither here nor in all may
 * more have been paid out than in, this withdrawal counted, its value rounded down.
 * Nothing where the price is unknown.
 * @param threshold of the guard, the token's smallest unit
 */
export function principalRoomOf(deposit: Deposit, threshold: bigint): bigint {
  const { held, cumulativeDeposits, netDeposits, oraclePrice, decimals } = deposit;
  if (held <= 0n || held >= threshold / 10n) return 0n;
  if (cumulativeDeposits <= 0n || netDeposits < 0n) return 0n;
  if (oraclePrice === null || oraclePrice <= 0n) return 0n;
  const byValue = ((netDeposits + 1n) * 10n ** BigInt(decimals) - 1n) / oraclePrice;
  return [held, cumulativeDeposits, byValue].reduce((least, each) => (each < least ? each : least));
}
