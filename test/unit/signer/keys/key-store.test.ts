import { readFileSync } from 'node:fs';
import { createPublicKey, verify } from 'node:crypto';
import { join } from 'node:path';
import { base58 } from '@scure/base';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { address } from '#domain/ids.ts';
import { addressOf, publicKeyOf, signWith } from '#main/signer/keys/ed25519.ts';
import {
  errorIn,
  keysFolder,
  PASSPHRASE,
  protectedStore,
  seedNumber,
  tryOpen,
  utf8,
  value,
} from '#test/support/signer-keys.ts';

const keypair = (number: number) => ({
  seed: seedNumber(number),
  name: `Key ${number}`,
  networkKind: 'practice' as const,
  derivationPath: null,
});

describe('the key store', () => {
  it('gives every key back through seal and open, also after a restart', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.uint8Array({ minLength: 32, maxLength: 32 }), {
          maxLength: 5,
          selector: (seed) => Buffer.from(seed).toString('hex'),
        }),
        fc.string({ minLength: 1, maxLength: 40 }),
        async (seeds, passphrase) => {
          const folder = keysFolder();
          const store = value(tryOpen(folder));
          const master = value(await store.protect(null, utf8(passphrase), null));
          for (const [index, seed] of seeds.entries()) {
            value(store.addKeypair(master, { ...keypair(index), seed }));
          }
          const again = value(tryOpen(folder));
          const opened = value(await again.openMaster(utf8(passphrase), null));
          for (const seed of seeds) {
            const secret = value(again.openSecret(opened, addressOf(seed)));
            expect(secret.equals(seed)).toBe(true);
          }
          expect(again.keys).toHaveLength(seeds.length);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('refuses another passphrase', async () => {
    const folder = keysFolder();
    const { store } = await protectedStore(folder);
    const refused = errorIn(await store.openMaster(utf8('correct horse batterz'), null));
    expect(refused.code).toBe('PASSPHRASE_WRONG');
  });

  it('holds no secret in its file', async () => {
    const folder = keysFolder();
    const { store, master } = await protectedStore(folder);
    value(store.addKeypair(master, keypair(1)));
    const bytes = readFileSync(join(folder, 'keystore.json'));
    for (const secret of [seedNumber(1), master, Buffer.from(PASSPHRASE)]) {
      for (const encoding of ['latin1', 'hex', 'base64'] as const) {
        expect(bytes.includes(secret.toString(encoding))).toBe(false);
      }
    }
  });

  it('needs the device secret where it is wrapped twice', async () => {
    const folder = keysFolder();
    const store = value(tryOpen(folder));
    const device = new Uint8Array(32).fill(7);
    const master = value(await store.protect(null, utf8(PASSPHRASE), device));
    value(store.addKeypair(master, keypair(1)));
    const again = value(tryOpen(folder));
    expect(again.secondWrap).toBe(true);
    for (const wrong of [null, new Uint8Array(32).fill(8), new Uint8Array(0)]) {
      expect(errorIn(await again.openMaster(utf8(PASSPHRASE), wrong)).code).toBe(
        'PASSPHRASE_WRONG',
      );
    }
    value(await again.openMaster(utf8(PASSPHRASE), device));
  });

  it('opens with the new passphrase alone after a change, and leaves no old generation', async () => {
    const folder = keysFolder();
    const { store, master } = await protectedStore(folder);
    const { publicKey } = value(store.addKeypair(master, keypair(1)));
    value(await store.protect(master, utf8('another long passphrase'), null));
    const again = value(tryOpen(folder));
    expect(errorIn(await again.openMaster(utf8(PASSPHRASE), null)).code).toBe('PASSPHRASE_WRONG');
    const opened = value(await again.openMaster(utf8('another long passphrase'), null));
    expect(value(again.openSecret(opened, publicKey)).equals(seedNumber(1))).toBe(true);
    expect(opened.equals(master)).toBe(false);
    const [now, before] = ['keystore.json', 'keystore.previous.json'].map((name) =>
      readFileSync(join(folder, name), 'utf8'),
    );
    expect(before).toBe(now);
  });

  it('leaves nothing of a removed key, but the generation before of other changes', async () => {
    const folder = keysFolder();
    const { store, master } = await protectedStore(folder);
    const first = value(store.addKeypair(master, keypair(1)));
    value(store.addKeypair(master, keypair(2)));
    const previous = () => readFileSync(join(folder, 'keystore.previous.json'), 'utf8');
    expect(previous()).toContain(first.publicKey);
    value(store.remove(first.publicKey, 'keypair'));
    expect(previous()).not.toContain(first.publicKey);
    expect(errorIn(store.openSecret(master, first.publicKey)).code).toBe('KEY_NOT_FOUND');
  });

  it('keeps watch-only keys without any passphrase, and turns one into a keypair', async () => {
    const folder = keysFolder();
    const store = value(tryOpen(folder));
    const publicKey = addressOf(seedNumber(3));
    value(store.addWatchOnly({ publicKey, name: 'Watched', networkKind: 'live' }));
    expect(store.isProtected).toBe(false);
    const again = value(tryOpen(folder));
    expect(again.find(publicKey)?.kind).toBe('watch-only');
    const master = value(await again.protect(null, utf8(PASSPHRASE), null));
    const refused = again.addKeypair(master, keypair(3));
    expect(errorIn(refused).code).toBe('KEY_EXISTS');
    value(again.addKeypair(master, { ...keypair(3), networkKind: 'live' }));
    expect(again.keys).toHaveLength(1);
    expect(again.find(publicKey)?.kind).toBe('keypair');
    expect(errorIn(again.remove(publicKey, 'watch-only')).code).toBe('KEY_NOT_FOUND');
  });

  it('never has one key twice', async () => {
    const { store, master } = await protectedStore(keysFolder());
    value(store.addKeypair(master, keypair(1)));
    const twice = store.addKeypair(master, { ...keypair(1), networkKind: 'live' });
    expect(errorIn(twice).code).toBe('KEY_EXISTS');
    const { publicKey } = store.keys[0] ?? { publicKey: address('') };
    const watched = store.addWatchOnly({ publicKey, name: 'Again', networkKind: 'practice' });
    expect(errorIn(watched).code).toBe('KEY_EXISTS');
  });

  it('keeps what an altered file says apart from what was sealed', async () => {
    const folder = keysFolder();
    const { store, master } = await protectedStore(folder);
    const { publicKey } = value(store.addKeypair(master, keypair(1)));
    value(store.rename(publicKey, 'Renamed'));
    expect(value(tryOpen(folder)).find(publicKey)?.name).toBe('Renamed');
  });
});

describe('ed25519', () => {
  it('signs what others verify', () => {
    const message = utf8('a message');
    const signature = signWith(seedNumber(1), message);
    const spki = Buffer.concat([
      Buffer.from('302a300506032b6570032100', 'hex'),
      base58.decode(addressOf(seedNumber(1))),
    ]);
    const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
    expect(verify(null, message, publicKey, signature)).toBe(true);
    expect(signWith(seedNumber(1), message).equals(signature)).toBe(true);
  });

  // RFC 8032, section 7.1, test 2.
  it('agrees with the standard', () => {
    const seed = Buffer.from(
      '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
      'hex',
    );
    expect(publicKeyOf(seed).toString('hex')).toBe(
      '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    );
    expect(signWith(seed, Uint8Array.of(0x72)).toString('hex').slice(0, 32)).toBe(
      '92a009a9f0d4cab8720e820b5f642540',
    );
  });
});
