/** Secrets that a test plants, in every form in which they could turn up again, and a fast search for all of them. */
import { base58 } from '@scure/base';

/** One form of one canary: bytes that stand nowhere but where the secret was written down. */
export interface Needle {
  readonly canary: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Longer forms are cut into pieces of this many letters or bytes, so that a remainder is found, too. */
const PIECE = 16;
const LIST_PIECE = 8;
const WORDS_IN_SEQUENCE = 3;
const SEPARATORS = [' ', ',', ', ', '","', '", "', '\n', '\r\n', '+', '%20', '-', ''];
const LIST_SEPARATORS = [',', ', ', ',\n  ', ' '];

/** A passphrase or another text of at least 16 ASCII letters. */
export function needlesOfText(canary: string, text: string): readonly Needle[] {
  if (text.length < PIECE) throw new RangeError(`${canary} is too short to be told from chance`);
  return [...writtenAs(canary, 'text', pieces(text)), ...encodedForms(canary, Buffer.from(text))];
}

/** A seed or a key: the bytes themselves and what they are written as. */
export function needlesOfBytes(canary: string, secret: Uint8Array): readonly Needle[] {
  const bytes = Buffer.from(secret);
  const raw = pieceStarts(bytes.length, PIECE).map((at) => bytes.subarray(at, at + PIECE));
  return [
    ...raw.map((piece) => ({ canary, form: 'bytes', bytes: piece })),
    ...encodedForms(canary, bytes),
  ];
}

/** Any three words of a phrase in their order, however they are joined, and the phrase as a text. */
export function needlesOfPhrase(canary: string, words: readonly string[]): readonly Needle[] {
  const triples = words.slice(WORDS_IN_SEQUENCE - 1).flatMap((_, at) => {
    const triple = words.slice(at, at + WORDS_IN_SEQUENCE);
    return SEPARATORS.map((separator) => triple.join(separator));
  });
  return [
    ...writtenAs(canary, 'words', triples),
    ...encodedForms(canary, Buffer.from(words.join(' '))),
  ];
}

function encodedForms(canary: string, bytes: Buffer): readonly Needle[] {
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].flatMap((offset) => {
    const whole = bytes.subarray(offset, bytes.length - ((bytes.length - offset) % 3));
    const text = whole.toString('base64');
    return [...pieces(text), ...pieces(whole.toString('base64url'))];
  });
  return [
    ...writtenAs(canary, 'hex', [...pieces(hex), ...pieces(hex.toUpperCase())]),
    ...writtenAs(canary, 'base64', base64),
    ...writtenAs(canary, 'base58', pieces(base58.encode(bytes))),
    ...writtenAs(canary, 'list of numbers', numberLists(bytes)),
  ];
}

/** As an array of numbers and as the object that JSON makes of typed bytes. */
function numberLists(bytes: Buffer): readonly string[] {
  const starts = pieceStarts(bytes.length, LIST_PIECE);
  return starts.flatMap((start) => {
    const numbers = [...bytes.subarray(start, start + LIST_PIECE)];
    const keyed = numbers.map((number, at) => `"${start + at}":${number}`);
    return [...LIST_SEPARATORS.map((separator) => numbers.join(separator)), keyed.join(',')];
  });
}

/** As bytes of one letter each, and as JavaScript and the operating system keep wider ones. */
function writtenAs(canary: string, form: string, texts: readonly string[]): readonly Needle[] {
  return [...new Set(texts)].flatMap((text) => [
    { canary, form, bytes: Buffer.from(text) },
    { canary, form: `${form} in UTF-16`, bytes: Buffer.from(text, 'utf16le') },
  ]);
}

function pieces(text: string): readonly string[] {
  return pieceStarts(text.length, PIECE).map((at) => text.slice(at, at + PIECE));
}

/** One after the other, and one that ends with the end. */
function pieceStarts(length: number, size: number): readonly number[] {
  const count = Math.floor(length / size);
  const starts = Array.from({ length: count }, (_, index) => index * size);
  return length % size === 0 || length < size ? starts : [...starts, length - size];
}

export type Search = (haystack: Uint8Array) => ReadonlySet<Needle>;

const BLOCK_BYTES = 3;
const TABLE_BITS = 18;

/**
 * All needles in one pass (Wu and Manber): most places are stepped over by nearly the length of the shortest needle,
 * so that the memory of a whole process takes seconds.
 */
export function searchFor(needles: readonly Needle[]): Search {
  const shortest = Math.min(...needles.map(({ bytes }) => bytes.length));
  const longestStep = shortest - BLOCK_BYTES + 1;
  const steps = new Uint8Array(2 ** TABLE_BITS).fill(longestStep);
  const endings = new Map<number, Needle[]>();
  for (const needle of needles) {
    for (let end = BLOCK_BYTES - 1; end < shortest; end += 1) {
      const block = blockAt(needle.bytes, end);
      const step = shortest - 1 - end;
      steps[block] = Math.min(steps[block] ?? 0, step);
      if (step === 0) endings.set(block, [...(endings.get(block) ?? []), needle]);
    }
  }
  return (haystack) => {
    const found = new Set<Needle>();
    for (let end = shortest - 1; end < haystack.length;) {
      const block = blockAt(haystack, end);
      const step = steps[block] ?? 0;
      if (step === 0) {
        for (const needle of endings.get(block) ?? []) {
          if (standsAt(haystack, end - shortest + 1, needle.bytes)) found.add(needle);
        }
      }
      end += Math.max(step, 1);
    }
    return found;
  };
}

/** Three bytes as a number of the table. */
function blockAt(bytes: Uint8Array, end: number): number {
  const block = (bytes[end - 2] ?? 0) | ((bytes[end - 1] ?? 0) << 8) | ((bytes[end] ?? 0) << 16);
  return Math.imul(block, 0x9e37_79b1) >>> (32 - TABLE_BITS);
}

function standsAt(haystack: Uint8Array, start: number, needle: Buffer): boolean {
  for (let at = 0; at < needle.length; at += 1) {
    if (haystack[start + at] !== needle[at]) return false;
  }
  return true;
}

/** What was found, for an assertion: never the secret itself. */
export function toldOf(found: Iterable<Needle>): readonly string[] {
  return [...new Set(Array.from(found, ({ canary, form }) => `${canary}: ${form}`))].toSorted();
}
