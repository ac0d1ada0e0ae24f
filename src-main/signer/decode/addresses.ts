/** Addresses that follow from others, derived as the chain derives them. */
import { createHash } from 'node:crypto';
import { base58 } from '@scure/base';
import { address, type Address } from '#domain/ids.ts';

const PRIME = 2n ** 255n - 19n;
/** d of the curve −x² + y² = 1 + d·x²·y². */
const CURVE_D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;
const TEXT = new TextEncoder();
const PROGRAM_ADDRESS_MARK = TEXT.encode('ProgramDerivedAddress');
const TOKEN_PROGRAM = 'TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA';
const ASSOCIATED_TOKEN_PROGRAM = 'ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL';

/** The 32 bytes of an address. Throws on what is no base58 of 32 bytes: parse what comes from outside first. */
export function keyBytes(key: Address): Uint8Array {
  const bytes = base58.decode(key);
  if (bytes.length !== 32) throw new Error('An address has 32 bytes');
  return bytes;
}

/** Null for any text that is not the base58 of 32 bytes. */
export function parseAddress(text: unknown): Address | null {
  if (typeof text !== 'string' || text.length < 32 || text.length > 44) return null;
  try {
    return base58.decode(text).length === 32 ? address(text) : null;
  } catch {
    return null;
  }
}

/** Deriving costs up to a few milliseconds, and one message asks for the same ten addresses again and again. */
const KEPT_ADDRESSES = 1_000;
const derived = new Map<string, Address>();

/** Address of a program's own account: the first, from bump 255 down, that no secret key can have. */
export function programAddress(program: Address, seeds: readonly Uint8Array[]): Address {
  const name = `${program}/${seeds.map((seed) => Buffer.from(seed).toString('hex')).join('/')}`;
  const known = derived.get(name);
  if (known !== undefined) return known;
  if (derived.size >= KEPT_ADDRESSES) derived.clear();
  const found = deriveProgramAddress(program, seeds);
  derived.set(name, found);
  return found;
}

function deriveProgramAddress(program: Address, seeds: readonly Uint8Array[]): Address {
  for (let bump = 255; bump >= 0; bump -= 1) {
    const hash = sha256([...seeds, Uint8Array.of(bump), keyBytes(program), PROGRAM_ADDRESS_MARK]);
    if (!isOnCurve(hash)) return address(base58.encode(hash));
  }
  throw new Error('No program address for these seeds');
}

/** The one token account that wallets use for an owner and a mint of the SPL Token program. */
export function associatedTokenAddress(owner: Address, mint: Address): Address {
  return programAddress(address(ASSOCIATED_TOKEN_PROGRAM), [
    keyBytes(owner),
    keyBytes(address(TOKEN_PROGRAM)),
    keyBytes(mint),
  ]);
}

/** Address that `createAccountWithSeed` gives; `seed` has at most 32 bytes of UTF-8. */
export function addressWithSeed(base: Address, seed: string, owner: Address): Address {
  return address(base58.encode(sha256([keyBytes(base), TEXT.encode(seed), keyBytes(owner)])));
}

/** Whether 32 bytes are a point of Ed25519's curve, and so may have a secret key. */
export function isOnCurve(bytes: Uint8Array): boolean {
  let y = 0n;
  for (let index = 31; index >= 0; index -= 1) y = (y << 8n) | BigInt(bytes[index] ?? 0);
  const ySquared = (y & (2n ** 255n - 1n)) ** 2n % PRIME;
  // x² = (y² − 1) / (d·y² + 1), a square exactly where the product of the two is one.
  const product = ((ySquared - 1n + PRIME) * (CURVE_D * ySquared + 1n)) % PRIME;
  return product === 0n || power(product, (PRIME - 1n) / 2n) === 1n;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base;
  for (let left = exponent; left > 0n; left >>= 1n) {
    if ((left & 1n) === 1n) result = (result * square) % PRIME;
    square = (square * square) % PRIME;
  }
  return result;
}

function sha256(parts: readonly Uint8Array[]): Uint8Array {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return Uint8Array.from(hash.digest());
}
