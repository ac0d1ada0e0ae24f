import { createHash } from 'node:crypto';
import { chmodSync, readFileSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { argon2Kdf } from '#main/signer/keys/kdf.ts';
import { decodeKeyFile, encodeKeyFile, type KeyFile } from '#main/signer/keys/key-file.ts';
import {
  errorIn,
  keysFolder,
  PASSPHRASE,
  protectedStore,
  seedNumber,
  tryOpen,
  utf8,
  value,
  weakKdf,
} from '#test/support/signer-keys.ts';

async function filledFolder(): Promise<string> {
  const folder = keysFolder();
  const { store, master } = await protectedStore(folder);
  const plain = { networkKind: 'practice', derivationPath: null } as const;
  value(store.addKeypair(master, { ...plain, seed: seedNumber(1), name: 'One' }));
  value(store.addKeypair(master, { ...plain, seed: seedNumber(2), name: 'Two' }));
  return folder;
}

const keyFileIn = (folder: string): string => join(folder, 'keystore.json');

/** Writes what an attacker would: altered content with a checksum that fits. */
function forge(folder: string, alter: (file: KeyFile) => KeyFile): void {
  const file = keyFileIn(folder);
  const decoded = decodeKeyFile(readFileSync(file), weakKdf.accepts);
  if (!decoded.ok) throw new Error('not readable');
  writeFileSync(file, encodeKeyFile(alter(decoded.value)));
}

describe('any altered byte of the key file', () => {
  let whole: Buffer;
  beforeAll(() => {
    const stored = {
      publicKey: 'So11111111111111111111111111111111111111112',
      name: 'Näme',
      networkKind: 'practice',
      createdAtMs: 1_800_000_000_000,
      derivationPath: "m/44'/501'/0'/0'",
      secret: {
        nonce: Buffer.alloc(12, 3).toString('base64'),
        sealed: Buffer.alloc(48, 4).toString('base64'),
      },
    };
    const master = stored.secret;
    const kdf = { name: 'argon2id', memoryKiB: 8, passes: 1, lanes: 1 };
    const salt = Buffer.alloc(16, 5).toString('base64');
    const protection = { kdf: { ...kdf, salt }, secondWrap: false, master };
    whole = encodeKeyFile({ protection, keys: [stored] } as unknown as KeyFile);
  });

  it('is seen before a passphrase is asked for', () => {
    expect(decodeKeyFile(whole, weakKdf.accepts).ok).toBe(true);
    fc.assert(
      fc.property(
        fc.nat({ max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, flip) => {
          const altered = Buffer.from(whole);
          altered[at] = (altered[at] ?? 0) ^ flip;
          expect(decodeKeyFile(altered, weakKdf.accepts).ok).toBe(false);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('is seen at every place, bit by bit', () => {
    for (let at = 0; at < whole.length; at += 1) {
      const altered = Buffer.from(whole);
      altered[at] = (altered[at] ?? 0) ^ 1;
      expect(decodeKeyFile(altered, weakKdf.accepts).ok, `byte ${at}`).toBe(false);
    }
  });

  it('is seen where the file was cut or went on', () => {
    for (let end = 0; end < whole.length; end += 1) {
      expect(decodeKeyFile(whole.subarray(0, end), weakKdf.accepts).ok).toBe(false);
    }
    expect(decodeKeyFile(Buffer.concat([whole, whole]), weakKdf.accepts).ok).toBe(false);
  });

  it('never crashes the reader', () => {
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array(), fc.json().map(utf8)), (bytes) => {
        expect(decodeKeyFile(Buffer.from(bytes), weakKdf.accepts).ok).toBe(false);
      }),
    );
  });
});

describe('a damaged key file', () => {
  it('is told with the part, left as it is, and its previous generation named', async () => {
    const folder = await filledFolder();
    const file = keyFileIn(folder);
    const cut = readFileSync(file).subarray(0, 700);
    writeFileSync(file, cut);
    const error = errorIn(tryOpen(folder));
    expect(error.code).toBe('KEY_FILE_DAMAGED');
    expect(error.message).toContain('it ends in the middle');
    expect(error.message).toContain(file);
    expect(error.advice).toContain('keystore.previous.json');
    expect(readFileSync(file).equals(cut)).toBe(true);
    // As the advice says.
    writeFileSync(file, readFileSync(join(folder, 'keystore.previous.json')));
    expect(value(tryOpen(folder)).keys).toHaveLength(1);
  });

  it('names no previous generation where there is none', async () => {
    const folder = await filledFolder();
    unlinkSync(join(folder, 'keystore.previous.json'));
    writeFileSync(keyFileIn(folder), '{}');
    expect(errorIn(tryOpen(folder)).advice).not.toContain('keystore.previous.json');
  });

  it('is told where an altered secret has a checksum that fits', async () => {
    const folder = await filledFolder();
    forge(folder, (file) => ({
      ...file,
      keys: file.keys.map((key, index) =>
        index === 0 ? { ...key, networkKind: 'live' as const } : key,
      ),
    }));
    const store = value(tryOpen(folder));
    const error = errorIn(await store.openMaster(utf8(PASSPHRASE), null));
    expect(error.code).toBe('KEY_FILE_DAMAGED');
    expect(error.message).toContain(store.keys[0]?.publicKey);
  });

  it('is told where two secrets changed places', async () => {
    const folder = await filledFolder();
    forge(folder, ({ protection, keys: [one, two] }) => {
      if (!one || !two) throw new Error('two keys');
      return {
        protection,
        keys: [
          { ...one, secret: two.secret },
          { ...two, secret: one.secret },
        ],
      };
    });
    const error = errorIn(await value(tryOpen(folder)).openMaster(utf8(PASSPHRASE), null));
    expect(error.code).toBe('KEY_FILE_DAMAGED');
  });

  it.each([
    ['cheaper', { memoryKiB: 47_103, passes: 1, lanes: 1 }],
    ['far cheaper', { memoryKiB: 8, passes: 1, lanes: 1 }],
    ['endless', { memoryKiB: 1_048_576, passes: 1_000_000, lanes: 1 }],
    ['larger than the memory', { memoryKiB: 2 ** 40, passes: 1, lanes: 1 }],
    ['on many lanes', { memoryKiB: 65_536, passes: 1, lanes: 64 }],
  ])('with a derivation that is %s is refused without deriving', async (_, cost) => {
    const folder = await filledFolder();
    forge(folder, ({ protection, keys }) => {
      if (protection === null) throw new Error('protected');
      return { keys, protection: { ...protection, kdf: { ...protection.kdf, ...cost } } };
    });
    const real = argon2Kdf({ monotonicMs: () => 0 });
    const error = errorIn(tryOpen(folder, real));
    expect(error.code).toBe('KEY_FILE_DAMAGED');
    expect(error.message).toContain('protection.kdf');
  });
});

describe('a key file', () => {
  it('of a newer version is refused and not touched', async () => {
    const folder = await filledFolder();
    const newer = JSON.stringify({ format: 'keel-keys', version: 2, somethingNew: true });
    writeFileSync(keyFileIn(folder), newer);
    const error = errorIn(tryOpen(folder));
    expect(error.code).toBe('KEY_FILE_NEWER');
    expect(error.message).toContain('version 2');
    expect(readFileSync(keyFileIn(folder), 'utf8')).toBe(newer);
  });

  it.each([0o644, 0o640, 0o604, 0o660])('of mode %o is refused with the cure', async (mode) => {
    const folder = await filledFolder();
    chmodSync(keyFileIn(folder), mode);
    const error = errorIn(tryOpen(folder));
    expect(error.code).toBe('KEY_FILE_EXPOSED');
    expect(error.message).toContain(mode.toString(8));
    expect(error.advice).toContain(`chmod 600 '${keyFileIn(folder)}'`);
    chmodSync(keyFileIn(folder), 0o600);
    expect(value(tryOpen(folder)).keys).toHaveLength(2);
  });

  it('in a folder open to others is refused with the cure', async () => {
    const folder = await filledFolder();
    chmodSync(folder, 0o755);
    const error = errorIn(tryOpen(folder));
    expect(error.code).toBe('KEY_FILE_EXPOSED');
    expect(error.advice).toContain(`chmod 700 '${folder}'`);
  });

  it('that is a link is refused', async () => {
    const folder = await filledFolder();
    const elsewhere = join(folder, 'elsewhere.json');
    writeFileSync(elsewhere, readFileSync(keyFileIn(folder)), { mode: 0o600 });
    unlinkSync(keyFileIn(folder));
    symlinkSync(elsewhere, keyFileIn(folder));
    expect(errorIn(tryOpen(folder)).code).toBe('KEY_FILE_UNAVAILABLE');
  });

  it('changed by somebody else meanwhile is not overwritten', async () => {
    const folder = keysFolder();
    const { store, master } = await protectedStore(folder);
    const foreign = Buffer.from('another generation');
    writeFileSync(keyFileIn(folder), foreign);
    const keypair = { seed: seedNumber(1), name: 'One', derivationPath: null };
    const refused = store.addKeypair(master, { ...keypair, networkKind: 'practice' });
    expect(errorIn(refused).code).toBe('KEY_FILE_UNAVAILABLE');
    expect(readFileSync(keyFileIn(folder)).equals(foreign)).toBe(true);
    expect(store.keys).toEqual([]);
  });

  it('has the checksum of its content', async () => {
    const folder = await filledFolder();
    const { checksum, ...content } = JSON.parse(readFileSync(keyFileIn(folder), 'utf8')) as {
      checksum: string;
    };
    const hash = createHash('sha256').update(JSON.stringify(content)).digest('hex');
    expect(checksum).toBe(hash);
  });
});
