import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from '#domain/decimal.ts';
import { baseAmount, leverageE4, price, quoteAmount } from '#domain/units.ts';
import { readAmount } from '#renderer/ui/amount-input.ts';
import {
  formatAge,
  formatBase,
  formatCountdown,
  formatDistance,
  formatDuration,
  formatExact,
  formatLeverage,
  formatPrice,
  formatQuote,
  formatSignedQuote,
  formatTime,
} from '#renderer/ui/format.ts';

describe('figures on screen', () => {
  it('groups thousands and rounds half away from zero', () => {
    expect(formatQuote(quoteAmount(1_234_567_895_000n))).toBe('1,234,567.90');
    expect(formatSignedQuote(quoteAmount(-134_118_020n))).toBe('−134.12');
    expect(formatSignedQuote(quoteAmount(5_000n))).toBe('+0.01');
    expect(formatSignedQuote(quoteAmount(0n))).toBe('0.00');
  });

  it('shows more decimals for smaller prices', () => {
    expect(formatPrice(price(67_204_154_000n))).toBe('67,204.15');
    expect(formatPrice(price(152_384_000n))).toBe('152.3840');
    expect(formatPrice(price(21n))).toBe('0.000021');
  });

  it('never rounds a size', () => {
    expect(formatBase(baseAmount(-42_125_000_001n))).toBe('−42.125000001');
    expect(formatBase(baseAmount(1_000_000_000n))).toBe('+1.00');
    fc.assert(
      fc.property(fc.bigInt({ min: -(10n ** 24n), max: 10n ** 24n }), (units) => {
        const shown = formatExact(units, 9).replace('−', '-');
        expect(parseDecimal(shown, 9)).toEqual({ ok: true, value: units });
      }),
    );
  });

  it('states leverage and the distance to a price', () => {
    expect(formatLeverage(leverageE4(44_530n))).toBe('4.45×');
    expect(formatDistance(price(100_000_000n), price(123_980_000n))).toBe('+23.98 %');
    expect(formatDistance(price(100_000_000n), price(66_430_000n))).toBe('−33.57 %');
    expect(formatDistance(price(0n), price(1n))).toBeNull();
  });
});

describe('times on screen', () => {
  it('states an age by its largest units', () => {
    expect(formatAge(-50)).toBe('0 s');
    expect(formatAge(3_999)).toBe('3 s');
    expect(formatAge(61_000)).toBe('1 min');
    expect(formatAge(2 * 3_600_000 + 5 * 60_000)).toBe('2 h 5 min');
    expect(formatAge(49 * 3_600_000)).toBe('2 d');
  });

  it('counts down to zero and not below', () => {
    expect(formatCountdown(7_400, 0)).toBe('7 s');
    expect(formatCountdown(0, 5_000)).toBe('0 s');
  });

  it('states durations and the day of another day', () => {
    expect(formatDuration(812)).toBe('812 ms');
    expect(formatDuration(4_002)).toBe('4.0 s');
    expect(formatDuration(4_000)).toBe('4 s');
    const noon = new Date(2026, 2, 4, 12, 0, 1).getTime();
    expect(formatTime(noon, noon + 1_000)).toBe('12:00:01');
    expect(formatTime(noon, noon + 86_400_000)).toBe('2026-03-04 12:00:01');
  });
});

describe('readAmount', () => {
  const usdc = { decimals: 6, symbol: 'USDC' };

  it('reads what a person types, exactly', () => {
    expect(readAmount(' 1,234.5 ', usdc)).toEqual({ ok: true, value: 1_234_500_000n });
  });

  it.each([
    ['', 'Enter an amount.'],
    ['12e3', 'Not a number: write it like 1,234.50.'],
    ['1.1234567', 'USDC has at most 6 decimals.'],
    ['0', 'The amount must be above zero.'],
    ['-3', 'The amount must be above zero.'],
  ])('refuses %j', (typed, error) => {
    expect(readAmount(typed, usdc)).toEqual({ ok: false, error });
  });

  it('names the limit that is broken', () => {
    const limited = { ...usdc, most: 50_000_000n, mostIs: 'the vault holds' };
    expect(readAmount('50.000001', limited)).toEqual({
      ok: false,
      error: 'Too much: the vault holds 50.000000 USDC.',
    });
    expect(readAmount('50', limited).ok).toBe(true);
  });
});

describe('formatQuote', () => {
  it('never shows as zero what is not', () => {
    expect(formatQuote(quoteAmount(1n))).toBe('0.000001');
    expect(formatQuote(quoteAmount(4_999n))).toBe('0.004999');
    expect(formatQuote(quoteAmount(5_000n))).toBe('0.01');
    expect(formatSignedQuote(quoteAmount(-1n))).toBe('−0.000001');
    expect(formatQuote(quoteAmount(0n))).toBe('0.00');
  });
});
