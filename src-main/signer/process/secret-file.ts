/** Reading a file that may hold a secret, which the trader chose or the practice network wrote. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { inputInvalid, inWords, systemCodeOf } from '../keys/key-errors.ts';

/** No keypair and no seed phrase is longer. */
const MAX_BYTES = 4_096;

/** The caller overwrites the bytes. Error: `KEY_INPUT_INVALID`. */
export function readSecretFile(path: string): Result<Buffer, KeelError> {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (caught) {
    const code = systemCodeOf(caught);
    return err(unreadable(path, code === 'ENOENT' ? 'it does not exist' : inWords(code)));
  }
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return err(unreadable(path, 'it is no file'));
    if (stats.size > MAX_BYTES) return err(unreadable(path, 'it is too large to be a key'));
    const bytes = Buffer.alloc(stats.size);
    const read = readSync(descriptor, bytes);
    return ok(bytes.subarray(0, read));
  } catch (caught) {
    return err(unreadable(path, inWords(systemCodeOf(caught))));
  } finally {
    closeSync(descriptor);
  }
}

function unreadable(path: string, reason: string): KeelError {
  return inputInvalid(
    `${path} cannot be imported: ${reason}.`,
    'Choose the JSON file that solana-keygen or an export of Keel wrote.',
  );
}
