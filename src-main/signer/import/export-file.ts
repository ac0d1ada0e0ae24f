/** A key as the JSON file of solana-cli: made by the signer itself, for its owner alone, never over another file. */
import * as nodeFs from 'node:fs';
import { isAbsolute } from 'node:path';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { publicKeyOf } from '../keys/ed25519.ts';
import { inputInvalid, inWords, systemCodeOf } from '../keys/key-errors.ts';
import { wipe } from '../wipe.ts';

export type ExportFileSystem = Pick<
  typeof nodeFs,
  'closeSync' | 'fchmodSync' | 'fsyncSync' | 'openSync' | 'rmSync' | 'writeSync'
>;

/** Durable when it returns. Errors: `KEY_INPUT_INVALID` (the name is taken), `KEY_FILE_WRITE_FAILED` (nothing is left there). */
export function writeKeypairFile(
  path: string,
  seed: Uint8Array,
  fs: ExportFileSystem = nodeFs,
): Result<null, KeelError> {
  if (!isAbsolute(path)) return err(taken(path, 'is no absolute path'));
  const opened = create(path, fs);
  if (!opened.ok) return opened;
  const content = solanaCliJson(seed);
  try {
    fs.fchmodSync(opened.value, 0o600);
    for (let at = 0; at < content.length;) at += fs.writeSync(opened.value, content, at);
    fs.fsyncSync(opened.value);
    return ok(null);
  } catch (caught) {
    fs.rmSync(path, { force: true });
    return err(notWritten(path, inWords(systemCodeOf(caught))));
  } finally {
    wipe(content);
    fs.closeSync(opened.value);
  }
}

function create(path: string, fs: ExportFileSystem): Result<number, KeelError> {
  try {
    return ok(fs.openSync(path, 'wx', 0o600));
  } catch (caught) {
    const code = systemCodeOf(caught);
    if (code === 'EEXIST') return err(taken(path, 'exists already'));
    return err(notWritten(path, inWords(code)));
  }
}

/** `[1,2,…]` of 64 numbers, without a string in between. */
function solanaCliJson(seed: Uint8Array): Buffer {
  const numbers = Buffer.concat([seed, publicKeyOf(seed)]);
  const text = Buffer.alloc(numbers.length * 4 + 1);
  let at = text.write('[');
  for (const [index, number] of numbers.entries()) {
    if (index > 0) at += text.write(',', at);
    for (const unit of [100, 10, 1]) {
      if (number < unit && unit > 1) continue;
      text[at] = 0x30 + (Math.floor(number / unit) % 10);
      at += 1;
    }
  }
  at += text.write(']', at);
  const content = Buffer.from(text.subarray(0, at));
  wipe(numbers, text);
  return content;
}

function taken(path: string, why: string): KeelError {
  return inputInvalid(`${path} ${why}.`, 'Choose another name: an export overwrites nothing.');
}

function notWritten(path: string, reason: string): KeelError {
  return keelError(
    'KEY_FILE_WRITE_FAILED',
    'operator',
    `The key could not be exported to ${path}: ${reason}. Nothing was left there.`,
    'Choose another folder or free some disk space, then try again.',
    { reason },
  );
}
