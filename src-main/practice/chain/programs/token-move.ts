/** SPL Token: moving, minting, burning and approving amounts. */
import { accountAt } from './instruction-reader.ts';
import type { InstructionContext } from '../program.ts';
import {
  added,
  fail,
  load,
  loadMint,
  requireAuthority,
  requireDecimals,
  requireNotFrozen,
  requireSame,
  requireTokenOwned,
  spendAllowance,
} from './token-access.ts';
import { TOKEN_ERROR } from './token-errors.ts';
import { MintRecord, TokenAccountRecord } from './token-layout.ts';

/** `decimals` null: the unchecked form, whose accounts do not name the mint. */
export function transfer(
  context: InstructionContext,
  amount: bigint,
  decimals: number | null,
): void {
  const checked = decimals === null ? 0 : 1;
  const sourceKey = accountAt(context, 0).pubkey;
  const targetKey = accountAt(context, 1 + checked).pubkey;
  const authority = accountAt(context, 2 + checked).pubkey;
  const sourceAccount = load(context, sourceKey);
  const targetAccount = load(context, targetKey);
  const source = TokenAccountRecord.initialized(sourceAccount.data);
  const target = TokenAccountRecord.initialized(targetAccount.data);
  requireNotFrozen(source, target);
  if (source.amount < amount) fail(TOKEN_ERROR.insufficientFunds, 'insufficient funds');
  requireSame(source.mint, target.mint);
  if (checked === 1) requireNamedMint(context, source, decimals);
  const toItself = sourceKey.equals(targetKey);
  spendAllowance(context, source, authority, amount, !toItself);
  if (toItself || amount === 0n) {
    requireTokenOwned(sourceAccount);
    requireTokenOwned(targetAccount);
  }
  if (toItself) return;
  source.amount -= amount;
  target.amount = added(target.amount, amount);
  if (source.nativeReserve !== null) {
    sourceAccount.lamports -= amount;
    targetAccount.lamports += amount;
  }
  context.setAccount(sourceKey, sourceAccount);
  context.setAccount(targetKey, targetAccount);
}

export function approve(
  context: InstructionContext,
  amount: bigint,
  decimals: number | null,
): void {
  const checked = decimals === null ? 0 : 1;
  const sourceKey = accountAt(context, 0).pubkey;
  const delegate = accountAt(context, 1 + checked).pubkey;
  const owner = accountAt(context, 2 + checked).pubkey;
  const account = load(context, sourceKey);
  const source = TokenAccountRecord.initialized(account.data);
  requireNotFrozen(source);
  if (checked === 1) requireNamedMint(context, source, decimals);
  requireAuthority(context, source.owner, owner);
  source.delegate = delegate;
  source.delegatedAmount = amount;
  context.setAccount(sourceKey, account);
}

export function revoke(context: InstructionContext): void {
  const sourceKey = accountAt(context, 0).pubkey;
  const owner = accountAt(context, 1).pubkey;
  const account = load(context, sourceKey);
  const source = TokenAccountRecord.initialized(account.data);
  requireNotFrozen(source);
  requireAuthority(context, source.owner, owner);
  source.delegate = null;
  source.delegatedAmount = 0n;
  context.setAccount(sourceKey, account);
}

export function mintTo(context: InstructionContext, amount: bigint, decimals: number | null): void {
  const mintKey = accountAt(context, 0).pubkey;
  const targetKey = accountAt(context, 1).pubkey;
  const authority = accountAt(context, 2).pubkey;
  const targetAccount = load(context, targetKey);
  const target = TokenAccountRecord.initialized(targetAccount.data);
  requireNotFrozen(target);
  if (target.nativeReserve !== null) fail(TOKEN_ERROR.nativeNotSupported, 'native token');
  requireSame(mintKey, target.mint);
  const mintAccount = load(context, mintKey);
  const mint = MintRecord.initialized(mintAccount.data);
  requireDecimals(mint, decimals);
  const expected = mint.mintAuthority ?? fail(TOKEN_ERROR.fixedSupply, 'the supply is fixed');
  requireAuthority(context, expected, authority);
  if (amount === 0n) {
    requireTokenOwned(mintAccount);
    requireTokenOwned(targetAccount);
  }
  target.amount = added(target.amount, amount);
  mint.supply = added(mint.supply, amount);
  context.setAccount(targetKey, targetAccount);
  context.setAccount(mintKey, mintAccount);
}

export function burn(context: InstructionContext, amount: bigint, decimals: number | null): void {
  const sourceKey = accountAt(context, 0).pubkey;
  const mintKey = accountAt(context, 1).pubkey;
  const authority = accountAt(context, 2).pubkey;
  const sourceAccount = load(context, sourceKey);
  const source = TokenAccountRecord.initialized(sourceAccount.data);
  const mintAccount = load(context, mintKey);
  const mint = MintRecord.initialized(mintAccount.data);
  requireNotFrozen(source);
  if (source.nativeReserve !== null) fail(TOKEN_ERROR.nativeNotSupported, 'native token');
  if (source.amount < amount) fail(TOKEN_ERROR.insufficientFunds, 'insufficient funds');
  requireSame(mintKey, source.mint);
  requireDecimals(mint, decimals);
  spendAllowance(context, source, authority, amount, true);
  if (amount === 0n) {
    requireTokenOwned(sourceAccount);
    requireTokenOwned(mintAccount);
  }
  source.amount -= amount;
  mint.supply -= amount;
  context.setAccount(sourceKey, sourceAccount);
  context.setAccount(mintKey, mintAccount);
}

/** The checked forms name the mint and its decimals; both must be the source's. */
function requireNamedMint(
  context: InstructionContext,
  source: TokenAccountRecord,
  decimals: number | null,
): void {
  const mintKey = accountAt(context, 1).pubkey;
  requireSame(source.mint, mintKey);
  requireDecimals(loadMint(context, mintKey), decimals);
}
