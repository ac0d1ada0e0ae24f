/** From a passphrase to the key that wraps the master key. */
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { wipe } from '../wipe.ts';
import type { Kdf, KdfCost } from './kdf.ts';
import { unavailable } from './key-errors.ts';
import type { KdfParameters } from './key-file.ts';
import { wrappingKey } from './sealing.ts';

/** Both fail with `KEY_FILE_UNAVAILABLE` where the derivation gets no memory. */
export interface PassphraseWrapping {
  chooseCost(): Promise<Result<KdfCost, KeelError>>;
  /** The caller overwrites the key. `deviceSecret` null: without the second wrap. */
  keyFrom(
    passphrase: Uint8Array,
    deviceSecret: Uint8Array | null,
    kdf: KdfParameters,
  ): Promise<Result<Buffer, KeelError>>;
}

export function passphraseWrapping(kdf: Kdf, keyFile: string): PassphraseWrapping {
  const tooLittleMemory = () =>
    err(unavailable(keyFile, 'the computer has too little free memory to check a passphrase'));
  return {
    async chooseCost() {
      try {
        return ok(await kdf.choose());
      } catch {
        return tooLittleMemory();
      }
    },
    async keyFrom(passphrase, deviceSecret, parameters) {
      const salt = Buffer.from(parameters.salt, 'base64');
      try {
        const derived = await kdf.derive(passphrase, salt, parameters);
        const key = wrappingKey(derived, deviceSecret, salt);
        wipe(derived);
        return ok(key);
      } catch {
        return tooLittleMemory();
      }
    },
  };
}
