/**
 * The last net under the log: secrets are never given to it, and if one is, it does not get through. Signatures
 * and keypairs are both 64 bytes in base58; a keypair is told by its second half, the public key of the first.
 */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import bs58 from 'bs58';

const SECRET_FIELD =
  /passphrase|password|mnemonic|secret|seed_?phrase|private_?key|api[-_]?key|authorization|cookie|(?:access|auth)[-_]?token/i;
/** A header with its value, and a parameter with its value, wherever they stand; quoted or not. */
const AUTHORIZATION =
  /\b(authorization[\\"']*\s*[:=]\s*[\\"']*)(?:(?:bearer|basic|token)\s+)?[^\s"'\\,;]+/gi;
const BEARER = /\b(bearer\s+)[\w.~+/=-]{8,}/gi;
const SECRET_PARAMETER =
  /\b((?:api[-_]?key|(?:access|auth)[-_]?token|password|passphrase)[\\"']*\s*[:=]\s*[\\"']*)[^\s"'\\&,;]+/gi;
const URL_PATTERN = /\b(https?|wss?):\/\/[^\s"'<>)\]}]+/gi;
const BASE58_RUN = /[1-9A-HJ-NP-Za-km-z]{64,}/g;
/** 32 bytes or more in hexadecimal. */
const HEX_RUN = /\b(?:0x)?[0-9a-f]{64,}\b/gi;
/** 64 bytes or more in base64. */
const BASE64_RUN = /[A-Za-z0-9+/]{84,}={0,2}/g;
/** The JSON array that solana-cli writes, whole or cut off. */
const BYTE_ARRAY = /\[\s*(?:\d{1,3}\s*,\s*){31,}\d*\s*\]?/g;
/** Twelve words or more of the lengths that seed phrases have, with nothing but blanks or commas between. */
const SEED_PHRASE = /\b(?:[a-z]{3,8}[\s,]+){11,}[a-z]{3,8}\b/gi;

export const REDACTED = '[redacted]';

/** URL of an endpoint to its label: the URL may hold an access token, the label does not. */
export type EndpointLabels = ReadonlyMap<string, string>;

/** The text with everything taken out that looks like a secret. */
export function redact(text: string, labels: EndpointLabels = new Map()): string {
  return text
    .replace(URL_PATTERN, (url) => harmlessUrl(url, labels))
    .replace(AUTHORIZATION, `$1${REDACTED}`)
    .replace(BEARER, `$1${REDACTED}`)
    .replace(SECRET_PARAMETER, `$1${REDACTED}`)
    .replace(BYTE_ARRAY, REDACTED)
    .replace(SEED_PHRASE, REDACTED)
    .replace(HEX_RUN, REDACTED)
    .replace(BASE58_RUN, (run) => (isSignature(run) ? run : REDACTED))
    .replace(BASE64_RUN, (run) => (isSignature(run) ? run : REDACTED));
}

/** True for a name under which only a secret would stand. */
export function isSecretField(field: string): boolean {
  return SECRET_FIELD.test(field);
}

function harmlessUrl(url: string, labels: EndpointLabels): string {
  for (const [known, label] of labels) {
    if (url === known || url.startsWith(known.endsWith('/') ? known : `${known}/`)) {
      return `<${label}>`;
    }
  }
  if (!URL.canParse(url)) return REDACTED;
  const { protocol, host, pathname, search, hash, username, password } = new URL(url);
  const bare = search === '' && hash === '' && username === '' && password === '';
  return bare && pathname === '/' ? `${protocol}//${host}` : `${protocol}//${host}/…`;
}

/** 64 bytes in base58 that are not a keypair. */
function isSignature(run: string): boolean {
  // 64 bytes never take more; decoding a very long run would take very long.
  if (run.length > 88) return false;
  const bytes = bs58.decodeUnsafe(run);
  if (bytes?.length !== 64) return false;
  const publicHalf = Buffer.from(bytes.subarray(32));
  return !publicKeyOf(bytes.subarray(0, 32)).equals(publicHalf);
}

/** PKCS #8 wrapping of a raw Ed25519 seed. */
const ED25519_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

function publicKeyOf(seed: Uint8Array): Buffer {
  const key = Buffer.concat([ED25519_PREFIX, seed]);
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' });
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).subarray(-32);
}
