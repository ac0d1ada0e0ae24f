/** From a seed phrase's seed to Solana keys: SLIP-0010 for Ed25519, along the paths that wallets use. */
import { createHmac } from 'node:crypto';
import { SEED_BYTES } from '../keys/ed25519.ts';
import { wipe } from '../wipe.ts';

/** What stands in place of a path where the key is the seed's first half itself, as solana-keygen makes it. */
export const NO_DERIVATION = 'none';
/** What Phantom, Solflare, Backpack and the Ledger app make first. */
export const FIRST_PATH = "m/44'/501'/0'/0'";

const HARDENED = 0x8000_0000;
const SHOWN_ACCOUNTS = 10;

export interface WalletPath {
  readonly path: string;
  /** Whose keys they are, for the trader. */
  readonly label: string;
}

/** In the order in which they are offered. */
export const WALLET_PATHS: readonly WalletPath[] = [
  ...Array.from({ length: SHOWN_ACCOUNTS }, (_, account) => ({
    path: `m/44'/501'/${account}'/0'`,
    label: `Phantom, Solflare, Ledger: account ${account + 1}`,
  })),
  { path: "m/44'/501'/0'", label: 'Trezor, Ledger Live, Trust: account 1' },
  { path: "m/44'/501'", label: 'Ledger, solana-keygen with a path: root' },
  { path: NO_DERIVATION, label: 'solana-keygen: no path' },
];

/** The 32-byte Ed25519 seed at a path of hardened steps (`m/44'/501'`); the caller overwrites it. */
export function seedAt(seed: Uint8Array, path: string): Buffer {
  if (path === NO_DERIVATION) return Buffer.from(seed.subarray(0, SEED_BYTES));
  let node = hmac(Buffer.from('ed25519 seed'), seed);
  for (const step of stepsOf(path)) {
    const data = Buffer.alloc(1 + SEED_BYTES + 4);
    data.set(node.subarray(0, SEED_BYTES), 1);
    data.writeUInt32BE(step + HARDENED, 1 + SEED_BYTES);
    const child = hmac(node.subarray(SEED_BYTES), data);
    wipe(node, data);
    node = child;
  }
  const derived = Buffer.from(node.subarray(0, SEED_BYTES));
  wipe(node);
  return derived;
}

function hmac(key: Uint8Array, data: Uint8Array): Buffer {
  return createHmac('sha512', key).update(data).digest();
}

function stepsOf(path: string): readonly number[] {
  const [root, ...steps] = path.split('/');
  const isPath = root === 'm' && steps.every((step) => /^\d{1,10}'$/.test(step));
  const numbers = steps.map((step) => Number(step.slice(0, -1)));
  if (!isPath || numbers.some((number) => number >= HARDENED)) {
    throw new RangeError('Ed25519 knows hardened steps alone');
  }
  return numbers;
}
