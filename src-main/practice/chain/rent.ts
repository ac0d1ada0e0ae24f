import { PublicKey, SYSVAR_RENT_PUBKEY } from '@solana/web3.js';
import type { Account } from './program.ts';

const STORAGE_OVERHEAD = 128n;
const LAMPORTS_PER_BYTE = 6960n;

export const SYSVAR_OWNER = new PublicKey('Sysvar1111111111111111111111111111111111111');

/** Lamports that an account of so many bytes must hold: two years' rent at mainnet's price. */
export function minimumBalance(bytes: number): bigint {
  return (STORAGE_OVERHEAD + BigInt(bytes)) * LAMPORTS_PER_BYTE;
}

/** The rent sysvar: price per byte and year, two years' exemption, half burned. */
export function rentSysvar(): readonly [PublicKey, Account] {
  const data = Buffer.alloc(17);
  data.writeBigUInt64LE(LAMPORTS_PER_BYTE / 2n, 0);
  data.writeDoubleLE(2, 8);
  data.writeUInt8(50, 16);
  return [
    SYSVAR_RENT_PUBKEY,
    { lamports: minimumBalance(17), owner: SYSVAR_OWNER, data, executable: false },
  ];
}
