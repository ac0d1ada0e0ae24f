/**
 * What the trader typed, pasted or picked as a secret, told apart by its form: the JSON of solana-cli, a base58
 * secret of 64 bytes or seed of 32, or a seed phrase. Errors say what is wrong with the form and repeat none of it.
 */
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { publicKeyOf, PUBLIC_KEY_BYTES, SEED_BYTES } from '../keys/ed25519.ts';
import { inputInvalid } from '../keys/key-errors.ts';
import { wipe } from '../wipe.ts';
import { base58Bytes, jsonBytes, startsLikeJson, trimmed, wordsOf } from './byte-text.ts';
import { seedOfPhrase } from './seed-phrase.ts';

const KEYPAIR_BYTES = SEED_BYTES + PUBLIC_KEY_BYTES;

/** The caller overwrites the seed: of one key, or 64 bytes from which many are derived. */
export type ImportedSecret =
  | { readonly kind: 'key'; readonly seed: Buffer }
  | { readonly kind: 'phrase'; readonly seed: Buffer };

/** Leaves its arguments as they are: the caller overwrites them. Error: `KEY_INPUT_INVALID`. */
export function readSecret(
  bytes: Uint8Array,
  phrasePassword: Uint8Array,
): Result<ImportedSecret, KeelError> {
  const text = trimmed(bytes);
  if (text.length === 0) return err(nothing());
  if (startsLikeJson(text)) {
    const keypair = jsonBytes(text, KEYPAIR_BYTES);
    return keypair === null ? err(notKeypairJson()) : keyOf(keypair);
  }
  if (wordsOf(text).length > 1) {
    const seed = seedOfPhrase(text, phrasePassword);
    return seed.ok ? ok({ kind: 'phrase', seed: seed.value }) : seed;
  }
  const decoded = base58Bytes(text, KEYPAIR_BYTES);
  if (decoded === null) return err(notBase58());
  if (decoded.length === KEYPAIR_BYTES) return keyOf(decoded);
  if (decoded.length === SEED_BYTES) return ok({ kind: 'key', seed: decoded });
  const length = decoded.length;
  wipe(decoded);
  return err(wrongLength(length));
}

/** Takes the keypair's memory: the seed is a copy, the rest is overwritten. */
function keyOf(keypair: Buffer): Result<ImportedSecret, KeelError> {
  const seed = Buffer.from(keypair.subarray(0, SEED_BYTES));
  const fits = publicKeyOf(seed).equals(keypair.subarray(SEED_BYTES));
  wipe(keypair);
  if (fits) return ok({ kind: 'key', seed });
  wipe(seed);
  return err(halvesDiffer());
}

function nothing(): KeelError {
  return inputInvalid(
    'There is nothing to import.',
    'Give a seed phrase, a base58 secret, or the JSON that solana-keygen wrote.',
  );
}

function notKeypairJson(): KeelError {
  return inputInvalid(
    `A key file of solana-cli is a JSON list of ${KEYPAIR_BYTES} numbers from 0 to 255; this is another one.`,
    'Choose the file that solana-keygen wrote, unchanged.',
  );
}

function notBase58(): KeelError {
  return inputInvalid(
    'This is no seed phrase, no base58 secret and no JSON of solana-cli.',
    'Check that it was copied whole; base58 knows no 0, O, I and l.',
  );
}

function wrongLength(length: number): KeelError {
  return inputInvalid(
    `A base58 secret has ${KEYPAIR_BYTES} bytes, or ${SEED_BYTES} as a seed; this has ${length}.`,
    'Check that it was copied whole.',
  );
}

function halvesDiffer(): KeelError {
  return inputInvalid(
    'The public half of this secret does not belong to its private half.',
    'It was altered or cut: take it from its source again.',
  );
}
