/** Drift accounts on the ledger, outside transactions. */
import type { PublicKey } from '@solana/web3.js';
import { decodeAccount, encodeAccount } from '#main/drift/codec/drift-coder.ts';
import type { DriftAccountName, DriftAccounts } from '#main/drift/codec/drift-coder.ts';
import type { Plain } from '#main/drift/codec/plain.ts';
import type { Ledger } from '../chain/program.ts';
import { rentExempt } from './spl-bytes.ts';

/** @throws Error when the account is missing: the world's own accounts never are. */
export function loadFrom<N extends DriftAccountName>(
  ledger: Ledger,
  name: N,
  address: PublicKey,
): Plain<DriftAccounts[N]> {
  const account = ledger.getAccount(address);
  if (!account) throw new Error(`The practice world has no ${name} at ${address.toBase58()}`);
  return decodeAccount(name, account.data);
}

export function saveTo<N extends DriftAccountName>(
  ledger: Ledger,
  program: PublicKey,
  name: N,
  address: PublicKey,
  value: Plain<DriftAccounts[N]>,
): void {
  const data = encodeAccount(name, value);
  const lamports = ledger.getAccount(address)?.lamports ?? rentExempt(data.length);
  ledger.setAccount(address, { lamports, owner: program, data, executable: false });
}
