import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  accountNameOf,
  blankAccount,
  decodeAccount,
  encodeAccount,
  encodeInstruction,
  decodeInstruction,
  mayHaveOpenOrder,
} from '#main/drift/codec/drift-coder.ts';
import { decodeName, encodeName } from '#main/drift/codec/names.ts';
import { toBigInt, toBn } from '#main/drift/codec/plain.ts';
import fc from 'fast-check';

const KINDS = ['User', 'PerpMarket', 'SpotMarket'] as const;
const fixtures = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../../data/drift-v2-accounts.json'), 'utf8'),
) as { accounts: Record<(typeof KINDS)[number], { data: string }[]> };

describe.each(KINDS)('real %s accounts of mainnet', (kind) => {
  test('survive decoding and encoding to the byte', () => {
    const accounts = fixtures.accounts[kind].map(({ data }) => Buffer.from(data, 'base64'));
    expect(accounts.length).toBeGreaterThan(5);
    for (const data of accounts) {
      const again = encodeAccount(kind, decodeAccount(kind, data));
      expect(again.equals(data.subarray(0, again.length))).toBe(true);
      expect(accountNameOf(data)).toBe(kind);
    }
  });
});

test('bytes of another account are refused', () => {
  const state = encodeAccount('State', blankAccount('State'));
  expect(() => decodeAccount('User', state)).toThrow('Not a User account');
  expect(() => decodeAccount('State', state.subarray(0, 100))).toThrow('Not a State account');
});

test('the open order flag is found without decoding', () => {
  const user = blankAccount('User');
  expect(mayHaveOpenOrder(encodeAccount('User', user))).toBe(false);
  user.hasOpenOrder = true;
  expect(mayHaveOpenOrder(encodeAccount('User', user))).toBe(true);
  expect(mayHaveOpenOrder(encodeAccount('State', blankAccount('State')))).toBe(false);
});

test('bigint and BN agree at every width and sign', () => {
  fc.assert(
    fc.property(fc.bigInt(-(2n ** 127n), 2n ** 127n), (value) => toBigInt(toBn(value)) === value),
  );
});

test('instructions survive encoding and decoding', () => {
  const args = { marketIndex: 1, amount: 2n ** 63n, reduceOnly: true };
  expect(decodeInstruction(encodeInstruction('deposit', args))).toEqual({ name: 'deposit', args });
  expect(decodeInstruction(Buffer.from([1, 2, 3]))).toBeNull();
});

test('names are padded on chain and bare off it', () => {
  expect(encodeName('SOL-PERP')).toHaveLength(32);
  expect(decodeName(encodeName('SOL-PERP'))).toBe('SOL-PERP');
});
