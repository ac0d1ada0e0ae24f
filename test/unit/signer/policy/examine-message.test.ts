import { ComputeBudgetProgram, SystemProgram, type TransactionInstruction } from '@solana/web3.js';
import {
  createAssociatedTokenAccountIdempotentInstruction,
  createTransferInstruction,
  TOKEN_2022_PROGRAM_ID,
} from '@solana/spl-token';
import { describe, expect, it } from 'vitest';
import type { SigningIntent } from '#domain/capital-intent.ts';
import { address } from '#domain/ids.ts';
import { tokenAmount } from '#domain/units.ts';
import { examineMessage, type ExaminedMessage } from '#main/signer/policy/examine-message.ts';
import {
  compile,
  DELEGATE,
  honestMessages,
  intentOf,
  LIMITS,
  messageFor,
  NEWCOMER,
  SOL,
  STRANGER,
  TRADER,
  USDC,
} from '#test/support/capital-messages.ts';

function examined(intent: SigningIntent): ExaminedMessage {
  const result = examineMessage(compile(messageFor(intent)), intent, LIMITS);
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

/** `rule: message` of the refusal of an honest message with other instructions. */
function refusal(
  change: (instructions: readonly TransactionInstruction[]) => readonly TransactionInstruction[],
  intent = intentOf(),
): string {
  const honest = messageFor(intent);
  const message = compile({ ...honest, instructions: change(honest.instructions) });
  const result = examineMessage(message, intent, LIMITS);
  return result.ok ? 'accepted' : `${result.error.details?.['rule']}: ${result.error.message}`;
}

describe('words for the trader', () => {
  it('name what each honest message does', () => {
    const titles = honestMessages().map(({ intent, instructions, payer }) => {
      const result = examineMessage(compile({ instructions, payer }), intent, LIMITS);
      return result.ok ? result.value.title : result.error.message;
    });
    expect(titles).toEqual([
      'Deposit 50 USDC',
      'Deposit 0.3 SOL',
      'Withdraw 50 USDC',
      'Withdraw 0.3 SOL',
      'Transfer 50 USDC',
      'Open sub-account 0',
      'Open sub-account 3',
      'Deposit 50 USDC',
      `Deposit 50 unknown token ${NEWCOMER.mint.slice(0, 4)}…${NEWCOMER.mint.slice(-4)}`,
    ]);
  });

  it('hold the whole mint, the wallet, the operation and the fee', () => {
    const { lines, feeLamports } = examined(intentOf());
    const values = lines.map(({ value }) => value);
    const keys = [USDC.mint, TRADER.publicKey.toBase58(), intentOf().operationId];
    for (const key of keys) expect(values).toContain(key);
    expect(feeLamports).toBe(85_000n);
    expect(values).toContain('0.000085 SOL');
    expect(values).toContain('mainnet (real money)');
  });

  it('say that a delegate signs', () => {
    const { lines, warnings } = examined(
      intentOf({ signerKey: address(DELEGATE.publicKey.toBase58()) }),
    );
    expect(lines).toContainEqual({
      label: 'Wallet, as delegate',
      value: DELEGATE.publicKey.toBase58(),
      kind: 'key',
    });
    expect(warnings.join(' ')).toContain('Only its owner');
  });

  it('warn of an unknown token and have its amount typed', () => {
    const unknown = examined(intentOf({ token: NEWCOMER }));
    expect(unknown).toMatchObject({ value: null, mustBeTyped: true });
    expect(unknown.warnings.join(' ')).toContain('does not know this token');
    expect(unknown.lines.map(({ value }) => value)).toContain(NEWCOMER.mint);
    expect(examined(intentOf())).toMatchObject({ mustBeTyped: false, warnings: [] });
  });
});

describe('the signer’s own count', () => {
  it.each([
    ['USDC, one for one', USDC, 1_234_567n, 1_234_567n],
    [
      'a dollar coin of nine decimals, rounded up',
      {
        symbol: 'USDe',
        marketIndex: 23,
        mint: address('DEkqHyPN7GMRJ5cArtQFAWefqbZb33Hyf6s5iCwjEonT'),
        decimals: 9,
      },
      1_000_000_001n,
      1_000_001n,
    ],
    ['no count of SOL', SOL, 1n, null],
  ])('is %s', (_, token, amount, value) => {
    expect(examined(intentOf({ token, amount: tokenAmount(amount) })).value).toBe(value);
  });
});

describe('refusals', () => {
  const payer = TRADER.publicKey;
  const stranger = STRANGER.publicKey;
  const limit = (units: number) => ComputeBudgetProgram.setComputeUnitLimit({ units });

  it.each([
    [
      'a transfer of SOL',
      [SystemProgram.transfer({ fromPubkey: payer, toPubkey: stranger, lamports: 1 })],
      /^instruction: Instruction 5 is “transfer” of the System program/,
    ],
    [
      'a nonce',
      [SystemProgram.nonceAdvance({ noncePubkey: stranger, authorizedPubkey: payer })],
      /^instruction: Instruction 5 is “advance nonce”/,
    ],
    [
      'Token-2022',
      [createTransferInstruction(stranger, stranger, payer, 1, [], TOKEN_2022_PROGRAM_ID)],
      /^program: .* Token-2022 .* may change what a transfer does/,
    ],
    [
      'what another operation needs',
      [createAssociatedTokenAccountIdempotentInstruction(payer, stranger, payer, stranger)],
      /^account: Account 2 of instruction 5 \(opening of the wallet’s token account\) must be the wallet-tokens/,
    ],
    ['a second limit', [limit(1)], /^order: The message has the compute limit 2 times/],
  ])('name %s', (_, more, words) => {
    expect(refusal((instructions) => [...instructions, ...more])).toMatch(words);
  });

  it('name the fee, the order and the memo', () => {
    expect(refusal((all) => all.with(0, limit(250_001)))).toBe(
      'priority-fee: The priority fee is 100001 lamports, above the highest of 100000.',
    );
    expect(refusal((all) => all.toSpliced(2, 1))).toBe('memo: The message lacks the memo.');
    expect(refusal((all) => all.slice(0, 3))).toBe('order: The message lacks the deposit.');
    const sol = intentOf({ token: SOL });
    expect(refusal((all) => all.slice(0, -1), sol)).toBe(
      'order: The message lacks the closing of the temporary account.',
    );
  });

  it('take exactly the highest fee', () => {
    expect(refusal((all) => all.with(0, limit(250_000)))).toBe('accepted');
    expect(refusal((all) => all.slice(2))).toBe('accepted');
    // A price without a limit counts for the most that the chain grants.
    expect(refusal((all) => all.slice(1))).toMatch(/^priority-fee: The priority fee is 560000/);
  });

  it('name the mint behind a borrowed name', () => {
    const intent = intentOf({ token: { ...NEWCOMER, symbol: 'USDC' } });
    expect(refusal((all) => all, intent)).toBe(
      `token: The request calls the mint ${NEWCOMER.mint} “USDC”; USDC is the mint ${USDC.mint}.`,
    );
  });

  it('know the markets of the live venue, and leave play money its own', () => {
    const token = { ...USDC, marketIndex: 2 };
    expect(refusal((all) => all, intentOf({ token }))).toMatch(/^token: Spot market 2 holds mSOL/);
    const practice = intentOf({ token, networkKind: 'practice' });
    expect(refusal((all) => all, practice)).toBe('accepted');
  });
});
