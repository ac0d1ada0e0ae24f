import {
  formatAmount,
  parseDecimal,
  toDecimalString,
  type DecimalProblem,
} from '#domain/decimal.ts';
import { err, ok, type Result } from '#domain/result.ts';

export interface AmountRules {
  readonly decimals: number;
  readonly symbol: string;
  /** Largest allowed, in base units. */
  readonly most?: bigint;
  /** Why there is a largest, for the message: "the vault holds". */
  readonly mostIs?: string;
}

/** What a person typed as an amount above zero, or a sentence that names what is wrong with it. */
export function readAmount(typed: string, rules: AmountRules): Result<bigint, string> {
  const { decimals, symbol, most, mostIs = 'the most is' } = rules;
  const parsed = parseDecimal(typed, decimals);
  if (!parsed.ok) return err(problemText(parsed.error, rules));
  if (parsed.value <= 0n) return err(`The amount must be above zero.`);
  if (most !== undefined && parsed.value > most) {
    const limit = formatAmount(most, decimals, { shownDecimals: Math.min(decimals, 6) });
    return err(`Too much: ${mostIs} ${limit} ${symbol}.`);
  }
  return ok(parsed.value);
}

function problemText(problem: DecimalProblem, { decimals, symbol }: AmountRules): string {
  switch (problem) {
    case 'empty':
      return 'Enter an amount.';
    case 'not-a-number':
      return 'Not a number: write it like 1,234.50.';
    case 'too-many-decimals':
      return `${symbol} has at most ${decimals} decimals.`;
  }
}

/** `12.5` rather than `12.500000`: an amount as a person would type it. */
export function plainDecimal(units: bigint, decimals: number): string {
  const text = toDecimalString(units, decimals);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
