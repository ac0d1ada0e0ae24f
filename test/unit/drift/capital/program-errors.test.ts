import { beforeAll, describe, expect, it } from 'vitest';
import { programRefusal, programsOf } from '#main/drift/capital/program-errors.ts';
import {
  ASSOCIATED_TOKEN_PROGRAM,
  MEMO_PROGRAM,
  SYSTEM_PROGRAM,
  TOKEN_PROGRAM,
} from '#main/drift/capital/solana-programs.ts';
import { loadVendor, type Vendor } from '#main/drift/vendor.ts';

const VENUE = 'dRiftyHA39MWEi3m9aunc5MzRF1JYuBsbn6VPcn33UH';

let vendor: Vendor;
beforeAll(async () => {
  vendor = await loadVendor();
});

function wordsOf(error: unknown, programs: readonly string[] = [VENUE]): string {
  return programRefusal(vendor, 'SIMULATION_FAILED', { error, programs, venueProgram: VENUE })
    .message;
}

const custom = (code: number, index = 0) => ({ InstructionError: [index, { Custom: code }] });

describe('a refusal in words', () => {
  it.each([
    [6003, 'too little collateral left (InsufficientCollateral, 6003)'],
    [6024, 'paused this operation (ExchangePaused, 6024)'],
    [6038, 'no more deposits of this token (MaxDeposit, 6038)'],
    [6117, 'being liquidated (UserIsBeingLiquidated, 6117)'],
    [6125, 'bankrupt (UserBankrupt, 6125)'],
    [6128, 'may leave it in a day (DailyWithdrawLimit, 6128)'],
    [6149, 'withdrawals of this token are paused (MarketWithdrawPaused, 6149)'],
    [6214, 'another sub-account number is next (InvalidUserSubAccountId, 6214)'],
    [6_999, 'unknown error, 6999'],
    [2006, 'not the address that it must have (2006)'],
    [1, 'the token account holds too little'],
  ])('of the venue’s %s', (code, words) => {
    expect(wordsOf(custom(code))).toContain(words);
  });

  it('goes by the program of the instruction that failed', () => {
    const programs = [SYSTEM_PROGRAM, TOKEN_PROGRAM, ASSOCIATED_TOKEN_PROGRAM, MEMO_PROGRAM, VENUE];
    expect(wordsOf(custom(1, 0), programs)).toContain('the wallet has too little SOL');
    expect(wordsOf(custom(1, 1), programs)).toContain('the token account holds too little');
    expect(wordsOf(custom(0, 2), programs)).toContain('exists already');
    expect(wordsOf(custom(1, 3), programs)).toContain('the memo program failed with error 1');
    // A number of the venue's says nothing of another program's error.
    expect(wordsOf(custom(6003, 1), programs)).toContain('a program failed with error 6003');
    expect(wordsOf(custom(6003, 9), programs)).toContain('a program failed with error 6003');
  });

  it.each<[unknown, string]>([
    ['InsufficientFundsForFee', 'too little SOL for the fee'],
    [{ InsufficientFundsForRent: { account_index: 0 } }, 'less SOL than its rent'],
    [{ InstructionError: [0, 'InvalidAccountData'] }, 'invalid account data'],
    [{ InstructionError: 'x' }, 'InstructionError'],
    [null, 'an error without a name'],
    ['NeverHeardOf', 'NeverHeardOf'],
  ])('of the transaction: %j', (error, words) => {
    expect(wordsOf(error)).toContain(words);
  });

  it('tells before and after the landing apart, and keeps what the node said, cut', () => {
    const error = { Odd: 'x'.repeat(2_000) };
    const chain = { error, programs: [], venueProgram: VENUE };
    const refusal = programRefusal(vendor, 'FAILED_ON_CHAIN', chain);
    expect(refusal).toMatchObject({ code: 'FAILED_ON_CHAIN' });
    expect(refusal.message).toContain('The chain refused it');
    expect(refusal.details?.['error']).toHaveLength(500);
  });

  it('names no programs of what is no message', () => {
    expect(programsOf(vendor, new Uint8Array([1, 2, 3]))).toEqual([]);
  });
});
