/** What the token instructions share: loading, saving, and who may act on an account. */
import { TOKEN_PROGRAM_ID } from '@solana/spl-token';
import type { PublicKey } from '@solana/web3.js';
import { ProgramError } from '../program.ts';
import type { Account, InstructionContext } from '../program.ts';
import { isSigner } from './instruction-reader.ts';
import { TOKEN_ERROR } from './token-errors.ts';
import type { TokenAccountRecord } from './token-layout.ts';
import { MintRecord } from './token-layout.ts';

const U64_MAX = (1n << 64n) - 1n;

export function load(context: InstructionContext, key: PublicKey): Account {
  const account = context.getAccount(key);
  if (account === null) throw new ProgramError('InvalidAccountData', 'the account does not exist');
  return account;
}

export function requireTokenOwned(account: Account): void {
  if (!account.owner.equals(TOKEN_PROGRAM_ID)) {
    throw new ProgramError('IncorrectProgramId', 'not owned by the token program');
  }
}

export function requireNotFrozen(...accounts: readonly TokenAccountRecord[]): void {
  if (accounts.some((account) => account.isFrozen)) {
    fail(TOKEN_ERROR.accountFrozen, 'Error: Account is frozen');
  }
}

export function requireSame(left: PublicKey, right: PublicKey): void {
  if (!left.equals(right)) fail(TOKEN_ERROR.mintMismatch, 'Account not associated with this Mint');
}

/** The mint of a checked instruction must have the decimals that the client believes in. */
export function requireDecimals(mint: MintRecord, decimals: number | null): void {
  if (decimals !== null && mint.decimals !== decimals) {
    fail(TOKEN_ERROR.mintDecimalsMismatch, 'The provided decimals value different from the Mint');
  }
}

/** The authority must be the expected key and have signed. Multisignature accounts are not supported. */
export function requireAuthority(
  context: InstructionContext,
  expected: PublicKey,
  authority: PublicKey,
): void {
  if (!expected.equals(authority)) fail(TOKEN_ERROR.ownerMismatch, 'owner does not match');
  if (!isSigner(context, authority)) {
    throw new ProgramError('MissingRequiredSignature', 'the owner has not signed');
  }
}

export function added(balance: bigint, amount: bigint): bigint {
  if (balance + amount > U64_MAX) fail(TOKEN_ERROR.overflow, 'Operation overflowed');
  return balance + amount;
}

export function loadMint(context: InstructionContext, key: PublicKey): MintRecord {
  return MintRecord.initialized(load(context, key).data);
}

/** A spender is the owner, or the delegate within what was approved, which then shrinks. */
export function spendAllowance(
  context: InstructionContext,
  source: TokenAccountRecord,
  authority: PublicKey,
  amount: bigint,
  spends: boolean,
): void {
  if (source.delegate?.equals(authority) !== true) {
    return requireAuthority(context, source.owner, authority);
  }
  requireAuthority(context, authority, authority);
  if (source.delegatedAmount < amount) fail(TOKEN_ERROR.insufficientFunds, 'insufficient funds');
  if (!spends) return;
  source.delegatedAmount -= amount;
  if (source.delegatedAmount === 0n) source.delegate = null;
}

export function fail(code: number, message: string): never {
  throw new ProgramError(code, message);
}
