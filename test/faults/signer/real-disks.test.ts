import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import {
  errorIn,
  PASSPHRASE,
  protectedStore,
  seedNumber,
  tryOpen,
  utf8,
  value,
} from '#test/support/signer-keys.ts';

const mountPoint = mkdtempSync(join(tmpdir(), 'keel-disk-'));
/** A disk of its own takes the right to mount one; elsewhere the failing file system of the unit tests stands in. */
const mounted = mount('-t', 'tmpfs', '-o', 'size=128k', 'tmpfs', mountPoint);

function mount(...options: string[]): boolean {
  return spawnSync('mount', options, { stdio: 'ignore' }).status === 0;
}

afterAll(() => {
  if (mounted) spawnSync('umount', [mountPoint]);
  rmdirSync(mountPoint);
});

const keypair = (number: number) => ({
  seed: seedNumber(number),
  name: `Key ${number}`,
  networkKind: 'practice' as const,
  derivationPath: null,
});

it.skipIf(!mounted)(
  'loses no key on a disk that is full, and none on one that is read-only',
  async () => {
    const folder = join(mountPoint, 'keys');
    const { store, master } = await protectedStore(folder);
    value(store.addKeypair(master, keypair(0)));
    const file = join(folder, 'keystore.json');
    const { bavail, bsize } = statfsSync(mountPoint);
    writeFileSync(join(mountPoint, 'filler'), Buffer.alloc(bavail * bsize));
    const before = readFileSync(file);

    const full = errorIn(store.addKeypair(master, keypair(1)));
    expect(full.code).toBe('KEY_FILE_WRITE_FAILED');
    expect(full.message).toContain('the disk is full');
    const changed = await store.protect(master, utf8('quite another passphrase'), null);
    expect(errorIn(changed).code).toBe('KEY_FILE_WRITE_FAILED');
    expect(readFileSync(file).equals(before)).toBe(true);

    writeFileSync(join(mountPoint, 'filler'), '');
    value(store.addKeypair(master, keypair(2)));
    expect(mount('-o', 'remount,ro', mountPoint)).toBe(true);
    const readOnly = errorIn(store.addKeypair(master, keypair(3)));
    expect(readOnly.code).toBe('KEY_FILE_WRITE_FAILED');
    expect(readOnly.message).toContain('the folder is read-only');
    expect(errorIn(store.remove(store.keys[0]?.publicKey ?? ('' as never), 'keypair')).code).toBe(
      'KEY_FILE_WRITE_FAILED',
    );

    const again = value(tryOpen(folder));
    expect(again.keys.map(({ name }) => name)).toEqual(['Key 0', 'Key 2']);
    value(await again.openMaster(utf8(PASSPHRASE), null));
  },
);
