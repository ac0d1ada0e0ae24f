/** SPL Token: initialising mints and accounts, and changing who commands them. */
import { NATIVE_MINT, TOKEN_PROGRAM_ID } from '@solana/spl-token';
import type { PublicKey } from '@solana/web3.js';
import { ProgramError } from '../program.ts';
import type { InstructionContext } from '../program.ts';
import { minimumBalance } from '../rent.ts';
import { accountAt } from './instruction-reader.ts';
import {
  fail,
  load,
  requireAuthority,
  requireNotFrozen,
  requireTokenOwned,
} from './token-access.ts';
import { TOKEN_ERROR } from './token-errors.ts';
import {
  FROZEN,
  INITIALIZED,
  MINT_BYTES,
  MintRecord,
  TOKEN_ACCOUNT_BYTES,
  TokenAccountRecord,
} from './token-layout.ts';

export function initializeMint(
  context: InstructionContext,
  decimals: number,
  authority: PublicKey,
  freezeAuthority: PublicKey | null,
): void {
  const { pubkey } = accountAt(context, 0);
  const account = load(context, pubkey);
  const mint = new MintRecord(account.data);
  if (mint.isInitialized) fail(TOKEN_ERROR.alreadyInUse, 'the mint is in use');
  if (account.lamports < minimumBalance(MINT_BYTES)) {
    fail(TOKEN_ERROR.notRentExempt, 'Lamport balance below rent-exempt threshold');
  }
  mint.mintAuthority = authority;
  mint.decimals = decimals;
  mint.isInitialized = true;
  mint.freezeAuthority = freezeAuthority;
  context.setAccount(pubkey, account);
}

export function initializeAccount(context: InstructionContext, owner: PublicKey): void {
  const { pubkey } = accountAt(context, 0);
  const mintKey = accountAt(context, 1).pubkey;
  const account = load(context, pubkey);
  const record = new TokenAccountRecord(account.data);
  if (record.state !== 0) fail(TOKEN_ERROR.alreadyInUse, 'the token account is in use');
  const reserve = minimumBalance(TOKEN_ACCOUNT_BYTES);
  if (account.lamports < reserve) {
    fail(TOKEN_ERROR.notRentExempt, 'Lamport balance below rent-exempt threshold');
  }
  const isNative = mintKey.equals(NATIVE_MINT);
  if (!isNative) requireMint(context, mintKey);
  record.mint = mintKey;
  record.owner = owner;
  record.closeAuthority = null;
  record.delegate = null;
  record.delegatedAmount = 0n;
  record.state = INITIALIZED;
  record.nativeReserve = isNative ? reserve : null;
  record.amount = isNative ? account.lamports - reserve : 0n;
  context.setAccount(pubkey, account);
}

function requireMint(context: InstructionContext, key: PublicKey): void {
  const account = context.getAccount(key);
  if (account?.owner.equals(TOKEN_PROGRAM_ID) !== true) {
    throw new ProgramError('IncorrectProgramId', 'the mint is not owned by the token program');
  }
  if (account.data.length !== MINT_BYTES || !new MintRecord(account.data).isInitialized) {
    fail(TOKEN_ERROR.invalidMint, 'Invalid Mint');
  }
}

const MINT_TOKENS = 0;
const FREEZE_ACCOUNT = 1;
const ACCOUNT_OWNER = 2;
const CLOSE_ACCOUNT = 3;

export function setAuthority(
  context: InstructionContext,
  kind: number,
  next: PublicKey | null,
): void {
  if (kind > CLOSE_ACCOUNT) fail(TOKEN_ERROR.invalidInstruction, 'Invalid instruction');
  const { pubkey } = accountAt(context, 0);
  const authority = accountAt(context, 1).pubkey;
  const account = load(context, pubkey);
  if (account.data.length === TOKEN_ACCOUNT_BYTES) {
    setAccountAuthority(
      context,
      TokenAccountRecord.initialized(account.data),
      kind,
      next,
      authority,
    );
  } else if (account.data.length === MINT_BYTES) {
    setMintAuthority(context, MintRecord.initialized(account.data), kind, next, authority);
  } else {
    throw new ProgramError('InvalidArgument', 'neither a mint nor a token account');
  }
  context.setAccount(pubkey, account);
}

function setAccountAuthority(
  context: InstructionContext,
  record: TokenAccountRecord,
  kind: number,
  next: PublicKey | null,
  authority: PublicKey,
): void {
  requireNotFrozen(record);
  if (kind === ACCOUNT_OWNER) {
    requireAuthority(context, record.owner, authority);
    if (next === null) return fail(TOKEN_ERROR.invalidInstruction, 'Invalid instruction');
    record.owner = next;
    record.delegate = null;
    record.delegatedAmount = 0n;
    if (record.nativeReserve !== null) record.closeAuthority = null;
  } else if (kind === CLOSE_ACCOUNT) {
    requireAuthority(context, record.closeAuthority ?? record.owner, authority);
    record.closeAuthority = next;
  } else {
    fail(TOKEN_ERROR.authorityTypeNotSupported, 'the account does not support the authority type');
  }
}

function setMintAuthority(
  context: InstructionContext,
  mint: MintRecord,
  kind: number,
  next: PublicKey | null,
  authority: PublicKey,
): void {
  if (kind === MINT_TOKENS) {
    const current = mint.mintAuthority ?? fail(TOKEN_ERROR.fixedSupply, 'the supply is fixed');
    requireAuthority(context, current, authority);
    mint.mintAuthority = next;
  } else if (kind === FREEZE_ACCOUNT) {
    const current =
      mint.freezeAuthority ?? fail(TOKEN_ERROR.mintCannotFreeze, 'the mint cannot freeze');
    requireAuthority(context, current, authority);
    mint.freezeAuthority = next;
  } else {
    fail(TOKEN_ERROR.authorityTypeNotSupported, 'the account does not support the authority type');
  }
}

export function setFrozen(context: InstructionContext, freeze: boolean): void {
  const { pubkey } = accountAt(context, 0);
  const mintKey = accountAt(context, 1).pubkey;
  const authority = accountAt(context, 2).pubkey;
  const account = load(context, pubkey);
  const record = TokenAccountRecord.initialized(account.data);
  if (record.isFrozen === freeze) fail(TOKEN_ERROR.invalidState, 'Invalid account state');
  if (record.nativeReserve !== null) fail(TOKEN_ERROR.nativeNotSupported, 'native token');
  if (!record.mint.equals(mintKey)) fail(TOKEN_ERROR.mintMismatch, 'another mint');
  requireTokenOwned(account);
  const mint = MintRecord.initialized(load(context, mintKey).data);
  const expected =
    mint.freezeAuthority ?? fail(TOKEN_ERROR.mintCannotFreeze, 'the mint cannot freeze');
  requireAuthority(context, expected, authority);
  record.state = freeze ? FROZEN : INITIALIZED;
  context.setAccount(pubkey, account);
}
