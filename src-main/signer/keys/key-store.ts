/**
 * The keys at rest. It holds no secret itself: the master key is given out once the passphrase has opened it, and the
 * caller gives it back with each act that needs it. Every change is on the disk before it counts.
 */
import { randomBytes } from 'node:crypto';
import type { Address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { KeyInfo } from '#domain/signer-state.ts';
import type { SignerClock } from '../clock.ts';
import { wipe } from '../wipe.ts';
import { addressOf } from './ed25519.ts';
import { inFieldOrder } from './field-order.ts';
import type { Kdf } from './kdf.ts';
import {
  damaged,
  inputInvalid,
  keyExists,
  keyNotFound,
  newer,
  passphraseWrong,
  signerLocked,
} from './key-errors.ts';
import {
  boundOfMaster,
  boundOfSecret,
  decodeKeyFile,
  encodeKeyFile,
  KEY_FILE_VERSION,
  MAX_KEYS,
  SALT_BYTES,
  type KdfParameters,
  type KeyFile,
  type StoredKey,
} from './key-file.ts';
import type { KeyFolder } from './key-folder.ts';
import { passphraseWrapping, type PassphraseWrapping } from './passphrase-wrapping.ts';
import { KEY_BYTES, open, seal } from './sealing.ts';

export interface NewKeypair {
  readonly seed: Uint8Array;
  readonly name: string;
  readonly networkKind: 'practice' | 'live';
  readonly derivationPath: string | null;
}

export interface KeyStore {
  readonly keys: readonly KeyInfo[];
  /** Whether a passphrase was chosen. */
  readonly isProtected: boolean;
  readonly secondWrap: boolean;
  find(publicKey: Address): KeyInfo | null;
  /** The master key, for the caller to overwrite. Errors: `PASSPHRASE_WRONG`, `KEY_FILE_DAMAGED`, `KEY_FILE_UNAVAILABLE`. */
  openMaster(
    passphrase: Uint8Array,
    deviceSecret: Uint8Array | null,
  ): Promise<Result<Buffer, KeelError>>;
  /**
   * A new master key under a new passphrase; every secret is sealed anew. `master` null: the first passphrase.
   * The caller overwrites both keys. Errors: `KEY_FILE_DAMAGED`, `KEY_FILE_WRITE_FAILED`, `KEY_FILE_UNAVAILABLE`.
   */
  protect(
    master: Uint8Array | null,
    passphrase: Uint8Array,
    deviceSecret: Uint8Array | null,
  ): Promise<Result<Buffer, KeelError>>;
  /** Takes the place of a watch-only key of the same kind. Errors: `KEY_EXISTS`, those of writing. */
  addKeypair(master: Uint8Array, keypair: NewKeypair): Result<KeyInfo, KeelError>;
  addWatchOnly(key: {
    readonly publicKey: Address;
    readonly name: string;
    readonly networkKind: 'practice' | 'live';
  }): Result<null, KeelError>;
  rename(publicKey: Address, name: string): Result<null, KeelError>;
  /** `kind`: what it must be, so that a keypair is never removed as if it were watch-only. */
  remove(publicKey: Address, kind: KeyInfo['kind']): Result<null, KeelError>;
  /** The 32-byte seed, for the caller to overwrite. Errors: `KEY_NOT_FOUND`, `KEY_FILE_DAMAGED`. */
  openSecret(master: Uint8Array, publicKey: Address): Result<Buffer, KeelError>;
}

export interface KeyStoreParts {
  readonly folder: KeyFolder;
  readonly kdf: Kdf;
  readonly clock: Pick<SignerClock, 'nowMs'>;
}

/** Reads the key file; without one the store is empty. Errors: `KEY_FILE_DAMAGED`, `KEY_FILE_NEWER`, `KEY_FILE_EXPOSED`, `KEY_FILE_UNAVAILABLE`. */
export function openKeyStore(parts: KeyStoreParts): Result<KeyStore, KeelError> {
  const { folder, kdf } = parts;
  const bytes = folder.read();
  if (!bytes.ok) return bytes;
  if (bytes.value === null) return ok(new DiskKeyStore(parts, { protection: null, keys: [] }));
  const file = decodeKeyFile(bytes.value, (cost) => kdf.accepts(cost));
  if (file.ok) return ok(new DiskKeyStore(parts, file.value));
  return err(
    file.error.kind === 'newer'
      ? newer(folder.keyFile, file.error.version, KEY_FILE_VERSION)
      : damaged(folder.keyFile, file.error.part, folder.hasPrevious()),
  );
}

class DiskKeyStore implements KeyStore {
  readonly #parts: KeyStoreParts;
  readonly #wrapping: PassphraseWrapping;
  #file: KeyFile;

  constructor(parts: KeyStoreParts, file: KeyFile) {
    this.#parts = parts;
    this.#wrapping = passphraseWrapping(parts.kdf, parts.folder.keyFile);
    this.#file = file;
  }

  get keys(): readonly KeyInfo[] {
    return this.#file.keys.map(infoOf);
  }

  get isProtected(): boolean {
    return this.#file.protection !== null;
  }

  get secondWrap(): boolean {
    return this.#file.protection?.secondWrap ?? false;
  }

  find(publicKey: Address): KeyInfo | null {
    const stored = this.#stored(publicKey);
    return stored === null ? null : infoOf(stored);
  }

  async openMaster(
    passphrase: Uint8Array,
    deviceSecret: Uint8Array | null,
  ): Promise<Result<Buffer, KeelError>> {
    const { protection } = this.#file;
    if (protection === null) return err(signerLocked());
    const { kdf, secondWrap } = protection;
    const wrapping = await this.#wrapping.keyFrom(passphrase, deviceSecret, kdf);
    if (!wrapping.ok) return wrapping;
    const master = open(wrapping.value, protection.master, boundOfMaster(kdf, secondWrap));
    wipe(wrapping.value);
    if (master === null) return err(passphraseWrong());
    const checked = this.#checkSecrets(master);
    if (checked.ok) return ok(master);
    wipe(master);
    return checked;
  }

  async protect(
    master: Uint8Array | null,
    passphrase: Uint8Array,
    deviceSecret: Uint8Array | null,
  ): Promise<Result<Buffer, KeelError>> {
    if (master === null && this.isProtected) return err(signerLocked());
    const cost = await this.#wrapping.chooseCost();
    if (!cost.ok) return cost;
    const salt = randomBytes(SALT_BYTES).toString('base64');
    const kdf: KdfParameters = { name: 'argon2id', ...cost.value, salt };
    const wrapping = await this.#wrapping.keyFrom(passphrase, deviceSecret, kdf);
    if (!wrapping.ok) return wrapping;
    const fresh = randomBytes(KEY_BYTES);
    const secondWrap = deviceSecret !== null;
    const sealed = seal(wrapping.value, fresh, boundOfMaster(kdf, secondWrap));
    wipe(wrapping.value);
    const moved = this.#sealAnew(master, fresh, kdf);
    const protection = { kdf, secondWrap, master: sealed };
    const written = moved.ok ? this.#write({ protection, keys: moved.value }, true) : moved;
    if (written.ok) return ok(fresh);
    wipe(fresh);
    return written;
  }

  addKeypair(master: Uint8Array, keypair: NewKeypair): Result<KeyInfo, KeelError> {
    const { protection, keys } = this.#file;
    if (protection === null) return err(signerLocked());
    const { seed, name, networkKind, derivationPath } = keypair;
    const publicKey = addressOf(seed);
    const there = this.#stored(publicKey);
    if (there !== null && (there.secret !== null || there.networkKind !== networkKind)) {
      return err(keyExists(publicKey, there.networkKind));
    }
    const createdAtMs = there?.createdAtMs ?? this.#parts.clock.nowMs();
    const plain = { publicKey, name, networkKind, createdAtMs, derivationPath };
    const secret = seal(master, seed, boundOfSecret(protection.kdf, plain));
    const stored: StoredKey = { ...plain, secret };
    const others = keys.filter((key) => key !== there);
    const written = this.#write({ protection, keys: [...others, stored] });
    return written.ok ? ok(infoOf(stored)) : written;
  }

  addWatchOnly(key: {
    readonly publicKey: Address;
    readonly name: string;
    readonly networkKind: 'practice' | 'live';
  }): Result<null, KeelError> {
    const there = this.#stored(key.publicKey);
    if (there !== null) return err(keyExists(there.publicKey, there.networkKind));
    const { publicKey, name, networkKind } = key;
    const createdAtMs = this.#parts.clock.nowMs();
    const stored = {
      publicKey,
      name,
      networkKind,
      createdAtMs,
      derivationPath: null,
      secret: null,
    };
    return this.#write({ ...this.#file, keys: [...this.#file.keys, stored] });
  }

  rename(publicKey: Address, name: string): Result<null, KeelError> {
    const there = this.#stored(publicKey);
    if (there === null) return err(keyNotFound(publicKey));
    const keys = this.#file.keys.map((key) => (key === there ? { ...key, name } : key));
    return this.#write({ ...this.#file, keys });
  }

  remove(publicKey: Address, kind: KeyInfo['kind']): Result<null, KeelError> {
    const there = this.#stored(publicKey);
    if (there === null || infoOf(there).kind !== kind) return err(keyNotFound(publicKey));
    const keys = this.#file.keys.filter((key) => key !== there);
    return this.#write({ ...this.#file, keys }, kind === 'keypair');
  }

  openSecret(master: Uint8Array, publicKey: Address): Result<Buffer, KeelError> {
    const stored = this.#stored(publicKey);
    const { protection } = this.#file;
    if (stored === null || stored.secret === null || protection === null) {
      return err(keyNotFound(publicKey));
    }
    return this.#openStored(master, protection.kdf, stored);
  }

  #stored(publicKey: Address): StoredKey | null {
    return this.#file.keys.find((key) => key.publicKey === publicKey) ?? null;
  }

  #openStored(
    master: Uint8Array,
    kdf: KdfParameters,
    stored: StoredKey,
  ): Result<Buffer, KeelError> {
    const seed =
      stored.secret === null ? null : open(master, stored.secret, boundOfSecret(kdf, stored));
    // The seal binds it; a wrong key would be worse than a second look.
    if (seed !== null && addressOf(seed) === stored.publicKey) return ok(seed);
    wipe(seed);
    const { folder } = this.#parts;
    const part = `the secret of ${stored.publicKey} does not open with the others`;
    return err(damaged(folder.keyFile, part, folder.hasPrevious()));
  }

  #checkSecrets(master: Uint8Array): Result<null, KeelError> {
    const { protection, keys } = this.#file;
    for (const stored of keys) {
      if (stored.secret === null || protection === null) continue;
      const seed = this.#openStored(master, protection.kdf, stored);
      if (!seed.ok) return seed;
      wipe(seed.value);
    }
    return ok(null);
  }

  #sealAnew(
    from: Uint8Array | null,
    to: Uint8Array,
    kdf: KdfParameters,
  ): Result<readonly StoredKey[], KeelError> {
    const moved: StoredKey[] = [];
    for (const stored of this.#file.keys) {
      const { protection } = this.#file;
      if (stored.secret === null || protection === null || from === null) {
        moved.push(stored);
        continue;
      }
      const seed = this.#openStored(from, protection.kdf, stored);
      if (!seed.ok) return seed;
      moved.push({ ...stored, secret: seal(to, seed.value, boundOfSecret(kdf, stored)) });
      wipe(seed.value);
    }
    return ok(moved);
  }

  #write(file: KeyFile, forget = false): Result<null, KeelError> {
    if (file.keys.length > MAX_KEYS) {
      return err(inputInvalid(`There are ${MAX_KEYS} keys already.`, 'Remove one first.'));
    }
    const written = this.#parts.folder.write(encodeKeyFile(inFieldOrder(file)), { forget });
    if (written.ok) this.#file = file;
    return written;
  }
}

function infoOf(key: StoredKey): KeyInfo {
  const { publicKey, name, networkKind, createdAtMs, derivationPath, secret } = key;
  const kind = secret === null ? 'watch-only' : 'keypair';
  return { publicKey, name, kind, networkKind, createdAtMs, derivationPath };
}
