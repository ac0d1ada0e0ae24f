import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { strengthOf } from '#renderer/signer-window/strength.ts';

describe('the strength of a passphrase', () => {
  it.each([
    ['', 'too-short'],
    ['tr0ub4dor', 'too-short'],
    ['aaaaaaaaaaaaaaaaaaaaaaaa', 'weak'],
    ['abcdefghijklmnopqrstuvwx', 'weak'],
    ['passwordpassword123', 'weak'],
    ['solana drift', 'weak'],
    ['ripple ripple ripple ripple ripple ripple', 'weak'],
    ['hello world again', 'weak'],
    ['ripple cactus velvet anchor mimic', 'fair'],
    ['ripple cactus velvet anchor mimic orbit', 'strong'],
    ['k7#Qz!m2Vx9&tR', 'strong'],
  ])('takes “%s” for %s', (text, strength) => {
    expect(strengthOf(text, 10)).toBe(strength);
  });

  it('never takes one character over and over for more than weak', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 1 }), fc.nat(200), (letter, times) => {
        expect(['too-short', 'weak']).toContain(strengthOf(letter.repeat(times), 10));
      }),
    );
  });
});
