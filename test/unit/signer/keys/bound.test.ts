import { expect, it } from 'vitest';
import { boundOfMaster, boundOfSecret, type KdfParameters } from '#main/signer/keys/key-file.ts';
import { address } from '#domain/ids.ts';
import { unixMs } from '#domain/units.ts';

const KDF: KdfParameters = {
  name: 'argon2id',
  memoryKiB: 5,
  passes: 6,
  lanes: 7,
  salt: 'c2FsdA==',
};
const KEY = {
  publicKey: address('So11111111111111111111111111111111111111112'),
  networkKind: 'live',
  createdAtMs: unixMs(1),
  derivationPath: null,
} as const;

it.each(['memoryKiB', 'passes', 'lanes', 'salt'] as const)(
  'binds both seals to the %s of the derivation (K2)',
  (name) => {
    const other = { ...KDF, [name]: name === 'salt' ? 'b3RoZXI=' : 9 };
    expect(boundOfMaster(other, false)).not.toBe(boundOfMaster(KDF, false));
    expect(boundOfSecret(other, KEY)).not.toBe(boundOfSecret(KDF, KEY));
  },
);
