/** What the signer's tests share: a derivation that costs nothing, a folder that goes, keys of which all is known. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import { unixMs } from '#domain/units.ts';
import type { Kdf } from '#main/signer/keys/kdf.ts';
import { openKeyFolder, type FileSystem, type KeyFolder } from '#main/signer/keys/key-folder.ts';
import { openKeyStore, type KeyStore } from '#main/signer/keys/key-store.ts';

export const WEAK_COST = { memoryKiB: 8, passes: 1, lanes: 1 };
export const PASSPHRASE = 'correct horse battery';
export const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
export const seedNumber = (number: number): Buffer =>
  createHash('sha256').update(`seed ${number}`).digest();

/** Takes its own cost alone, which the real one refuses. */
export const weakKdf: Kdf = {
  accepts: ({ memoryKiB, passes, lanes }) => memoryKiB === 8 && passes === 1 && lanes === 1,
  choose: () => Promise.resolve(WEAK_COST),
  derive: (passphrase, salt) =>
    Promise.resolve(createHash('sha256').update(salt).update(passphrase).digest()),
};

export function value<Value>(result: Result<Value, KeelError>): Value {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`);
  return result.value;
}

export function errorIn(result: Result<unknown, KeelError>): KeelError {
  if (result.ok) throw new Error('Expected an error');
  return result.error;
}

/** A fresh folder that is removed when the test ends. */
export function keysFolder(): string {
  const parent = mkdtempSync(join(tmpdir(), 'keel-keys-'));
  onTestFinished(() => rmSync(parent, { recursive: true, force: true }));
  return join(parent, 'keys');
}

export function openFolder(folder: string, fs?: FileSystem): KeyFolder {
  return value(openKeyFolder(folder, fs));
}

export function tryOpen(
  folder: string,
  kdf = weakKdf,
  fs?: FileSystem,
): Result<KeyStore, KeelError> {
  const opened = openKeyFolder(folder, fs);
  if (!opened.ok) return opened;
  return openKeyStore({
    folder: opened.value,
    kdf,
    clock: { nowMs: () => unixMs(1_800_000_000_000) },
  });
}

/** A store with its first passphrase, and the master key that opens it. */
export async function protectedStore(
  folder: string,
  fs?: FileSystem,
): Promise<{ store: KeyStore; master: Buffer }> {
  const store = value(tryOpen(folder, weakKdf, fs));
  const master = value(await store.protect(null, utf8(PASSPHRASE), null));
  return { store, master };
}
