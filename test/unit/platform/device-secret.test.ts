import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { deviceSecret, type SecretStore } from '#main/platform/device-secret.ts';

let folder: string;
const file = () => join(folder, 'device-secret');

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keel-secret-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Turns the letters around: enough to see that nothing lies in the open. */
const store = (changes: Partial<SecretStore> = {}): SecretStore => ({
  isEncryptionAvailable: () => true,
  getSelectedStorageBackend: () => 'gnome_libsecret',
  encryptString: (text) => Buffer.from(Buffer.from(text).toReversed()),
  decryptString: (encrypted) => Buffer.from(encrypted.toReversed()).toString(),
  ...changes,
});

const parts = (changes: Partial<SecretStore> = {}, platform: NodeJS.Platform = 'linux') => ({
  store: store(changes),
  platform,
  file: file(),
});

const unavailable = { ok: false, error: { code: 'SECRET_STORE_UNAVAILABLE' } };

describe('the secret of the device', () => {
  it.each(['basic_text', 'unknown', 'kwallet7', ''])(
    'is never kept by the back-end “%s”',
    (backend) => {
      const weak = parts({ getSelectedStorageBackend: () => backend });
      expect(deviceSecret(weak, 'create')).toMatchObject(unavailable);
      expect(deviceSecret(weak, 'load')).toMatchObject(unavailable);
      expect(readdirSync(folder)).toEqual([]);
    },
  );

  it.each(['gnome_libsecret', 'kwallet', 'kwallet5', 'kwallet6'])(
    'may be kept by %s',
    (backend) => {
      const sound = parts({ getSelectedStorageBackend: () => backend });
      expect(deviceSecret(sound, 'create')).toMatchObject({ ok: true });
    },
  );

  it('asks for no back-end where there is but one', () => {
    const none = () => {
      throw new Error('Linux only');
    };
    expect(deviceSecret(parts({ getSelectedStorageBackend: none }, 'darwin'), 'create').ok).toBe(
      true,
    );
  });

  it('is refused where the system encrypts nothing', () => {
    const off = parts({ isEncryptionAvailable: () => false });
    expect(deviceSecret(off, 'create')).toMatchObject(unavailable);
  });

  it('is 32 bytes, the same at each load, encrypted in a file of the user alone', () => {
    const made = deviceSecret(parts(), 'create');
    if (!made.ok) throw new Error(made.error.message);
    expect(made.value).toHaveLength(32);
    expect(deviceSecret(parts(), 'load')).toEqual(made);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(file());
    expect(bytes.includes(Buffer.from(made.value))).toBe(false);
    expect(bytes.toString()).not.toContain(Buffer.from(made.value).toString('base64'));
    expect(readdirSync(folder)).toEqual(['device-secret']);
  });

  it('is never replaced by a second one', () => {
    const first = deviceSecret(parts(), 'create');
    expect(deviceSecret(parts(), 'create')).toEqual(first);
  });

  it('is missing with words, damaged with words, and stays where it was', () => {
    expect(deviceSecret(parts(), 'load')).toMatchObject(unavailable);
    writeFileSync(file(), 'shortened');
    const canary = 'CANARY-0451';
    const failing = parts({
      decryptString: () => {
        throw new Error(canary);
      },
    });
    for (const damaged of [parts(), failing]) {
      const refused = deviceSecret(damaged, 'create');
      expect(refused).toMatchObject(unavailable);
      expect(JSON.stringify(refused)).not.toContain(canary);
    }
    expect(readFileSync(file(), 'utf8')).toBe('shortened');
  });

  it('is forgotten, and forgetting twice is harmless', () => {
    deviceSecret(parts(), 'create');
    expect(deviceSecret(parts(), 'forget')).toMatchObject({ ok: true });
    expect(deviceSecret(parts(), 'forget')).toMatchObject({ ok: true });
    expect(deviceSecret(parts(), 'load')).toMatchObject(unavailable);
  });
});
