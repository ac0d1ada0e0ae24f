import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, parseDecimal, rescale, toDecimalString } from '#domain/decimal.ts';

const units = fc.bigInt(-(10n ** 24n), 10n ** 24n);
const decimals = fc.nat(12);

describe('decimal text', () => {
  it('an amount and its text are the same number', () => {
    fc.assert(
      fc.property(units, decimals, (amount, places) => {
        const parsed = parseDecimal(toDecimalString(amount, places), places);
        expect(parsed).toEqual({ ok: true, value: amount });
      }),
    );
  });

  it('thousands separators change nothing', () => {
    fc.assert(
      fc.property(units, decimals, (amount, places) => {
        const shown = formatAmount(amount, places, { shownDecimals: places });
        expect(parseDecimal(shown.replace('−', '-'), places)).toEqual({ ok: true, value: amount });
      }),
    );
  });

  it.each([
    ['1234567', 6, '1.234567'],
    ['0', 6, '0.000000'],
    ['-1', 6, '-0.000001'],
    ['5', 0, '5'],
  ])('%s with %i decimals is %s', (amount, places, text) => {
    expect(toDecimalString(BigInt(amount), places)).toBe(text);
  });

  it.each([
    [1_005n, 3, 2, '1.01'],
    [-1_005n, 3, 2, '−1.01'],
    [1_004n, 3, 2, '1.00'],
    [-4n, 3, 2, '0.00'],
    [1_234_567_500_000n, 6, 0, '1,234,568'],
    [999_999_999n, 6, 2, '1,000.00'],
    [12n, 0, 2, '12.00'],
  ] as const)('%s of %i decimals shown with %i is %s', (amount, places, shownDecimals, text) => {
    expect(formatAmount(amount, places, { shownDecimals })).toBe(text);
  });

  it('a plus stands before a gain only', () => {
    const shown = (amount: bigint) => formatAmount(amount, 2, { shownDecimals: 2, signed: true });
    expect([shown(1n), shown(0n), shown(-1n)]).toEqual(['+0.01', '0.00', '−0.01']);
  });
});

describe('rescaling', () => {
  it('rounds half away from zero, symmetrically, to the nearest', () => {
    fc.assert(
      fc.property(units, fc.nat(10), fc.nat(10), (amount, from, to) => {
        const result = rescale(amount, from, to);
        expect(rescale(-amount, from, to)).toBe(-result);
        if (to >= from) {
          expect(rescale(result, to, from)).toBe(amount);
          return;
        }
        const step = 10n ** BigInt(from - to);
        const error = result * step - amount;
        const twice = 2n * (error < 0n ? -error : error);
        expect(twice <= step).toBe(true);
        if (twice === step) expect(result < 0n ? error <= 0n : error >= 0n).toBe(true);
      }),
    );
  });
});

describe('what a person typed', () => {
  it.each([
    ['1,234.5', 1_234_500_000n],
    [' 12 ', 12_000_000n],
    ['.5', 500_000n],
    ['5.', 5_000_000n],
    ['-3', -3_000_000n],
    ['1.2345670', 1_234_567n],
    ['-0', 0n],
    ['007', 7_000_000n],
  ])('“%s” is %s', (text, value) => {
    expect(parseDecimal(text, 6)).toEqual({ ok: true, value });
  });

  it.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['.', 'not-a-number'],
    ['-', 'not-a-number'],
    ['-.', 'not-a-number'],
    ['+5', 'not-a-number'],
    ['1e3', 'not-a-number'],
    ['1,23', 'not-a-number'],
    ['1,2345', 'not-a-number'],
    ['1.2.3', 'not-a-number'],
    ['1.2,3', 'not-a-number'],
    ['٣', 'not-a-number'],
    ['0x10', 'not-a-number'],
    ['NaN', 'not-a-number'],
    ['1.2345678', 'too-many-decimals'],
  ])('“%s” is refused: %s', (text, problem) => {
    expect(parseDecimal(text, 6)).toEqual({ ok: false, error: problem });
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.string(), decimals, (text, places) => {
        const parsed = parseDecimal(text, places);
        expect(typeof parsed.ok).toBe('boolean');
      }),
    );
  });
});
