import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { inputInvalid } from '../keys/key-errors.ts';
import { MAX_NAME_LENGTH } from '../keys/key-file.ts';

/** Control characters, and those that turn the direction of reading or are not seen. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** A name that reads as it is: trimmed, on one line. Error: `KEY_INPUT_INVALID`. */
export function keyName(typed: string): Result<string, KeelError> {
  const name = typed.trim();
  const fits = name.length > 0 && name.length <= MAX_NAME_LENGTH && !UNSEEN.test(name);
  return fits
    ? ok(name)
    : err(
        inputInvalid(
          `A key's name has 1 to ${MAX_NAME_LENGTH} characters, all of them visible.`,
          'Type another name.',
        ),
      );
}
