/**
 * `keystore.json`, version 1: what it holds and how it is read. The bytes are canonical (exactly what `encodeKeyFile`
 * writes) and carry a checksum, so that any altered byte is seen before a passphrase is asked for; what an attacker
 * would alter with the checksum is bound by the seals (see `bound…`).
 */
import { createHash } from 'node:crypto';
import { isUtf8 } from 'node:buffer';
import type { Address } from '#domain/ids.ts';
import { address } from '#domain/ids.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { unixMs, type UnixMs } from '#domain/units.ts';
import {
  asFields,
  listOf,
  mapped,
  matching,
  nullable,
  oneOf,
  parseWith,
  record,
  refuse,
  text,
  wholeNumber,
  yesOrNo,
  type Parser,
} from '../parse.ts';
import { isAddress } from './ed25519.ts';
import type { KdfCost } from './kdf.ts';
import { KEY_BYTES, NONCE_BYTES, TAG_BYTES, type Sealed } from './sealing.ts';

export const KEY_FILE_VERSION = 1;
export const SALT_BYTES = 16;
export const MAX_KEYS = 1_000;
export const MAX_NAME_LENGTH = 64;
const MAX_PATH_LENGTH = 64;
const MAX_FILE_BYTES = 4 * 1024 * 1024;
const FORMAT = 'keel-keys';

export interface KdfParameters extends KdfCost {
  readonly name: 'argon2id';
  /** Base64. */
  readonly salt: string;
}

export interface Protection {
  readonly kdf: KdfParameters;
  /** Whether a secret of the operating system's store is needed beside the passphrase. */
  readonly secondWrap: boolean;
  /** The random key under which every secret is sealed. */
  readonly master: Sealed;
}

export interface StoredKey {
  readonly publicKey: Address;
  readonly name: string;
  readonly networkKind: 'practice' | 'live';
  readonly createdAtMs: UnixMs;
  readonly derivationPath: string | null;
  /** The sealed seed; null: watch-only. */
  readonly secret: Sealed | null;
}

export interface KeyFile {
  /** Null: no passphrase was chosen yet, so every key is watch-only. */
  readonly protection: Protection | null;
  readonly keys: readonly StoredKey[];
}

export type KeyFileProblem =
  | { readonly kind: 'newer'; readonly version: number }
  /** `part`: in words, which part is not as it was written. */
  | { readonly kind: 'damaged'; readonly part: string };

/** What the seal of the master key is bound to. */
export function boundOfMaster(kdf: KdfParameters, secondWrap: boolean): string {
  return JSON.stringify(['keel master key', KEY_FILE_VERSION, ...costsOf(kdf), secondWrap]);
}

/** What the seal of one secret is bound to: never another key, another kind of money, or a cheaper derivation. */
export function boundOfSecret(kdf: KdfParameters, key: Omit<StoredKey, 'secret' | 'name'>): string {
  const { publicKey, networkKind, createdAtMs, derivationPath } = key;
  const owner = [publicKey, networkKind, createdAtMs, derivationPath];
  return JSON.stringify(['keel secret key', KEY_FILE_VERSION, ...costsOf(kdf), ...owner]);
}

function costsOf({ name, memoryKiB, passes, lanes, salt }: KdfParameters): readonly unknown[] {
  return [name, memoryKiB, passes, lanes, salt];
}

export function encodeKeyFile({ protection, keys }: KeyFile): Buffer {
  const content = { format: FORMAT, version: KEY_FILE_VERSION, protection, keys };
  return Buffer.from(`${JSON.stringify({ ...content, checksum: checksumOf(content) }, null, 2)}\n`);
}

function checksumOf(content: object): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

/** Reads the whole file or nothing. `accepts` bounds the cost of the derivation. */
export function decodeKeyFile(
  bytes: Buffer,
  accepts: (cost: KdfCost) => boolean,
): Result<KeyFile, KeyFileProblem> {
  const json = jsonOf(bytes);
  if (!json.ok) return err(broken(json.error));
  const head = parseWith(headParser, json.value);
  if (!head.ok) return err(broken(head.error));
  if (head.value.version > KEY_FILE_VERSION) {
    return err({ kind: 'newer', version: head.value.version });
  }
  const parsed = parseWith(fileParser, json.value);
  if (!parsed.ok) return err(broken(parsed.error));
  const { protection, keys, checksum, ...ours } = parsed.value;
  if (checksumOf({ ...ours, protection, keys }) !== checksum) {
    return err(broken('its content does not fit its checksum'));
  }
  const file = { protection, keys };
  if (!encodeKeyFile(file).equals(bytes))
    return err(broken('it is not laid out as Keel writes it'));
  const nonsense = nonsenseIn(file, accepts);
  return nonsense === null ? ok(file) : err(broken(nonsense));
}

function broken(part: string): KeyFileProblem {
  return { kind: 'damaged', part };
}

function jsonOf(bytes: Buffer): Result<unknown, string> {
  if (bytes.length === 0) return err('it is empty');
  if (bytes.length > MAX_FILE_BYTES) return err('it is far larger than a key file ever is');
  if (!isUtf8(bytes)) return err('it holds bytes that are no text');
  const content = bytes.toString('utf8');
  try {
    return ok(JSON.parse(content) as unknown);
  } catch {
    const whole = content.endsWith('}\n');
    return err(whole ? 'it is not valid JSON' : 'it ends in the middle: the file was cut off');
  }
}

function nonsenseIn(
  { protection, keys }: KeyFile,
  accepts: (cost: KdfCost) => boolean,
): string | null {
  if (protection !== null && !accepts(protection.kdf)) {
    return 'protection.kdf: its cost is outside of what Keel ever writes';
  }
  if (new Set(keys.map(({ publicKey }) => publicKey)).size < keys.length) {
    return 'keys: a public key stands there twice';
  }
  if (protection === null && keys.some(({ secret }) => secret !== null)) {
    return 'protection: missing, although there are secrets';
  }
  return null;
}

function base64Of(byteLength: number): Parser<string> {
  const expected = `${byteLength} bytes in base64`;
  return (value, path) => {
    if (typeof value !== 'string') return refuse(path, expected);
    const bytes = Buffer.from(value, 'base64');
    if (bytes.length !== byteLength || bytes.toString('base64') !== value) {
      return refuse(path, expected);
    }
    return value;
  };
}

const sealedKeyParser: Parser<Sealed> = record({
  nonce: base64Of(NONCE_BYTES),
  sealed: base64Of(KEY_BYTES + TAG_BYTES),
});

const kdfParser: Parser<KdfParameters> = record({
  name: oneOf('argon2id'),
  memoryKiB: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  passes: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  lanes: wholeNumber(1, Number.MAX_SAFE_INTEGER),
  salt: base64Of(SALT_BYTES),
});

export const addressParser: Parser<Address> = (value, path) =>
  typeof value === 'string' && isAddress(value)
    ? address(value)
    : refuse(path, 'a public key in base58');

const storedKeyParser: Parser<StoredKey> = record({
  publicKey: addressParser,
  name: text(MAX_NAME_LENGTH, 1),
  networkKind: oneOf('practice', 'live'),
  createdAtMs: mapped(wholeNumber(0, Number.MAX_SAFE_INTEGER), unixMs),
  derivationPath: nullable(text(MAX_PATH_LENGTH, 1)),
  secret: nullable(sealedKeyParser),
});

const fileParser = record({
  format: oneOf(FORMAT),
  version: oneOf(KEY_FILE_VERSION),
  protection: nullable(record({ kdf: kdfParser, secondWrap: yesOrNo, master: sealedKeyParser })),
  keys: listOf(storedKeyParser, MAX_KEYS),
  checksum: matching(/^[0-9a-f]{64}$/, 'a checksum'),
});

/** All that is looked at before the version is known to be ours. */
const headParser: Parser<{ readonly version: number }> = (value, path) => {
  const { format, version } = asFields(value, path);
  oneOf(FORMAT)(format, 'format');
  return { version: wholeNumber(1, Number.MAX_SAFE_INTEGER)(version, 'version') };
};
