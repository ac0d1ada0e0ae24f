import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseDecimal } from '#domain/decimal.ts';
import { leverageE4, price, quoteAmount } from '#domain/units.ts';
import {
  formatBps,
  formatBytes,
  formatCompact,
  formatCompactQuote,
  formatCount,
  formatDateTime,
  formatDistance,
  formatExact,
  formatExactQuote,
  formatLeverage,
  formatPercent,
  formatPrice,
  formatQuote,
  formatRate,
  formatShare,
  formatSignedQuote,
} from '#renderer/ui/format.ts';

const units = fc.oneof(
  fc.bigInt({ min: -(10n ** 21n), max: 10n ** 21n }),
  fc.bigInt({ min: -20_000n, max: 20_000n }),
);
const decimals = fc.integer({ min: 0, max: 12 });

/** A shown number in units of 10^-`scale`, exactly; without its suffix. */
function read(shown: string, scale: number): bigint {
  const plain = shown
    .replace('−', '-')
    .replace(/^\+/, '')
    .replace(/[×%kMBT ]+$/, '');
  const parsed = parseDecimal(plain, scale);
  if (!parsed.ok) throw new Error(`${shown} is no number: ${parsed.error}`);
  return parsed.value;
}

const EXPONENTS = { k: 3, M: 6, B: 9, T: 12 } as const;

/** The shown compact number, and one unit of its last digit, in units of 10^-`scale`. */
function readCompact(shown: string, scale: number): { value: bigint; lastDigit: bigint } {
  const suffix = shown.at(-1) as keyof typeof EXPONENTS;
  const exponent = EXPONENTS[suffix] ?? 0;
  const fraction = (shown.replace(/[kMBT]$/, '').split('.')[1] ?? '').length;
  const by = 10n ** BigInt(exponent);
  const lastDigit = (10n ** BigInt(scale) * by) / 10n ** BigInt(fraction);
  return { value: read(shown, scale) * by, lastDigit };
}

const sign = (value: bigint): number => (value < 0n ? -1 : value > 0n ? 1 : 0);
const distance = (left: bigint, right: bigint): bigint =>
  left > right ? left - right : right - left;

describe('amounts', () => {
  it('written whole are read back to the last unit, by any decimals', () => {
    fc.assert(
      fc.property(units, decimals, fc.boolean(), (amount, places, signed) => {
        expect(read(formatExact(amount, places, 2, signed), places)).toBe(amount);
      }),
    );
    fc.assert(
      fc.property(units, (amount) => {
        expect(read(formatExactQuote(quoteAmount(amount)), 6)).toBe(amount);
      }),
    );
  });

  const rounding: readonly (readonly [string, (amount: bigint) => string])[] = [
    ['formatQuote', (amount) => formatQuote(quoteAmount(amount))],
    ['formatSignedQuote', (amount) => formatSignedQuote(quoteAmount(amount))],
    ['formatPrice', (amount) => formatPrice(price(amount))],
    ['formatLeverage', (amount) => formatLeverage(leverageE4(amount))],
  ];

  it.each(rounding)('%s never shows what is not zero as zero, and keeps the sign', (_, format) => {
    fc.assert(
      fc.property(units, (amount) => {
        expect(sign(read(format(amount), 12))).toBe(sign(amount));
      }),
    );
  });

  it('rounded ones stand in the order of what they stand for', () => {
    fc.assert(
      fc.property(units, units, (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const [shownLow, shownHigh] = [low, high].map((amount) =>
          read(formatQuote(quoteAmount(amount)), 12),
        );
        expect((shownLow ?? 0n) <= (shownHigh ?? 0n)).toBe(true);
      }),
    );
  });

  it('rounded ones are within half a cent', () => {
    fc.assert(
      fc.property(units, (amount) => {
        expect(distance(read(formatQuote(quoteAmount(amount)), 6), amount) <= 5_000n).toBe(true);
      }),
    );
  });
});

describe('compact amounts', () => {
  it('are three digits and a letter', () => {
    const of = (whole: bigint) => formatCompactQuote(quoteAmount(whole * 1_000_000n));
    expect(of(0n)).toBe('0.00');
    expect(of(999n)).toBe('999.00');
    expect(of(1_000n)).toBe('1.00k');
    expect(of(12_449n)).toBe('12.4k');
    expect(of(12_450n)).toBe('12.5k');
    expect(of(999_499n)).toBe('999k');
    expect(of(999_500n)).toBe('1.00M');
    expect(of(1_204_000n)).toBe('1.20M');
    expect(of(-38_250_000_000n)).toBe('−38.3B');
    expect(of(4_321_000_000_000_000n)).toBe('4,321T');
    expect(formatCompact(999_995n, 3)).toBe('1.00k');
    expect(formatCompact(1n, 6, true)).toBe('+0.000001');
  });

  it('are within half a unit of their last digit, and keep the sign', () => {
    fc.assert(
      fc.property(units, decimals, (amount, places) => {
        const shown = formatCompact(amount, places);
        const scale = places + 12;
        const { value, lastDigit } = readCompact(shown, scale);
        const exact = amount * 10n ** 12n;
        expect(distance(value, exact) * 2n <= lastDigit).toBe(true);
        expect(sign(value)).toBe(sign(amount));
      }),
    );
  });

  it('stand in the order of what they stand for', () => {
    const cents = fc.bigInt({ min: -(10n ** 18n), max: 10n ** 18n }).map((cent) => cent * 10_000n);
    fc.assert(
      fc.property(cents, cents, (one, other) => {
        const [low, high] = one < other ? [one, other] : [other, one];
        const value = (amount: bigint) => readCompact(formatCompact(amount, 6), 18).value;
        expect(value(low) <= value(high)).toBe(true);
      }),
    );
  });
});

describe('shares and counts', () => {
  it('state percents and basis points exactly', () => {
    expect(formatPercent(1_234)).toBe('12.34 %');
    expect(formatPercent(5n, true)).toBe('+0.05 %');
    expect(formatBps(-25)).toBe('−25 bps');
    fc.assert(
      fc.property(units, (bps) => {
        expect(read(formatPercent(bps), 2)).toBe(bps);
      }),
    );
  });

  it('never state a distance as none', () => {
    expect(formatDistance(price(1_000_000_000n), price(1_000_000_001n))).toBe('under +0.01 %');
    expect(formatDistance(price(1_000_000_000n), price(999_999_999n))).toBe('under −0.01 %');
    expect(formatDistance(price(7n), price(7n))).toBe('0.00 %');
  });

  it('state shares of a whole', () => {
    expect(formatShare(0, 0)).toBeNull();
    expect(formatShare(0, 200)).toBe('0 %');
    expect(formatShare(1, 100_000)).toBe('0.1 %');
    expect(formatShare(1, 200)).toBe('0.5 %');
    expect(formatShare(1, 3)).toBe('33 %');
    expect(formatShare(200, 200)).toBe('100 %');
  });

  it('state counts, sizes and rates', () => {
    expect([
      formatCount(1, 'vault'),
      formatCount(1_204, 'vault'),
      formatCount(0, 'try', 'tries'),
    ]).toEqual(['1 vault', '1,204 vaults', '0 tries']);
    expect(
      [0, 812, 999, 1_000, 4_249, 999_949, 999_950, 1_300_000, 2_000_000_000].map(formatBytes),
    ).toEqual([
      '0 B',
      '812 B',
      '999 B',
      '1.0 kB',
      '4.2 kB',
      '999.9 kB',
      '1.0 MB',
      '1.3 MB',
      '2.0 GB',
    ]);
    expect([formatRate(0.5), formatRate(12.4)]).toEqual(['0.5/s', '12/s']);
  });

  it('state a moment by date and time', () => {
    expect(formatDateTime(new Date(2026, 2, 1, 14, 3, 7).getTime())).toBe('2026-03-01 14:03:07');
  });
});
