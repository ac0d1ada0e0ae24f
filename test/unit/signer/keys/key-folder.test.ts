import * as nodeFs from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileSystem } from '#main/signer/keys/key-folder.ts';
import {
  errorIn,
  keysFolder,
  openFolder,
  protectedStore,
  seedNumber,
  tryOpen,
  value,
} from '#test/support/signer-keys.ts';

const WRITING = ['openSync', 'writeSync', 'fsyncSync', 'renameSync', 'fchmodSync'] as const;

/** Fails the n-th of these calls with the given code, once it is armed. */
function failing(code: string): { fs: FileSystem; arm(call: number): void; calls(): number } {
  let left = Number.POSITIVE_INFINITY;
  let seen = 0;
  const fs = { ...nodeFs } as unknown as Record<string, unknown>;
  for (const name of WRITING) {
    const real = nodeFs[name] as (...values: unknown[]) => unknown;
    fs[name] = (...values: unknown[]) => {
      seen += 1;
      left -= 1;
      if (left === 0) throw Object.assign(new Error('fails on purpose'), { code });
      return real(...values);
    };
  }
  return {
    fs: fs as unknown as FileSystem,
    arm(call) {
      left = call;
      seen = 0;
    },
    calls: () => seen,
  };
}

const keypair = (number: number) => ({
  seed: seedNumber(number),
  name: `Key ${number}`,
  networkKind: 'practice' as const,
  derivationPath: null,
});

describe('a write that fails', () => {
  it.each([
    ['ENOSPC', 'the disk is full'],
    ['EDQUOT', 'the disk is full'],
    ['EROFS', 'the folder is read-only'],
    ['EACCES', 'the folder is read-only'],
    ['EIO', 'the disk reports an error'],
  ])('with %s at any call leaves the old file or the new one whole', async (code, words) => {
    const folder = keysFolder();
    const disk = failing(code);
    const { store, master } = await protectedStore(folder, disk.fs);
    disk.arm(Number.POSITIVE_INFINITY);
    value(store.addKeypair(master, keypair(0)));
    const callsOfOneWrite = disk.calls();
    expect(callsOfOneWrite).toBeGreaterThan(10);
    for (let call = 1; call <= callsOfOneWrite; call += 1) {
      const before = store.keys.length;
      disk.arm(call);
      const error = errorIn(store.addKeypair(master, keypair(call)));
      disk.arm(Number.POSITIVE_INFINITY);
      expect(error.code).toBe('KEY_FILE_WRITE_FAILED');
      expect(error.message).toContain(words);
      // What failed does not count, neither now nor after a restart; the next try goes through.
      expect(store.keys).toHaveLength(before);
      expect(value(tryOpen(folder)).keys).toHaveLength(before);
      expect(nodeFs.readdirSync(folder).filter((name) => name.endsWith('.tmp'))).toEqual([]);
      value(store.addKeypair(master, keypair(call)));
    }
    expect(value(tryOpen(folder)).keys).toHaveLength(callsOfOneWrite + 1);
  });

  it('in the middle of a new passphrase keeps the old one', async () => {
    const folder = keysFolder();
    const disk = failing('ENOSPC');
    const { store, master } = await protectedStore(folder, disk.fs);
    value(store.addKeypair(master, keypair(1)));
    const before = nodeFs.readFileSync(join(folder, 'keystore.json'));
    disk.arm(3);
    const changed = await store.protect(master, Buffer.from('another passphrase'), null);
    expect(errorIn(changed).code).toBe('KEY_FILE_WRITE_FAILED');
    expect(nodeFs.readFileSync(join(folder, 'keystore.json')).equals(before)).toBe(true);
  });
});

describe('the folder', () => {
  it("is made the user's alone, with its files", async () => {
    const folder = keysFolder();
    await protectedStore(folder);
    expect(nodeFs.statSync(folder).mode & 0o777).toBe(0o700);
    expect(nodeFs.statSync(join(folder, 'keystore.json')).mode & 0o777).toBe(0o600);
  });

  it('reads back its notes', () => {
    const folder = openFolder(keysFolder());
    expect(folder.readNote('attempts.json')).toBeNull();
    expect(folder.writeNote('attempts.json', Buffer.from('{}'))).toBe(true);
    expect(folder.readNote('attempts.json')?.toString()).toBe('{}');
  });
});
