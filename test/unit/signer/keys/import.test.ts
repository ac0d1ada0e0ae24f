import { createHmac } from 'node:crypto';
import { ed25519 } from '@noble/curves/ed25519.js';
import { base58 } from '@scure/base';
import { entropyToMnemonic, mnemonicToSeedSync } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english';
import { Keypair } from '@solana/web3.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIRST_PATH, NO_DERIVATION, seedAt, WALLET_PATHS } from '#main/signer/import/derivation.ts';
import { readSecret } from '#main/signer/import/read-secret.ts';
import { newPhrase, seedOfPhrase } from '#main/signer/import/seed-phrase.ts';
import { addressOf, publicKeyOf } from '#main/signer/keys/ed25519.ts';
import { errorIn, seedNumber, utf8, value } from '#test/support/signer-keys.ts';

const NONE = new Uint8Array();
const ABANDON = `${'abandon '.repeat(11)}about`;

function secretOf(seed: Uint8Array): Buffer {
  return Buffer.concat([seed, ed25519.getPublicKey(seed)]);
}

describe('the form of a secret', () => {
  it('is told by itself: JSON of solana-cli, base58 of 64 and of 32 bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
        const secret = secretOf(seed);
        const json = JSON.stringify([...secret]);
        const forms = [
          json,
          json.replaceAll(',', ' ,\n'),
          base58.encode(secret),
          base58.encode(seed),
        ];
        for (const form of forms) {
          const read = value(readSecret(utf8(` \n${form}\t\n`), NONE));
          expect(read.kind).toBe('key');
          expect(read.seed.equals(seed)).toBe(true);
        }
      }),
    );
  });

  it('leaves what was typed to its owner', () => {
    const typed = utf8(base58.encode(seedNumber(1)));
    value(readSecret(typed, NONE));
    expect(Buffer.from(typed).toString()).toBe(base58.encode(seedNumber(1)));
  });

  it.each([
    ['nothing', '  \n '],
    ['a list of 63 numbers', JSON.stringify([...secretOf(seedNumber(1)).subarray(1)])],
    ['a list of 65 numbers', JSON.stringify([...secretOf(seedNumber(1)), 1])],
    ['a number above a byte', JSON.stringify([...secretOf(seedNumber(1)).subarray(1), 256])],
    ['a negative number', JSON.stringify([...secretOf(seedNumber(1)).subarray(1), -1])],
    ['a fraction', JSON.stringify([...secretOf(seedNumber(1)).subarray(1), 1.5])],
    ['a cut list', JSON.stringify([...secretOf(seedNumber(1))]).slice(0, -1)],
    ['two numbers without a comma', JSON.stringify([...secretOf(seedNumber(1))]).replace(',', ' ')],
    ['another letter', `${base58.encode(seedNumber(1))}0`],
    ['base58 of 33 bytes', base58.encode(Buffer.concat([seedNumber(1), Buffer.of(1)]))],
    ['base58 of 65 bytes', base58.encode(Buffer.concat([secretOf(seedNumber(1)), Buffer.of(1)]))],
    ['a halved pair', base58.encode(Buffer.concat([seedNumber(1), publicKeyOf(seedNumber(2))]))],
    ['a halved pair as JSON', JSON.stringify([...seedNumber(1), ...publicKeyOf(seedNumber(2))])],
  ])('is refused where it is %s, and never repeated', (_, form) => {
    const error = errorIn(readSecret(utf8(form), NONE));
    expect(error.code).toBe('KEY_INPUT_INVALID');
    const told = JSON.stringify(error);
    const typed = form.trim();
    if (typed.length > 3) {
      for (let at = 0; at + 8 <= typed.length; at += 4) {
        expect(told).not.toContain(typed.slice(at, at + 8));
      }
    }
  });

  it('never crashes the reader', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.uint8Array({ maxLength: 20 }),
        (bytes, password) => {
          readSecret(bytes, password);
        },
      ),
    );
  });
});

describe('a seed phrase', () => {
  it('gives the seed that others make of it, of each length, with and without a password', () => {
    fc.assert(
      fc.property(
        fc
          .constantFrom(16, 20, 24, 28, 32)
          .chain((length) => fc.uint8Array({ minLength: length, maxLength: length })),
        fc.string({ unit: 'grapheme', maxLength: 8 }),
        (entropy, password) => {
          const phrase = entropyToMnemonic(entropy, wordlist);
          const expected = mnemonicToSeedSync(phrase, password);
          const typed = `  ${phrase.toUpperCase().replaceAll(' ', ' \n ')} `;
          expect(value(seedOfPhrase(utf8(typed), utf8(password))).equals(expected)).toBe(true);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('names the place of a word that is none, not the word', () => {
    const words = ABANDON.split(' ');
    words[6] = 'abandonn';
    const error = errorIn(readSecret(utf8(words.join(' ')), NONE));
    expect(error.message).toContain('Word 7 of 12');
    expect(JSON.stringify(error)).not.toContain('abandon');
  });

  it('tells a wrong checksum and a wrong length', () => {
    const wrong = errorIn(readSecret(utf8('abandon '.repeat(12)), NONE));
    expect(wrong.message).toContain('checksum');
    const short = errorIn(readSecret(utf8('abandon '.repeat(11)), NONE));
    expect(short.message).toContain('these are 11');
  });

  it('that Keel makes has 24 words and a right checksum, and is another each time', () => {
    const [one, two] = [newPhrase(), newPhrase()];
    expect(one).toHaveLength(24);
    expect(one).not.toEqual(two);
    value(seedOfPhrase(utf8(one.join(' ')), NONE));
  });
});

describe('derivation', () => {
  // SLIP-0010, test vector 1 for ed25519.
  it.each([
    ['m', '2b4be7f19ee27bbf30c667b642d5f4aa69fd169872f8fc3059c08ebae2eb19e7'],
    ["m/0'", '68e0fe46dfb67e368c75379acec591dad19df3cde26e63b93a8e704f1dade7a3'],
    ["m/0'/1'", 'b1d0bad404bf35da785a64ca1ac54b2617211d2777696fbffaf208f746ae84f2'],
    [
      "m/0'/1'/2'/2'/1000000000'",
      '8f94d394a8e8fd6b1bc2f3f49f5c47e385281d5c17e65324b0f62483e37e8793',
    ],
  ])('agrees with the standard at %s', (path, expected) => {
    const seed = Buffer.from('000102030405060708090a0b0c0d0e0f', 'hex');
    expect(seedAt(seed, path).toString('hex')).toBe(expected);
  });

  it('finds the accounts that wallets show for a well-known phrase', () => {
    const { seed } = value(readSecret(utf8(ABANDON), NONE));
    expect(addressOf(seedAt(seed, FIRST_PATH))).toBe(
      'HAgk14JpMQLgt6rVgv7cBQFJWFto5Dqxi472uT3DKpqk',
    );
  });

  it('agrees with another implementation on every path that is offered', () => {
    const seed = mnemonicToSeedSync(ABANDON);
    for (const { path } of WALLET_PATHS) {
      const expected = path === NO_DERIVATION ? seed.subarray(0, 32) : otherWay(seed, path);
      expect(addressOf(seedAt(seed, path))).toBe(Keypair.fromSeed(expected).publicKey.toBase58());
    }
    expect(new Set(WALLET_PATHS.map(({ path }) => addressOf(seedAt(seed, path)))).size).toBe(13);
  });

  it('refuses steps that Ed25519 does not know', () => {
    for (const path of ["m/44'/501", 'n', "m/2147483648'", "m//0'", '']) {
      expect(() => seedAt(seedNumber(1), path)).toThrow(RangeError);
    }
  });
});

/** SLIP-0010 once more, recursively. */
function otherWay(seed: Uint8Array, path: string): Uint8Array {
  const node = (steps: readonly number[]): Buffer => {
    const last = steps.at(-1);
    if (last === undefined) return createHmac('sha512', 'ed25519 seed').update(seed).digest();
    const parent = node(steps.slice(0, -1));
    const index = Buffer.alloc(4);
    index.writeUInt32BE(0x80000000 + last);
    return createHmac('sha512', parent.subarray(32))
      .update(Buffer.concat([Buffer.of(0), parent.subarray(0, 32), index]))
      .digest();
  };
  const steps = path.split('/').slice(1);
  return node(steps.map((step) => Number.parseInt(step, 10))).subarray(0, 32);
}
