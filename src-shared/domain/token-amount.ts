import type { TokenRef } from './capital-intent.ts';
import { groupDigits, parseDecimal, toDecimalString, type DecimalProblem } from './decimal.ts';
import { keelError, type KeelError } from './keel-error.ts';
import { err, ok, type Result } from './result.ts';
import { absolute, quoteAmount, tokenAmount } from './units.ts';
import type { Price, QuoteAmount, TokenAmount } from './units.ts';

type Unit = Pick<TokenRef, 'symbol' | 'decimals'>;

/** Exact, with thousands separators and without trailing zeros: `1,250.5 USDC`. */
export function tokenText(amount: bigint, { symbol, decimals }: Unit): string {
  const [whole = '0', fraction = ''] = toDecimalString(amount, decimals).split('.');
  const short = fraction.replace(/0+$/, '');
  return `${groupDigits(whole)}${short === '' ? '' : `.${short}`} ${symbol}`;
}

/**
 * Quote value of so much of a token, rounded up to the next unit of 10^-6: what a limit is compared with is never
 * less than what moves. Of the amount without its sign.
 */
export function valueOf(amount: TokenAmount, price: Price, decimals: number): QuoteAmount {
  const scale = 10n ** BigInt(decimals);
  return quoteAmount((absolute(amount) * price + scale - 1n) / scale);
}

/** The most of a token whose value, rounded up, is no more than the given one. The price is above zero. */
export function mostWorth(value: QuoteAmount, price: Price, decimals: number): TokenAmount {
  return tokenAmount(value <= 0n ? 0n : (value * 10n ** BigInt(decimals)) / price);
}

/** Reads the amount that a person typed, exactly. `INPUT_INVALID` names the field, the value and what would do. */
export function parseTokenAmount(text: string, token: Unit): Result<TokenAmount, KeelError> {
  const parsed = parseDecimal(text, token.decimals);
  if (!parsed.ok) return err(inWords(parsed.error, text, token));
  if (parsed.value > 0n) return ok(tokenAmount(parsed.value));
  return err(problem(text, 'is not above 0', `Enter an amount of ${token.symbol} above 0.`));
}

function inWords(kind: DecimalProblem, text: string, { symbol, decimals }: Unit): KeelError {
  switch (kind) {
    case 'empty':
      return problem(text, 'is empty', `Enter an amount of ${symbol}.`);
    case 'not-a-number':
      return problem(text, 'is not a number', 'Use digits and one point, for instance 12.5.');
    case 'too-many-decimals':
      return problem(
        text,
        `has more than the ${decimals} decimals of ${symbol}`,
        decimals === 0
          ? 'Enter a whole number.'
          : `Use at most ${decimals} digits after the point.`,
      );
  }
}

const LONGEST_SHOWN = 40;

function problem(text: string, rule: string, advice: string): KeelError {
  const value = text.trim().slice(0, LONGEST_SHOWN);
  return keelError('INPUT_INVALID', 'fix-input', `amount: “${value}” ${rule}.`, advice, {
    field: 'amount',
    value,
  });
}
