/** The practice chain seen through an unmodified web3.js: what passes here, passes for any Solana client. */
import {
  createAssociatedTokenAccountIdempotentInstruction,
  createInitializeMint2Instruction,
  createMintToInstruction,
  createTransferCheckedInstruction,
  getAccount,
  getAssociatedTokenAddressSync,
  getMint,
  MINT_SIZE,
  NATIVE_MINT,
  createSyncNativeInstruction,
  createCloseAccountInstruction,
  TOKEN_PROGRAM_ID,
} from '@solana/spl-token';
import {
  ComputeBudgetProgram,
  Connection,
  Keypair,
  PublicKey,
  sendAndConfirmTransaction,
  SystemProgram,
  Transaction,
  TransactionInstruction,
  TransactionMessage,
  VersionedTransaction,
} from '@solana/web3.js';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PracticeNetwork } from '#main/practice/practice-network.ts';
import { startBareNetwork } from '#test/support/practice-chain.ts';

const SOL = 1_000_000_000;
const MEMO = new PublicKey('MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr');

let close: () => Promise<void>;
let network: PracticeNetwork;
let connection: Connection;
let payer: Keypair;

beforeAll(async () => {
  ({ network, close } = await startBareNetwork());
  connection = new Connection(network.httpUrl, 'confirmed');
  payer = await funded(10 * SOL);
});

afterAll(async () => {
  await close();
});

async function funded(lamports: number): Promise<Keypair> {
  const keypair = Keypair.generate();
  const signature = await connection.requestAirdrop(keypair.publicKey, lamports);
  const latest = await connection.getLatestBlockhash();
  const { value } = await connection.confirmTransaction({ signature, ...latest }, 'confirmed');
  expect(value.err).toBeNull();
  return keypair;
}

function transferOf(lamports: number, to = Keypair.generate().publicKey): TransactionInstruction {
  return SystemProgram.transfer({ fromPubkey: payer.publicKey, toPubkey: to, lamports });
}

async function signed(...instructions: TransactionInstruction[]): Promise<VersionedTransaction> {
  const { blockhash } = await connection.getLatestBlockhash();
  const message = new TransactionMessage({
    payerKey: payer.publicKey,
    recentBlockhash: blockhash,
    instructions,
  }).compileToV0Message();
  const transaction = new VersionedTransaction(message);
  transaction.sign([payer]);
  return transaction;
}

describe('money', () => {
  it('moves by a legacy transaction that is confirmed over the WebSocket', async () => {
    const to = Keypair.generate().publicKey;
    const before = await connection.getBalance(payer.publicKey);
    const transaction = new Transaction().add(transferOf(SOL, to));
    const signature = await sendAndConfirmTransaction(connection, transaction, [payer]);
    expect(await connection.getBalance(to)).toBe(SOL);
    expect(await connection.getBalance(payer.publicKey)).toBe(before - SOL - 5000);
    const landed = await connection.getTransaction(signature, { commitment: 'confirmed' });
    expect(landed?.meta?.fee).toBe(5000);
    expect(landed?.meta?.err).toBeNull();
    expect(landed?.meta?.logMessages).toEqual([
      'Program 11111111111111111111111111111111 invoke [1]',
      'Program 11111111111111111111111111111111 success',
    ]);
  });

  it('pays the price per compute unit on top of the signature', async () => {
    const transaction = await signed(
      ComputeBudgetProgram.setComputeUnitLimit({ units: 100_000 }),
      ComputeBudgetProgram.setComputeUnitPrice({ microLamports: 1_000_000 }),
      transferOf(SOL / 10),
    );
    const { value } = await connection.getFeeForMessage(transaction.message);
    expect(value).toBe(105_000);
    const before = await connection.getBalance(payer.publicKey);
    const signature = await connection.sendTransaction(transaction);
    await connection.confirmTransaction(signature, 'confirmed');
    expect(await connection.getBalance(payer.publicKey)).toBe(before - SOL / 10 - 105_000);
  });

  it('does not come back when a transaction fails: the fee is gone, nothing else', async () => {
    const to = Keypair.generate().publicKey;
    const before = await connection.getBalance(payer.publicKey);
    const transaction = await signed(transferOf(SOL, to), transferOf(100_000 * SOL, to));
    const signature = await connection.sendTransaction(transaction, { skipPreflight: true });
    // Not by confirmTransaction: it returns the error or throws it, whichever answer comes first.
    const outcome = async () => (await connection.getSignatureStatus(signature)).value;
    await expect.poll(outcome, { interval: 20 }).toMatchObject({
      confirmationStatus: 'confirmed',
      err: { InstructionError: [1, { Custom: 1 }] },
    });
    expect(await connection.getBalance(to)).toBe(0);
    expect(await connection.getBalance(payer.publicKey)).toBe(before - 5000);
    const landed = await connection.getTransaction(signature, {
      commitment: 'confirmed',
      maxSupportedTransactionVersion: 0,
    });
    expect(landed?.meta?.logMessages?.at(-1)).toBe(
      'Program 11111111111111111111111111111111 failed: custom program error: 0x1',
    );
  });
});

describe('sending', () => {
  it('is refused by the preflight with the logs of the simulation', async () => {
    const transaction = await signed(transferOf(100_000 * SOL));
    await expect(connection.sendTransaction(transaction)).rejects.toMatchObject({
      transactionMessage:
        'Transaction simulation failed: Error processing Instruction 0: custom program error: 0x1',
    });
  });

  it('is refused when the blockhash is unknown', async () => {
    const transaction = await signed(transferOf(SOL));
    transaction.message.recentBlockhash = Keypair.generate().publicKey.toBase58();
    transaction.sign([payer]);
    await expect(connection.sendTransaction(transaction)).rejects.toThrow('Blockhash not found');
  });

  it('is refused when a signature is wrong', async () => {
    const transaction = await signed(transferOf(SOL));
    transaction.signatures[0]!.fill(7);
    await expect(connection.sendTransaction(transaction)).rejects.toThrow(
      'signature verification fail',
    );
  });

  it('lands once, however often the same bytes are sent', async () => {
    const to = Keypair.generate().publicKey;
    const transaction = await signed(transferOf(SOL / 100, to));
    const wire = transaction.serialize();
    const signature = await connection.sendRawTransaction(wire);
    expect(await connection.sendRawTransaction(wire, { skipPreflight: true })).toBe(signature);
    await connection.confirmTransaction(signature, 'confirmed');
    await expect(
      connection.sendRawTransaction(wire, { preflightCommitment: 'processed' }),
    ).rejects.toThrow('already been processed');
    await connection.sendRawTransaction(wire, { skipPreflight: true });
    await nextSlots(3);
    expect(await connection.getBalance(to)).toBe(SOL / 100);
  });
});

/** Waits by the chain's own clock. */
async function nextSlots(count: number): Promise<void> {
  await new Promise<void>((resolve) => {
    let left = count;
    const id = connection.onSlotChange(() => {
      left -= 1;
      if (left > 0) return;
      void connection.removeSlotChangeListener(id).then(resolve);
    });
  });
}

describe('simulation', () => {
  it('shows the accounts as they would be, and changes nothing', async () => {
    const to = Keypair.generate().publicKey;
    const transaction = await signed(transferOf(SOL, to));
    const { value } = await connection.simulateTransaction(transaction, {
      sigVerify: true,
      accounts: { encoding: 'base64', addresses: [to.toBase58()] },
    });
    expect(value.err).toBeNull();
    expect(value.accounts?.[0]?.lamports).toBe(SOL);
    expect(value.logs).toHaveLength(2);
    expect(await connection.getBalance(to)).toBe(0);
  });

  it('takes an unsigned transaction with any blockhash when told to replace it', async () => {
    const message = new TransactionMessage({
      payerKey: payer.publicKey,
      recentBlockhash: PublicKey.default.toBase58(),
      instructions: [transferOf(SOL)],
    }).compileToV0Message();
    const { value } = await connection.simulateTransaction(new VersionedTransaction(message), {
      replaceRecentBlockhash: true,
    });
    expect(value.err).toBeNull();
  });
});

describe('tokens', () => {
  it('are created, minted to associated accounts and transferred', async () => {
    const mint = Keypair.generate();
    const other = Keypair.generate().publicKey;
    const from = getAssociatedTokenAddressSync(mint.publicKey, payer.publicKey);
    const to = getAssociatedTokenAddressSync(mint.publicKey, other);
    const rent = await connection.getMinimumBalanceForRentExemption(MINT_SIZE);
    const key = payer.publicKey;
    const transaction = new Transaction().add(
      SystemProgram.createAccount({
        fromPubkey: key,
        newAccountPubkey: mint.publicKey,
        lamports: rent,
        space: MINT_SIZE,
        programId: TOKEN_PROGRAM_ID,
      }),
      createInitializeMint2Instruction(mint.publicKey, 6, key, null),
      createAssociatedTokenAccountIdempotentInstruction(key, from, key, mint.publicKey),
      createAssociatedTokenAccountIdempotentInstruction(key, to, other, mint.publicKey),
      createMintToInstruction(mint.publicKey, from, key, 5_000_000n),
      createTransferCheckedInstruction(from, mint.publicKey, to, key, 1_250_000n, 6),
    );
    await sendAndConfirmTransaction(connection, transaction, [payer, mint]);
    expect((await getMint(connection, mint.publicKey)).supply).toBe(5_000_000n);
    expect((await getAccount(connection, from)).amount).toBe(3_750_000n);
    const { value } = await connection.getTokenAccountBalance(to);
    expect(value).toMatchObject({ amount: '1250000', decimals: 6, uiAmountString: '1.25' });
    const owned = await connection.getParsedTokenAccountsByOwner(other, { mint: mint.publicKey });
    expect(owned.value[0]?.account.data.parsed.info.tokenAmount.uiAmount).toBe(1.25);
    const byFilter = await connection.getProgramAccounts(TOKEN_PROGRAM_ID, {
      dataSlice: { offset: 64, length: 8 },
      filters: [{ dataSize: 165 }, { memcmp: { offset: 32, bytes: other.toBase58() } }],
    });
    expect(byFilter.map(({ account }) => account.data.readBigUInt64LE())).toEqual([1_250_000n]);
  });

  it('wrap SOL and give it back', async () => {
    const key = payer.publicKey;
    const account = getAssociatedTokenAddressSync(NATIVE_MINT, key);
    const wrap = new Transaction().add(
      createAssociatedTokenAccountIdempotentInstruction(key, account, key, NATIVE_MINT),
      transferOf(SOL / 2, account),
      createSyncNativeInstruction(account),
    );
    await sendAndConfirmTransaction(connection, wrap, [payer]);
    expect((await getAccount(connection, account)).amount).toBe(BigInt(SOL / 2));
    const before = await connection.getBalance(key);
    const rent = await connection.getMinimumBalanceForRentExemption(165);
    const unwrap = new Transaction().add(createCloseAccountInstruction(account, key, key));
    await sendAndConfirmTransaction(connection, unwrap, [payer]);
    expect(await connection.getBalance(key)).toBe(before + SOL / 2 + rent - 5000);
    expect(await connection.getAccountInfo(account)).toBeNull();
  });
});

describe('history', () => {
  it('lists an address, newest first, with memos', async () => {
    const to = Keypair.generate().publicKey;
    const memo = new TransactionInstruction({
      programId: MEMO,
      keys: [{ pubkey: payer.publicKey, isSigner: true, isWritable: false }],
      data: Buffer.from('operation 7'),
    });
    const first = await connection.sendTransaction(await signed(transferOf(SOL / 100, to)));
    await connection.confirmTransaction(first, 'confirmed');
    const second = await connection.sendTransaction(await signed(transferOf(SOL / 50, to), memo));
    await connection.confirmTransaction(second, 'confirmed');
    const listed = await connection.getSignaturesForAddress(to, {}, 'confirmed');
    expect(listed.map(({ signature }) => signature)).toEqual([second, first]);
    expect(listed[0]?.memo).toBe('[11] operation 7');
    const parsed = await connection.getParsedTransaction(second, {
      commitment: 'confirmed',
      maxSupportedTransactionVersion: 0,
    });
    expect(parsed?.meta?.logMessages).toContain('Program log: Memo (len 11): "operation 7"');
    expect(parsed?.transaction.message.accountKeys[0]).toMatchObject({ signer: true });
  });

  it('knows how sure a signature is: confirmed at first, finalized 32 slots later', async () => {
    const signature = await connection.sendTransaction(await signed(transferOf(SOL / 100)));
    await connection.confirmTransaction(signature, 'confirmed');
    const early = await connection.getSignatureStatus(signature);
    expect(early.value).toMatchObject({ err: null, confirmationStatus: 'confirmed' });
    await connection.confirmTransaction(signature, 'finalized');
    const late = await connection.getSignatureStatus(signature);
    expect(late.value).toMatchObject({ confirmations: null, confirmationStatus: 'finalized' });
  });
});

describe('subscriptions', () => {
  it('tell of accounts, programs and logs', async () => {
    const to = Keypair.generate().publicKey;
    const seen: string[] = [];
    const waits: Promise<void>[] = [];
    const once = (name: string, subscribe: (done: () => void) => number): void => {
      const wait = new Promise<void>((resolve) => {
        subscribe(() => {
          seen.push(name);
          resolve();
        });
      });
      waits.push(wait);
    };
    once('account', (done) => connection.onAccountChange(to, done, { commitment: 'confirmed' }));
    once('program', (done) =>
      connection.onProgramAccountChange(
        SystemProgram.programId,
        ({ accountId }) => accountId.equals(to) && done(),
        { commitment: 'processed' },
      ),
    );
    once('logs', (done) => connection.onLogs(to, done, 'confirmed'));
    once('root', (done) => connection.onRootChange(done));
    await nextSlots(2);
    await connection.sendTransaction(await signed(transferOf(SOL / 100, to)));
    await Promise.all(waits);
    expect(new Set(seen)).toEqual(new Set(['account', 'program', 'logs', 'root']));
  });
});

describe('the node', () => {
  it('introduces itself', async () => {
    expect(await connection.getGenesisHash()).toBe(network.genesisHash);
    expect((await connection.getVersion())['solana-core']).toMatch(/^\d+\.\d+\.\d+$/);
    const { absoluteSlot, blockHeight } = await connection.getEpochInfo('processed');
    expect(absoluteSlot).toBeGreaterThan(blockHeight ?? Infinity);
    expect(await connection.getRecentPrioritizationFees()).not.toHaveLength(0);
    expect(await connection.getSlot('finalized')).toBeLessThan(
      await connection.getSlot('confirmed'),
    );
  });

  it('answers a hundred keys at once and refuses more', async () => {
    const keys = Array.from({ length: 100 }, () => Keypair.generate().publicKey);
    keys[7] = payer.publicKey;
    const accounts = await connection.getMultipleAccountsInfo(keys);
    expect(accounts.map((account) => account !== null).indexOf(true)).toBe(7);
    keys.push(payer.publicKey);
    await expect(connection.getMultipleAccountsInfo(keys)).rejects.toThrow('max 100');
  });

  it('refuses to answer for a slot that it has not reached', async () => {
    const slot = await connection.getSlot('processed');
    await expect(
      connection.getAccountInfo(payer.publicKey, { minContextSlot: slot + 1_000 }),
    ).rejects.toThrow('Minimum context slot has not been reached');
  });
});

// Last: web3.js keeps a blockhash for half a minute, which is longer than it holds on this fast chain.
describe('expiry', () => {
  it('never lands a transaction whose blockhash has expired', async () => {
    const transaction = await signed(transferOf(SOL));
    const { lastValidBlockHeight } = await connection.getLatestBlockhash();
    await nextSlots(155);
    expect(await connection.getBlockHeight('confirmed')).toBeGreaterThan(lastValidBlockHeight);
    const hash = transaction.message.recentBlockhash;
    expect((await connection.isBlockhashValid(hash)).value).toBe(false);
    const signature = await connection.sendTransaction(transaction, { skipPreflight: true });
    await nextSlots(3);
    const { value } = await connection.getSignatureStatuses([signature], {
      searchTransactionHistory: true,
    });
    expect(value).toEqual([null]);
  }, 20_000);
});
