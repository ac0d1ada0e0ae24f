import { isUtf8 } from 'node:buffer';
import { keelError, type KeelError } from '#domain/keel-error.ts';

/** In characters, not in bytes. */
export const MIN_PASSPHRASE_LENGTH = 12;
const MAX_PASSPHRASE_BYTES = 1_024;
/** Fewer different characters than this are as good as one repeated. */
const LEAST_DIFFERENT = 4;

/** Why these UTF-8 bytes may not become a passphrase; null: they may. Leaves them as they are. */
export function weaknessOf(passphrase: Uint8Array): KeelError | null {
  if (passphrase.length > MAX_PASSPHRASE_BYTES || !isUtf8(passphrase)) {
    return weak(`is not text of at most ${MAX_PASSPHRASE_BYTES} bytes`);
  }
  const characters = passphrase.reduce((count, byte) => count + (startsCharacter(byte) ? 1 : 0), 0);
  if (characters < MIN_PASSPHRASE_LENGTH) {
    return weak(`has ${characters} characters; ${MIN_PASSPHRASE_LENGTH} are the least`);
  }
  const inked = passphrase.filter((byte) => byte > 0x20);
  const different = new Set(inked).size;
  inked.fill(0);
  return different < LEAST_DIFFERENT ? weak('is blank or the same few characters repeated') : null;
}

/** Every byte of UTF-8 but a continuation. */
function startsCharacter(byte: number): boolean {
  return (byte & 0xc0) !== 0x80;
}

function weak(why: string): KeelError {
  return keelError(
    'PASSPHRASE_WEAK',
    'fix-input',
    `The new passphrase ${why}.`,
    'Take five or six words that nobody would guess together.',
  );
}
