/**
 * The practice chain's System, SPL Token and associated-token programs beside the real ones (solana-bankrun runs the
 * validator's own): the same transactions leave the same bytes and fail with the same errors.
 */
import {
  AuthorityType,
  createApproveInstruction,
  createAssociatedTokenAccountIdempotentInstruction,
  createAssociatedTokenAccountInstruction,
  createBurnInstruction,
  createCloseAccountInstruction,
  createFreezeAccountInstruction,
  createInitializeAccount3Instruction,
  createInitializeAccountInstruction,
  createInitializeMint2Instruction,
  createMintToCheckedInstruction,
  createMintToInstruction,
  createRevokeInstruction,
  createSetAuthorityInstruction,
  createSyncNativeInstruction,
  createThawAccountInstruction,
  createTransferCheckedInstruction,
  createTransferInstruction,
  getAssociatedTokenAddressSync,
  NATIVE_MINT,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import { Keypair, PublicKey, SystemProgram, Transaction } from '@solana/web3.js';
import type { TransactionInstruction } from '@solana/web3.js';
import { start } from 'solana-bankrun';
import type { BanksClient } from 'solana-bankrun';
import { beforeEach, describe, expect, it } from 'vitest';
import { Bank } from '#main/practice/chain/bank.ts';
import { decodeTransaction } from '#main/practice/chain/transaction.ts';
import type { TransactionError } from '#main/practice/chain/transaction-error.ts';
import { describeTransactionError } from '#main/practice/chain/transaction-error.ts';
import { emptyWorld } from '#test/support/practice-chain.ts';

const SOL = 1_000_000_000n;

let real: BanksClient;
let ours: Bank;
let realBlockhash: string;
let now = 1_800_000_000n;

const payer = keypairOf(1);
const other = keypairOf(2);
const mint = keypairOf(3);
const account = keypairOf(4);
const stranger = keypairOf(5);
const funds = [payer, other, stranger];

function keypairOf(seed: number): Keypair {
  return Keypair.fromSeed(new Uint8Array(32).fill(seed));
}

// The real runtime writes every log line to stderr unless it is told not to.
process.env.RUST_LOG = 'off';

beforeEach(async () => {
  const context = await start(
    [],
    funds.map(({ publicKey }) => ({
      address: publicKey,
      info: {
        lamports: Number(100n * SOL),
        data: Buffer.alloc(0),
        owner: SystemProgram.programId,
        executable: false,
      },
    })),
  );
  real = context.banksClient;
  realBlockhash = context.lastBlockhash;
  ours = Bank.create('genesis', emptyWorld(), now);
  for (const { publicKey } of funds) ours.credit(publicKey.toBase58(), 100n * SOL);
  ours.advance((now += 1n));
});

interface Outcome {
  readonly error: string | null;
}

/** Unique within a test, so that two equal steps are two transactions. */
let step = 0;

async function run(
  instructions: readonly TransactionInstruction[],
  signers: readonly Keypair[],
): Promise<{ real: Outcome; ours: Outcome }> {
  step += 1;
  const counted = SystemProgram.transfer({
    fromPubkey: payer.publicKey,
    toPubkey: payer.publicKey,
    lamports: step,
  });
  const all = [...instructions, counted];
  const outcome = await real.tryProcessTransaction(sign(all, signers, realBlockhash));
  return { real: { error: codeOf(outcome.result) }, ours: runOurs(all, signers) };
}

function sign(
  instructions: readonly TransactionInstruction[],
  signers: readonly Keypair[],
  blockhash: string,
): Transaction {
  const transaction = new Transaction().add(...instructions);
  transaction.feePayer = payer.publicKey;
  transaction.recentBlockhash = blockhash;
  transaction.sign(...new Set([payer, ...signers]));
  return transaction;
}

function runOurs(
  instructions: readonly TransactionInstruction[],
  signers: readonly Keypair[],
): Outcome {
  const transaction = sign(instructions, signers, ours.blocks.tip.blockhash);
  const wire = decodeTransaction(transaction.serialize());
  ours.submit(wire);
  ours.advance((now += 1n));
  const err: TransactionError | null = ours.history.find(wire.signature)?.err ?? null;
  return { error: codeOf(err === null ? null : describeTransactionError(err)) };
}

/** Both in the words of a validator; the index of the instruction included. */
function codeOf(text: string | null): string | null {
  return text === null ? null : text.replace(/^.*?(?=Error processing|Transaction results)/u, '');
}

async function expectSameAccounts(keys: readonly PublicKey[]): Promise<void> {
  for (const key of keys) {
    const theirs = await real.getAccount(key);
    const mine = ours.accounts.head(key.toBase58());
    const label = key.toBase58();
    expect(mine === null, label).toBe(theirs === null);
    if (mine === null || theirs === null) continue;
    expect(Buffer.from(mine.data).toString('hex'), label).toBe(
      Buffer.from(theirs.data).toString('hex'),
    );
    expect(mine.lamports, label).toBe(BigInt(theirs.lamports));
    expect(mine.owner.toBase58(), label).toBe(theirs.owner.toBase58());
  }
}

const watched = (): PublicKey[] => [
  payer.publicKey,
  other.publicKey,
  mint.publicKey,
  account.publicKey,
  ataOf(payer.publicKey),
  ataOf(other.publicKey),
  ataOf(payer.publicKey, NATIVE_MINT),
];

function ataOf(owner: PublicKey, of: PublicKey = mint.publicKey): PublicKey {
  return getAssociatedTokenAddressSync(of, owner);
}

async function expectSame(
  instructions: readonly TransactionInstruction[],
  signers: readonly Keypair[] = [],
): Promise<string | null> {
  const outcome = await run(instructions, signers);
  expect(outcome.ours).toEqual(outcome.real);
  await expectSameAccounts(watched());
  return outcome.ours.error;
}

const createMint = (freeze: PublicKey | null = payer.publicKey): TransactionInstruction[] => [
  SystemProgram.createAccount({
    fromPubkey: payer.publicKey,
    newAccountPubkey: mint.publicKey,
    lamports: 1_461_600,
    space: 82,
    programId: TOKEN_PROGRAM_ID,
  }),
  createInitializeMint2Instruction(mint.publicKey, 6, payer.publicKey, freeze),
];

const createAta = (owner: PublicKey, of = mint.publicKey): TransactionInstruction =>
  createAssociatedTokenAccountInstruction(payer.publicKey, ataOf(owner, of), owner, of);

const me = payer.publicKey;
const mine = ataOf(me);
const theirs = ataOf(other.publicKey);

async function withTokens(): Promise<void> {
  await expectSame(createMint(), [mint]);
  await expectSame([createAta(me), createAta(other.publicKey)]);
  await expectSame([createMintToInstruction(mint.publicKey, mine, me, 1_000_000n)]);
}

describe('the System program', () => {
  it.each([
    [
      'transfers',
      SystemProgram.transfer({ fromPubkey: me, toPubkey: stranger.publicKey, lamports: SOL }),
    ],
    [
      'refuses more than there is',
      SystemProgram.transfer({ fromPubkey: me, toPubkey: other.publicKey, lamports: 1_000n * SOL }),
    ],
    [
      'leaves no account below its rent',
      SystemProgram.transfer({ fromPubkey: me, toPubkey: account.publicKey, lamports: 1_000 }),
    ],
    [
      'assigns nobody without a signature',
      SystemProgram.assign({ accountPubkey: me, programId: TOKEN_PROGRAM_ID }),
    ],
  ])('%s', async (_, instruction) => {
    await expectSame([instruction]);
  });

  it('creates an account once', async () => {
    const create = SystemProgram.createAccount({
      fromPubkey: me,
      newAccountPubkey: account.publicKey,
      lamports: Number(SOL),
      space: 10,
      programId: TOKEN_PROGRAM_ID,
    });
    expect(await expectSame([create], [account])).toBeNull();
    expect(await expectSame([create], [account])).toContain('0x0');
  });

  it('creates and funds accounts derived from a seed', async () => {
    const seeded = await PublicKey.createWithSeed(me, 'seed', SystemProgram.programId);
    const create = SystemProgram.createAccountWithSeed({
      fromPubkey: me,
      newAccountPubkey: seeded,
      basePubkey: me,
      seed: 'seed',
      lamports: Number(SOL),
      space: 0,
      programId: SystemProgram.programId,
    });
    expect(await expectSame([create])).toBeNull();
    const spend = SystemProgram.transfer({
      fromPubkey: seeded,
      basePubkey: me,
      toPubkey: other.publicKey,
      lamports: Number(SOL),
      seed: 'seed',
      programId: SystemProgram.programId,
    });
    expect(await expectSame([spend])).toBeNull();
    await expectSameAccounts([seeded]);
    const wrong = SystemProgram.createAccountWithSeed({
      fromPubkey: me,
      newAccountPubkey: account.publicKey,
      basePubkey: me,
      seed: 'seed',
      lamports: Number(SOL),
      space: 0,
      programId: SystemProgram.programId,
    });
    expect(await expectSame([wrong])).toContain('0x5');
  });

  it('allocates and assigns', async () => {
    const { publicKey } = account;
    const fund = SystemProgram.transfer({ fromPubkey: me, toPubkey: publicKey, lamports: SOL });
    const allocate = SystemProgram.allocate({ accountPubkey: publicKey, space: 165 });
    const assign = SystemProgram.assign({ accountPubkey: publicKey, programId: TOKEN_PROGRAM_ID });
    expect(await expectSame([fund, allocate, assign], [account])).toBeNull();
    expect(await expectSame([allocate], [account])).toContain('0x0');
  });
});

describe('SPL Token', () => {
  it('initialises a mint once, and never a poor one', async () => {
    expect(await expectSame(createMint(), [mint])).toBeNull();
    await expectSame([createInitializeMint2Instruction(mint.publicKey, 6, me, null)]);
    const poor = SystemProgram.createAccount({
      fromPubkey: me,
      newAccountPubkey: account.publicKey,
      lamports: 1_000_000,
      space: 82,
      programId: TOKEN_PROGRAM_ID,
    });
    await expectSame(
      [poor, createInitializeMint2Instruction(account.publicKey, 6, me, null)],
      [account],
    );
  });

  it('initialises accounts in both forms', async () => {
    await expectSame(createMint(null), [mint]);
    const create = SystemProgram.createAccount({
      fromPubkey: me,
      newAccountPubkey: account.publicKey,
      lamports: 2_039_280,
      space: 165,
      programId: TOKEN_PROGRAM_ID,
    });
    const { publicKey } = account;
    await expectSame(
      [create, createInitializeAccount3Instruction(publicKey, stranger.publicKey, me)],
      [account],
    );
    await expectSame(
      [create, createInitializeAccountInstruction(publicKey, mint.publicKey, me)],
      [account],
    );
    await expectSame([createInitializeAccount3Instruction(publicKey, mint.publicKey, me)]);
  });

  const moves: readonly [string, () => TransactionInstruction, Keypair[]][] = [
    ['transfers', () => createTransferInstruction(mine, theirs, me, 400n), []],
    ['transfers nothing', () => createTransferInstruction(mine, theirs, me, 0n), []],
    ['transfers to itself', () => createTransferInstruction(mine, mine, me, 5n), []],
    [
      'transfers checked',
      () => createTransferCheckedInstruction(mine, mint.publicKey, theirs, me, 400n, 6),
      [],
    ],
    [
      'refuses wrong decimals',
      () => createTransferCheckedInstruction(mine, mint.publicKey, theirs, me, 4n, 9),
      [],
    ],
    [
      'refuses another mint',
      () => createTransferCheckedInstruction(mine, NATIVE_MINT, theirs, me, 4n, 9),
      [],
    ],
    [
      'refuses more than there is',
      () => createTransferInstruction(mine, theirs, me, 1_000_001n),
      [],
    ],
    [
      'refuses a stranger',
      () => createTransferInstruction(mine, theirs, stranger.publicKey, 1n),
      [stranger],
    ],
    [
      'refuses a missing account',
      () => createTransferInstruction(mine, account.publicKey, me, 1n),
      [],
    ],
    ['mints', () => createMintToCheckedInstruction(mint.publicKey, theirs, me, 7n, 6), []],
    [
      'mints for nobody else',
      () => createMintToInstruction(mint.publicKey, theirs, stranger.publicKey, 7n),
      [stranger],
    ],
    [
      'never overflows',
      () => createMintToInstruction(mint.publicKey, mine, me, (1n << 64n) - 1n),
      [],
    ],
    ['burns', () => createBurnInstruction(mine, mint.publicKey, me, 10n), []],
    [
      'burns no more than there is',
      () => createBurnInstruction(mine, mint.publicKey, me, 2_000_000n),
      [],
    ],
    ['closes no account with a balance', () => createCloseAccountInstruction(mine, me, me), []],
    [
      'closes an empty account',
      () => createCloseAccountInstruction(theirs, me, other.publicKey),
      [other],
    ],
    [
      'closes no account into itself',
      () => createCloseAccountInstruction(theirs, theirs, other.publicKey),
      [other],
    ],
    ['syncs no ordinary token', () => createSyncNativeInstruction(mine), []],
    [
      'thaws nothing that is not frozen',
      () => createThawAccountInstruction(mine, mint.publicKey, me),
      [],
    ],
    [
      'takes no foreign data for a token account',
      () => createTransferInstruction(mine, mint.publicKey, me, 1n),
      [],
    ],
  ];

  it.each(moves)('%s', async (_, instruction, signers) => {
    await withTokens();
    await expectSame([instruction()], signers);
  });

  it('lets a delegate spend what was approved, and no more', async () => {
    await withTokens();
    expect(
      await expectSame([createApproveInstruction(mine, other.publicKey, me, 100n)]),
    ).toBeNull();
    const spend = (amount: bigint): TransactionInstruction =>
      createTransferInstruction(mine, theirs, other.publicKey, amount);
    expect(await expectSame([spend(60n)], [other])).toBeNull();
    expect(await expectSame([spend(41n)], [other])).not.toBeNull();
    expect(await expectSame([spend(40n)], [other])).toBeNull();
    expect(await expectSame([spend(1n)], [other])).not.toBeNull();
    await expectSame([createApproveInstruction(mine, other.publicKey, me, 100n)]);
    expect(await expectSame([createRevokeInstruction(mine, me)])).toBeNull();
    expect(await expectSame([spend(1n)], [other])).not.toBeNull();
  });

  it('freezes and thaws', async () => {
    await withTokens();
    expect(await expectSame([createFreezeAccountInstruction(mine, mint.publicKey, me)])).toBeNull();
    const spend = createTransferInstruction(mine, theirs, me, 1n);
    expect(await expectSame([spend])).not.toBeNull();
    expect(await expectSame([createThawAccountInstruction(mine, mint.publicKey, me)])).toBeNull();
    expect(await expectSame([spend])).toBeNull();
  });

  it('hands over authorities', async () => {
    await withTokens();
    const set = (of: PublicKey, kind: AuthorityType, next: PublicKey | null) =>
      createSetAuthorityInstruction(of, me, kind, next);
    await expectSame([set(mine, AuthorityType.CloseAccount, stranger.publicKey)]);
    await expectSame([set(mine, AuthorityType.AccountOwner, null)]);
    await expectSame([set(mine, AuthorityType.MintTokens, me)]);
    await expectSame([set(mint.publicKey, AuthorityType.AccountOwner, me)]);
    await expectSame([set(mint.publicKey, AuthorityType.FreezeAccount, null)]);
    await expectSame([createFreezeAccountInstruction(mine, mint.publicKey, me)]);
    await expectSame([set(mint.publicKey, AuthorityType.MintTokens, null)]);
    await expectSame([createMintToInstruction(mint.publicKey, mine, me, 1n)]);
    await expectSame([set(mine, AuthorityType.AccountOwner, other.publicKey)]);
    await expectSame([createTransferInstruction(mine, theirs, me, 1n)]);
  });

  it('wraps SOL', async () => {
    const wrapped = ataOf(me, NATIVE_MINT);
    const fund = SystemProgram.transfer({ fromPubkey: me, toPubkey: wrapped, lamports: SOL });
    expect(await expectSame([createAta(me, NATIVE_MINT), fund])).toBeNull();
    expect(await expectSame([createSyncNativeInstruction(wrapped)])).toBeNull();
    const close = createCloseAccountInstruction(wrapped, me, me);
    expect(await expectSame([close])).toBeNull();
  });
});

describe('the associated token account program', () => {
  it('creates once, or idempotently', async () => {
    await expectSame(createMint(), [mint]);
    const idempotent = createAssociatedTokenAccountIdempotentInstruction(
      me,
      theirs,
      other.publicKey,
      mint.publicKey,
    );
    expect(await expectSame([idempotent])).toBeNull();
    expect(await expectSame([idempotent])).toBeNull();
    expect(await expectSame([createAta(other.publicKey)])).not.toBeNull();
  });

  it('creates where somebody has sent lamports before', async () => {
    await expectSame(createMint(), [mint]);
    const gift = SystemProgram.transfer({ fromPubkey: me, toPubkey: mine, lamports: 1_000_000 });
    expect(await expectSame([gift, createAta(me)])).toBeNull();
  });

  it('refuses another address and a mint that is none', async () => {
    await expectSame(createMint(), [mint]);
    const wrong = createAssociatedTokenAccountInstruction(me, theirs, me, mint.publicKey);
    expect(await expectSame([wrong])).not.toBeNull();
    expect(await expectSame([createAta(me, stranger.publicKey)])).not.toBeNull();
  });
});
