/** Reading secrets that were typed or stored as text without making strings of them: a string cannot be overwritten. */
import { wipe } from '../wipe.ts';

const BASE58 = Buffer.from('123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz');
const NEW_LINE = 0x0a;
const COMMA = 0x2c;
const OPENING = 0x5b;
const CLOSING = 0x5d;

export function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

/** The same memory without the blanks around it, nor a byte order mark before it. */
export function trimmed(bytes: Uint8Array): Uint8Array {
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let start = marked ? 3 : 0;
  let end = bytes.length;
  while (start < end && isBlank(bytes[start] ?? 0)) start += 1;
  while (end > start && isBlank(bytes[end - 1] ?? 0)) end -= 1;
  return bytes.subarray(start, end);
}

/** The same memory, cut at blanks. */
export function wordsOf(bytes: Uint8Array): readonly Uint8Array[] {
  const words: Uint8Array[] = [];
  let start = -1;
  for (let at = 0; at <= bytes.length; at += 1) {
    const blank = isBlank(bytes[at] ?? NEW_LINE);
    if (!blank && start < 0) start = at;
    if (blank && start >= 0) {
      words.push(bytes.subarray(start, at));
      start = -1;
    }
  }
  return words;
}

export function startsLikeJson(bytes: Uint8Array): boolean {
  return bytes[0] === OPENING;
}

/** A JSON array of so many bytes, as solana-cli writes it; null: it is not one. The caller overwrites it. */
export function jsonBytes(text: Uint8Array, count: number): Buffer | null {
  const found = Buffer.alloc(count);
  let index = 0;
  let digits = 0;
  let value = 0;
  let gap = false;
  if (text[0] !== OPENING || text[text.length - 1] !== CLOSING) return null;
  for (let at = 1; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    const isDigit = byte >= 0x30 && byte <= 0x39;
    const ends = byte === COMMA || (byte === CLOSING && at === text.length - 1);
    const leadingZero = digits > 0 && value === 0;
    if (isDigit && !gap && !leadingZero && digits < 3) {
      value = value * 10 + (byte - 0x30);
      digits += 1;
    } else if (ends && digits > 0 && value <= 0xff && index < count) {
      found[index] = value;
      index += 1;
      digits = 0;
      value = 0;
      gap = false;
    } else if (isBlank(byte)) {
      gap = digits > 0;
    } else {
      wipe(found);
      return null;
    }
  }
  if (index === count) return found;
  wipe(found);
  return null;
}

/** Base58 as Bitcoin and Solana have it; null: a letter that is none of it, or too long. The caller overwrites it. */
export function base58Bytes(text: Uint8Array, maxBytes: number): Buffer | null {
  const digits = Buffer.alloc(maxBytes);
  let used = 0;
  for (const letter of text) {
    let carry = BASE58.indexOf(letter);
    for (let at = 0; at < used && carry >= 0; at += 1) {
      carry += (digits[at] ?? 0) * 58;
      digits[at] = carry & 0xff;
      carry >>= 8;
    }
    while (carry > 0 && used < maxBytes) {
      digits[used] = carry & 0xff;
      used += 1;
      carry >>= 8;
    }
    if (carry !== 0) {
      wipe(digits);
      return null;
    }
  }
  let zeros = 0;
  while (zeros < text.length && text[zeros] === BASE58[0]) zeros += 1;
  const decoded = zeros + used > maxBytes ? null : Buffer.alloc(zeros + used);
  decoded?.set(digits.subarray(0, used).toReversed(), zeros);
  wipe(digits);
  return decoded;
}
