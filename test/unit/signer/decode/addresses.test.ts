import { getAssociatedTokenAddressSync } from '@solana/spl-token';
import { Keypair, PublicKey } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { address } from '#domain/ids.ts';
import {
  addressWithSeed,
  associatedTokenAddress,
  isOnCurve,
  parseAddress,
  programAddress,
} from '#main/signer/decode/addresses.ts';

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });
const keyText = bytes32.map((bytes) => address(new PublicKey(bytes).toBase58()));

describe('derived addresses', () => {
  it('tells points of the curve from other bytes as web3.js does', () => {
    fc.assert(
      fc.property(bytes32, (bytes) => {
        expect(isOnCurve(bytes)).toBe(PublicKey.isOnCurve(bytes));
      }),
      { numRuns: 200 },
    );
  });

  it('takes every public key for a point of the curve', () => {
    fc.assert(
      fc.property(bytes32, (seed) => {
        expect(isOnCurve(Keypair.fromSeed(seed).publicKey.toBytes())).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('finds the program addresses of web3.js', () => {
    const seeds = fc.array(fc.uint8Array({ maxLength: 32 }), { maxLength: 4 });
    fc.assert(
      fc.property(keyText, seeds, (program, parts) => {
        const [expected] = PublicKey.findProgramAddressSync(parts, new PublicKey(program));
        expect(programAddress(program, parts)).toBe(expected.toBase58());
      }),
      { numRuns: 60 },
    );
  });

  it('finds the associated token accounts of spl-token', () => {
    fc.assert(
      fc.property(keyText, keyText, (owner, mint) => {
        const expected = getAssociatedTokenAddressSync(
          new PublicKey(mint),
          new PublicKey(owner),
          true,
        );
        expect(associatedTokenAddress(owner, mint)).toBe(expected.toBase58());
      }),
      { numRuns: 40 },
    );
  });

  it('derives addresses with a seed as web3.js does', async () => {
    const seed = fc.string({ maxLength: 32 });
    await fc.assert(
      fc.asyncProperty(keyText, seed, keyText, async (base, text, owner) => {
        const expected = await PublicKey.createWithSeed(
          new PublicKey(base),
          text,
          new PublicKey(owner),
        );
        expect(addressWithSeed(base, text, owner)).toBe(expected.toBase58());
      }),
      { numRuns: 40 },
    );
  });

  it.each([
    ['', null],
    ['11111111111111111111111111111111', '11111111111111111111111111111111'],
    ['1111111111111111111111111111111', null],
    ['111111111111111111111111111111111', null],
    ['0OIl11111111111111111111111111111', null],
    [7, null],
    [null, null],
  ])('parses %j as an address or not at all', (text, expected) => {
    expect(parseAddress(text)).toBe(expected);
  });
});
