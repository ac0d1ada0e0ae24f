/** BIP-39 seed phrases, on bytes (the word list is @scure/bip39's). Errors name the place of a word, never the word. */
import { createHash, pbkdf2Sync, randomBytes } from 'node:crypto';
import { isAscii, isUtf8 } from 'node:buffer';
import { entropyToMnemonic } from '@scure/bip39';
import { wordlist } from '@scure/bip39/wordlists/english';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { inputInvalid } from '../keys/key-errors.ts';
import { wipe } from '../wipe.ts';
import { wordsOf } from './byte-text.ts';

const PHRASE_LENGTHS: readonly number[] = [12, 15, 18, 21, 24];
const NEW_PHRASE_ENTROPY_BYTES = 32;
const ROUNDS = 2_048;
const SEED_BYTES = 64;
const SPACE = 0x20;

const wordNumbers: ReadonlyMap<string, number> = new Map(
  wordlist.map((word, index) => [letterKey(Buffer.from(word)), index]),
);

/** 24 words for the trader's paper. Shown, they cannot but be strings. */
export function newPhrase(): readonly string[] {
  const entropy = randomBytes(NEW_PHRASE_ENTROPY_BYTES);
  const words = entropyToMnemonic(entropy, wordlist).split(' ');
  wipe(entropy);
  return words;
}

/** The 64-byte BIP-39 seed, for the caller to overwrite. Error: `KEY_INPUT_INVALID` with what is wrong where. */
export function seedOfPhrase(phrase: Uint8Array, password: Uint8Array): Result<Buffer, KeelError> {
  const words = wordsOf(phrase).map(lowerCase);
  try {
    const problem = problemOf(words);
    if (problem !== null) return err(problem);
    if (!isUtf8(password)) return err(notText());
    return ok(stretched(words, password));
  } finally {
    wipe(...words);
  }
}

function problemOf(words: readonly Uint8Array[]): KeelError | null {
  const numbers: number[] = [];
  for (const [index, word] of words.entries()) {
    const number = wordNumbers.get(letterKey(word));
    if (number === undefined) return unknownWord(index + 1, words.length);
    numbers.push(number);
  }
  if (!PHRASE_LENGTHS.includes(words.length)) return wrongLength(words.length);
  const fits = checksumFits(numbers);
  numbers.fill(0);
  return fits ? null : wrongChecksum(words.length);
}

/** Each word is 11 bits; the last of them repeat the beginning of the hash of the others. */
function checksumFits(numbers: readonly number[]): boolean {
  const checksumBits = numbers.length / 3;
  const entropyBytes = (numbers.length * 11 - checksumBits) / 8;
  const packed = Buffer.alloc(entropyBytes + 1);
  for (const [index, number] of numbers.entries()) {
    for (let bit = 0; bit < 11; bit += 1) {
      const at = index * 11 + bit;
      const isSet = (number >> (10 - bit)) & 1;
      packed[at >> 3] = (packed[at >> 3] ?? 0) | (isSet << (7 - (at & 7)));
    }
  }
  const hash = createHash('sha256').update(packed.subarray(0, entropyBytes)).digest();
  const kept = 0xff << (8 - checksumBits);
  const fits = ((hash[0] ?? 0) & kept & 0xff) === packed[entropyBytes];
  wipe(packed, hash);
  return fits;
}

function stretched(words: readonly Uint8Array[], password: Uint8Array): Buffer {
  const joined = Buffer.concat(
    words.flatMap((word, index) => (index === 0 ? [word] : [Buffer.of(SPACE), word])),
  );
  const salt = Buffer.concat([Buffer.from('mnemonic'), normalized(password)]);
  const seed = pbkdf2Sync(joined, salt, ROUNDS, SEED_BYTES, 'sha512');
  wipe(joined, salt);
  return seed;
}

/** BIP-39 wants NFKD, which only strings have: made for a password with letters beyond ASCII alone. */
function normalized(password: Uint8Array): Uint8Array {
  if (isAscii(password)) return password;
  return Buffer.from(Buffer.from(password).toString('utf8').normalize('NFKD'));
}

function lowerCase(word: Uint8Array): Uint8Array {
  return Uint8Array.from(word, (byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 0x20 : byte));
}

/** A word of the list has three to eight letters; a longer text is none, and no string is made of it. */
function letterKey(word: Uint8Array): string {
  return word.length > 8 ? '' : Buffer.from(word).toString('latin1');
}

function unknownWord(position: number, count: number): KeelError {
  return inputInvalid(
    `Word ${position} of ${count} is not in the word list of seed phrases.`,
    'Check its spelling; the words are English and in lower case.',
  );
}

function wrongLength(count: number): KeelError {
  return inputInvalid(
    `A seed phrase has 12, 15, 18, 21 or 24 words; these are ${count}.`,
    'Check that no word is missing and none stands there twice.',
  );
}

function wrongChecksum(count: number): KeelError {
  return inputInvalid(
    `All ${count} words are in the list, but together they are no seed phrase: the checksum is wrong.`,
    'Check their order, and each word against the paper.',
  );
}

function notText(): KeelError {
  return inputInvalid('The phrase password is not valid UTF-8 text.', 'Type it again.');
}
