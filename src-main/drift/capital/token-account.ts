import type { Address } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { mismatch, undecodable, wrongOwner } from '../failures.ts';
import type { RawAccount } from '../read/account-frame.ts';
import type { Vendor } from '../vendor.ts';
import { SYSTEM_PROGRAM, TOKEN_ACCOUNT_BYTES } from './solana-programs.ts';

const OWNER_AT = 32;
const AMOUNT_AT = 64;
const STATE_AT = 108;
const UNINITIALIZED = 0;

/** What a token account holds, smallest units; every field that names whose it is must be as expected. */
export function tokenAmountIn(
  { web3 }: Vendor,
  key: string,
  account: RawAccount,
  expected: { readonly mint: string; readonly owner: string; readonly program: string },
): Result<bigint, KeelError> {
  const what = 'token account of the wallet';
  if (account.owner !== expected.program) {
    return err(wrongOwner(what, key, account.owner, expected.program));
  }
  const data = Buffer.from(account.base64, 'base64');
  if (data.length < TOKEN_ACCOUNT_BYTES || data[STATE_AT] === UNINITIALIZED) {
    return err(undecodable(what, key, `is no token account (${data.length} bytes)`));
  }
  const mint = new web3.PublicKey(data.subarray(0, OWNER_AT)).toBase58();
  if (mint !== expected.mint) return err(mismatch(what, 'mint', mint, expected.mint));
  const owner = new web3.PublicKey(data.subarray(OWNER_AT, AMOUNT_AT)).toBase58();
  if (owner !== expected.owner) return err(mismatch(what, 'owner', owner, expected.owner));
  return ok(data.readBigUInt64LE(AMOUNT_AT));
}

/** Lamports of a wallet: one that does not exist has none; one of another program is no wallet. */
export function walletLamportsIn(
  key: Address,
  account: RawAccount | null,
): Result<bigint, KeelError> {
  if (account === null) return ok(0n);
  return account.owner === SYSTEM_PROGRAM
    ? ok(account.lamports)
    : err(wrongOwner('wallet', key, account.owner, SYSTEM_PROGRAM));
}
