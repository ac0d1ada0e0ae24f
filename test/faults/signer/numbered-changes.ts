import { createHash } from 'node:crypto';
import type { Kdf } from '#main/signer/keys/kdf.ts';

export const passphraseOf = (number: number): Buffer => Buffer.from(`passphrase number ${number}`);

/** What is tested here is the disk. */
export const quickKdf: Kdf = {
  accepts: ({ memoryKiB }) => memoryKiB === 8,
  choose: () => Promise.resolve({ memoryKiB: 8, passes: 1, lanes: 1 }),
  derive: (passphrase, salt) =>
    Promise.resolve(createHash('sha256').update(salt).update(passphrase).digest()),
};
