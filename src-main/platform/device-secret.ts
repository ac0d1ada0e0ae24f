/**
 * The secret of this device, for the second wrap of the keys: 32 random bytes that the operating system's secret
 * store keeps encrypted. Back-ends that only hide it (`basic_text`) or that nobody knows are refused (K2).
 */
import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';

const SECRET_BYTES = 32;
/** Back-ends of Linux that encrypt with a key of the user's own. */
const SOUND_BACKENDS: readonly string[] = ['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'];

/** What Electron's `safeStorage` gives. */
export interface SecretStore {
  isEncryptionAvailable(): boolean;
  /** Linux only. */
  getSelectedStorageBackend(): string;
  encryptString(text: string): Buffer;
  decryptString(encrypted: Buffer): string;
}

export interface DeviceSecretParts {
  readonly store: SecretStore;
  readonly platform: NodeJS.Platform;
  /** Where the encrypted secret lies; absolute. */
  readonly file: string;
}

export type DeviceSecretAct = 'load' | 'create' | 'forget';

/**
 * Loads, makes or forgets the secret. `create` takes the one that is there; `forget` gives no bytes. The caller
 * overwrites what it got. Error: `SECRET_STORE_UNAVAILABLE`.
 */
export function deviceSecret(
  parts: DeviceSecretParts,
  act: DeviceSecretAct,
): Result<Uint8Array, KeelError> {
  try {
    if (act === 'forget') {
      rmSync(parts.file, { force: true });
      return ok(new Uint8Array());
    }
    const refusal = storeRefusal(parts);
    if (refusal !== null) return err(refusal);
    const kept = load(parts);
    if (kept !== null) return ok(kept);
    return act === 'create' ? ok(create(parts)) : err(missing());
  } catch {
    // What the store says may hold what it was given.
    return err(failed());
  }
}

/** In an error, why this store may not keep the secret; null: it may. */
function storeRefusal({ store, platform }: DeviceSecretParts): KeelError | null {
  if (!store.isEncryptionAvailable()) {
    return unavailable('The operating system offers no secret store at this moment.');
  }
  if (platform !== 'linux') return null;
  const backend = store.getSelectedStorageBackend();
  if (SOUND_BACKENDS.includes(backend)) return null;
  return unavailable(
    `The secret store “${backend}” of this system does not protect what it is given.`,
  );
}

function load({ store, file }: DeviceSecretParts): Uint8Array | null {
  let encrypted: Buffer;
  try {
    encrypted = readFileSync(file);
  } catch (caught) {
    if (caught instanceof Error && 'code' in caught && caught.code === 'ENOENT') return null;
    throw caught;
  }
  const secret = Buffer.from(store.decryptString(encrypted), 'base64');
  const kept = new Uint8Array(secret);
  // A small buffer lies in a pool that others read: nothing of it stays there.
  secret.fill(0);
  if (kept.length !== SECRET_BYTES) throw new Error('The device secret has a wrong length.');
  return kept;
}

function create({ store, file }: DeviceSecretParts): Uint8Array {
  const secret = randomBytes(SECRET_BYTES);
  const part = `${file}.part`;
  const handle = openSync(part, 'w', 0o600);
  try {
    writeSync(handle, store.encryptString(secret.toString('base64')));
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(part, file);
  const kept = new Uint8Array(secret);
  secret.fill(0);
  return kept;
}

function unavailable(message: string): KeelError {
  return keelError(
    'SECRET_STORE_UNAVAILABLE',
    'operator',
    message,
    'Unlock or set up the system keyring (GNOME Keyring or KWallet), or use the passphrase alone.',
  );
}

function missing(): KeelError {
  return keelError(
    'SECRET_STORE_UNAVAILABLE',
    'operator',
    'The secret of this device is not there: the keys were wrapped on another computer or user.',
    'Import the keys anew from their seed phrase or export.',
  );
}

function failed(): KeelError {
  return unavailable("The system's secret store did not give or take the secret of this device.");
}
