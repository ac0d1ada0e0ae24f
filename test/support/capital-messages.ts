/** Transactions of capital operations as honest clients build them: web3.js, spl-token and the venue's own IDL. */
import { createHash } from 'node:crypto';
import {
  createAssociatedTokenAccountIdempotentInstruction,
  createCloseAccountInstruction,
  createInitializeAccount3Instruction,
  createInitializeAccountInstruction,
  getAssociatedTokenAddressSync,
  NATIVE_MINT,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import {
  ComputeBudgetProgram,
  Keypair,
  PublicKey,
  SystemProgram,
  SYSVAR_RENT_PUBKEY,
  TransactionInstruction,
  TransactionMessage,
} from '@solana/web3.js';
import { memoOf, type SigningIntent, type TokenRef } from '#domain/capital-intent.ts';
import { address, networkId, operationId } from '#domain/ids.ts';
import { lamports, quoteAmount, tokenAmount } from '#domain/units.ts';
import type { SigningLimits } from '#domain/signing.ts';
import {
  DRIFT_V2,
  perpMarketAddress,
  pythLazerAddress,
  signerAddress,
  spotMarketAddress,
  spotVaultAddress,
  stateAddress,
  userAddress,
  userStatsAddress,
} from '#main/drift/codec/addresses.ts';
import { encodeInstruction, INSTRUCTION_ACCOUNTS } from '#main/drift/codec/drift-coder.ts';
import { encodeName } from '#main/drift/codec/names.ts';

export const MEMO_PROGRAM_ID = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');
export const TRADER = Keypair.fromSeed(new Uint8Array(32).fill(7));
export const DELEGATE = Keypair.fromSeed(new Uint8Array(32).fill(9));
export const STRANGER = Keypair.fromSeed(new Uint8Array(32).fill(11));
export const BLOCKHASH = new PublicKey(new Uint8Array(32).fill(42)).toBase58();
const RENT = 2_039_280n;

export const USDC: TokenRef = {
  symbol: 'USDC',
  marketIndex: 0,
  mint: address('EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v'),
  decimals: 6,
};
export const SOL: TokenRef = {
  symbol: 'SOL',
  marketIndex: 1,
  mint: address(NATIVE_MINT.toBase58()),
  decimals: 9,
};
export const NEWCOMER: TokenRef = {
  symbol: 'NEWC',
  marketIndex: 200,
  mint: address(new PublicKey(new Uint8Array(32).fill(77)).toBase58()),
  decimals: 6,
};

export const LIMITS: SigningLimits = {
  confirmFrom: quoteAmount(100_000_000n),
  typeAmountFrom: quoteAmount(1_000_000_000n),
  maxPriorityFee: lamports(100_000n),
  autoLockMs: 900_000,
};

/** A message that the signer must sign: the intent and what an honest client makes of it. */
export interface HonestMessage {
  readonly name: string;
  readonly intent: SigningIntent;
  readonly payer: PublicKey;
  readonly instructions: readonly TransactionInstruction[];
}

export function intentOf(changes: Partial<SigningIntent> = {}): SigningIntent {
  return {
    operationId: operationId('1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed'),
    kind: 'deposit',
    network: networkId('mainnet'),
    networkKind: 'live',
    program: address(DRIFT_V2.program.toBase58()),
    stateSeed: DRIFT_V2.stateSeed,
    authority: address(TRADER.publicKey.toBase58()),
    signerKey: address(TRADER.publicKey.toBase58()),
    subAccountId: 3,
    toSubAccountId: null,
    token: USDC,
    amount: tokenAmount(50_000_000n),
    accountName: null,
    ...changes,
  };
}

/** One of each kind, below the threshold where it can be. */
export function honestMessages(): readonly HonestMessage[] {
  const sol = { token: SOL, amount: tokenAmount(300_000_000n) };
  const create = { kind: 'create-sub-account', token: null, amount: null } as const;
  return [
    honest('deposit USDC', intentOf()),
    honest('deposit SOL', intentOf(sol)),
    honest('withdraw USDC', intentOf({ kind: 'withdraw' })),
    honest('withdraw SOL', intentOf({ kind: 'withdraw', ...sol })),
    honest('transfer', intentOf({ kind: 'transfer', toSubAccountId: 5 })),
    honest(
      'open the first sub-account',
      intentOf({ ...create, subAccountId: 0, accountName: 'Main' }),
      'opening',
    ),
    honest('open a sub-account', intentOf({ ...create, accountName: 'Zinsjäger' })),
    honest(
      'deposit by the delegate',
      intentOf({ signerKey: address(DELEGATE.publicKey.toBase58()) }),
    ),
    honest('deposit of an unknown token', intentOf({ token: NEWCOMER })),
  ];
}

/** What an honest client makes of the intent, where everything is opened already. */
export function messageFor(intent: SigningIntent): HonestMessage {
  return honest(intent.kind, intent);
}

function honest(name: string, intent: SigningIntent, opening?: 'opening'): HonestMessage {
  const payer = new PublicKey(intent.signerKey);
  return {
    name,
    intent,
    payer,
    instructions: [
      ComputeBudgetProgram.setComputeUnitLimit({ units: 200_000 }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 400_000 }),
      memo(payer, memoOf(intent.operationId)),
      ...venuePart(intent, opening === 'opening'),
    ],
  };
}

export function memo(signer: PublicKey, text: string): TransactionInstruction {
  return new TransactionInstruction({
    programId: MEMO_PROGRAM_ID,
    keys: [{ pubkey: signer, isSigner: true, isWritable: false }],
    data: Buffer.from(text, 'utf8'),
  });
}

function venuePart(intent: SigningIntent, opening: boolean): readonly TransactionInstruction[] {
  switch (intent.kind) {
    case 'deposit':
    case 'withdraw':
      return movePart(intent);
    case 'transfer':
      return [venueInstruction('transferDeposit', intent)];
    case 'create-sub-account': {
      const user = venueInstruction('initializeUser', intent);
      return opening ? [venueInstruction('initializeUserStats', intent), user] : [user];
    }
  }
}

function movePart(intent: SigningIntent): readonly TransactionInstruction[] {
  const move = venueInstruction(intent.kind, intent);
  const signer = new PublicKey(intent.signerKey);
  const { mint } = tokenOf(intent);
  if (mint !== SOL.mint) {
    const owned = getAssociatedTokenAddressSync(new PublicKey(mint), signer);
    const open = createAssociatedTokenAccountIdempotentInstruction(
      signer,
      owned,
      signer,
      new PublicKey(mint),
    );
    return intent.kind === 'withdraw' ? [open, move] : [move];
  }
  const temp = tempAccount(intent);
  const create = SystemProgram.createAccountWithSeed({
    fromPubkey: signer,
    basePubkey: signer,
    newAccountPubkey: temp,
    seed: intent.operationId.replaceAll('-', ''),
    lamports: Number(RENT + (intent.kind === 'deposit' ? (intent.amount ?? 0n) : 0n)),
    space: 165,
    programId: TOKEN_PROGRAM_ID,
  });
  // Both forms of the opening are in use.
  const open =
    intent.kind === 'deposit'
      ? createInitializeAccount3Instruction(temp, NATIVE_MINT, signer)
      : createInitializeAccountInstruction(temp, NATIVE_MINT, signer);
  return [create, open, move, createCloseAccountInstruction(temp, signer, signer)];
}

/** As `PublicKey.createWithSeed`, which is asynchronous for no reason. */
export function tempAccount({ signerKey, operationId: id }: SigningIntent): PublicKey {
  const hash = createHash('sha256')
    .update(new PublicKey(signerKey).toBytes())
    .update(id.replaceAll('-', ''))
    .update(TOKEN_PROGRAM_ID.toBytes());
  return new PublicKey(hash.digest());
}

/** A venue instruction as its IDL has it, with the markets of an account that holds SOL and a SOL-PERP. */
export function venueInstruction(name: string, intent: SigningIntent): TransactionInstruction {
  const names = INSTRUCTION_ACCOUNTS.get(name);
  if (!names) throw new Error(`The IDL has no ${name}`);
  const signer = new PublicKey(intent.signerKey);
  const accounts = venueAccounts(intent);
  const readOnly = new Set(READ_ONLY[name] ?? []);
  const keys = names.map((each) => {
    const pubkey = accounts[each];
    if (!pubkey) throw new Error(`${name} wants ${each}`);
    const isSigner = each === 'payer' || (each === 'authority' && !name.startsWith('initialize'));
    return { pubkey: isSigner ? signer : pubkey, isSigner, isWritable: !readOnly.has(each) };
  });
  return new TransactionInstruction({
    programId: DRIFT_V2.program,
    keys: name.startsWith('initialize') ? keys : [...keys, ...marketKeys(intent)],
    data: encodeInstruction(name, argumentsOf(name, intent)),
  });
}

/** From the IDL: what an instruction only reads. */
const READ_ONLY: Readonly<Record<string, readonly string[]>> = {
  deposit: ['state', 'authority', 'tokenProgram'],
  withdraw: ['state', 'authority', 'driftSigner', 'tokenProgram'],
  transferDeposit: ['authority', 'state', 'spotMarketVault'],
  initializeUserStats: ['authority', 'rent', 'systemProgram'],
  initializeUser: ['authority', 'rent', 'systemProgram'],
};

function argumentsOf(name: string, intent: SigningIntent): Record<string, unknown> {
  if (name === 'initializeUserStats') return {};
  if (name === 'initializeUser') {
    return { subAccountId: intent.subAccountId, name: encodeName(intent.accountName ?? '') };
  }
  const moved = { marketIndex: tokenOf(intent).marketIndex, amount: intent.amount };
  return name === 'transferDeposit' ? moved : { ...moved, reduceOnly: false };
}

function venueAccounts(intent: SigningIntent): Readonly<Record<string, PublicKey>> {
  const authority = new PublicKey(intent.authority);
  const signer = new PublicKey(intent.signerKey);
  const user = userAddress(DRIFT_V2, authority, intent.subAccountId);
  return {
    state: stateAddress(DRIFT_V2),
    user,
    fromUser: user,
    toUser: userAddress(DRIFT_V2, authority, intent.toSubAccountId ?? 0),
    userStats: userStatsAddress(DRIFT_V2, authority),
    authority,
    payer: signer,
    driftSigner: signerAddress(DRIFT_V2).address,
    tokenProgram: TOKEN_PROGRAM_ID,
    rent: SYSVAR_RENT_PUBKEY,
    systemProgram: SystemProgram.programId,
    ...(intent.token === null ? {} : tokenAccounts(intent, signer)),
  };
}

function tokenAccounts(intent: SigningIntent, signer: PublicKey): Record<string, PublicKey> {
  const { mint, marketIndex } = tokenOf(intent);
  return {
    spotMarketVault: spotVaultAddress(DRIFT_V2, marketIndex),
    userTokenAccount:
      mint === SOL.mint
        ? tempAccount(intent)
        : getAssociatedTokenAddressSync(new PublicKey(mint), signer),
  };
}

function marketKeys(intent: SigningIntent): TransactionInstruction['keys'] {
  const moved = tokenOf(intent).marketIndex;
  const read = (pubkey: PublicKey) => ({ pubkey, isSigner: false, isWritable: false });
  return [
    read(pythLazerAddress(DRIFT_V2, 6)),
    ...[...new Set([0, 1, moved])].map((index) => ({
      pubkey: spotMarketAddress(DRIFT_V2, index),
      isSigner: false,
      isWritable: index === moved,
    })),
    read(perpMarketAddress(DRIFT_V2, 0)),
  ];
}

function tokenOf(intent: SigningIntent): TokenRef {
  if (intent.token === null) throw new Error('The intent moves nothing');
  return intent.token;
}

export interface CompileOptions {
  readonly version?: 'legacy' | 0;
  readonly blockhash?: string;
}

/** The bytes that are signed. */
export function compile(
  { payer, instructions }: Pick<HonestMessage, 'payer' | 'instructions'>,
  { version = 0, blockhash = BLOCKHASH }: CompileOptions = {},
): Uint8Array {
  const message = new TransactionMessage({
    payerKey: payer,
    recentBlockhash: blockhash,
    instructions: [...instructions],
  });
  return version === 0
    ? message.compileToV0Message().serialize()
    : Uint8Array.from(message.compileToLegacyMessage().serialize());
}
