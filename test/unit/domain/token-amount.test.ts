import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mostWorth, parseTokenAmount, tokenText, valueOf } from '#domain/token-amount.ts';
import { price, quoteAmount, tokenAmount } from '#domain/units.ts';

const USDC = { symbol: 'USDC', decimals: 6 };

describe('parseTokenAmount', () => {
  it.each([
    ['12.34', 12_340_000n],
    ['0.000001', 1n],
    [' 1,234.5 ', 1_234_500_000n],
    ['1.2000000', 1_200_000n],
  ])('reads “%s” exactly', (text, units) => {
    expect(parseTokenAmount(text, USDC)).toEqual({ ok: true, value: units });
  });

  it.each([
    ['1.2345678', 'has more than the 6 decimals of USDC', 'Use at most 6 digits'],
    ['', 'is empty', 'Enter an amount'],
    ['1e3', 'is not a number', 'Use digits'],
    ['0', 'is not above 0', 'above 0'],
    ['-1', 'is not above 0', 'above 0'],
    ['0.0000000', 'is not above 0', 'above 0'],
  ])('refuses “%s” with the field, the value and the remedy', (text, rule, remedy) => {
    const parsed = parseTokenAmount(text, USDC);
    if (parsed.ok) throw new Error('parsed');
    expect(parsed.error).toMatchObject({
      code: 'INPUT_INVALID',
      remedy: 'fix-input',
      details: { field: 'amount', value: text },
    });
    expect(parsed.error.message).toContain(rule);
    expect(parsed.error.advice).toContain(remedy);
  });

  it('reads back what it wrote, for any number of decimals', () => {
    fc.assert(
      fc.property(fc.bigInt(1n, 2n ** 64n - 1n), fc.nat(18), (units, decimals) => {
        const token = { symbol: 'T', decimals };
        const text = tokenText(units, token).replace(' T', '');
        expect(parseTokenAmount(text, token)).toEqual({ ok: true, value: units });
      }),
    );
  });
});

describe('valueOf', () => {
  it('rounds up, so that a limit never lets more through', () => {
    expect(valueOf(tokenAmount(1n), price(1n), 9)).toBe(1n);
    expect(valueOf(tokenAmount(0n), price(150_000_000n), 9)).toBe(0n);
    expect(valueOf(tokenAmount(2_000_000_000n), price(150_000_000n), 9)).toBe(300_000_000n);
    expect(valueOf(tokenAmount(2_000_000_001n), price(150_000_000n), 9)).toBe(300_000_001n);
  });

  it('is the inverse of mostWorth to the unit', () => {
    fc.assert(
      fc.property(
        fc.bigInt(0n, 10n ** 15n),
        fc.bigInt(1n, 10n ** 12n),
        fc.nat(12),
        (value, at, decimals) => {
          const most = mostWorth(quoteAmount(value), price(at), decimals);
          expect(valueOf(most, price(at), decimals) <= value).toBe(true);
          expect(valueOf(tokenAmount(most + 1n), price(at), decimals) > value).toBe(true);
        },
      ),
    );
  });
});
