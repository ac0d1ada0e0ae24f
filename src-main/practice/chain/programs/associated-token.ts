/** The associated token account program: one token account per wallet and mint, at a derived address. */
import { ASSOCIATED_TOKEN_PROGRAM_ID, TOKEN_PROGRAM_ID } from '@solana/spl-token';
import { PublicKey, SystemProgram } from '@solana/web3.js';
import type { TransactionInstruction } from '@solana/web3.js';
import { ProgramError } from '../program.ts';
import type { InnerInstruction, InstructionContext, Program } from '../program.ts';
import { minimumBalance } from '../rent.ts';
import { accountAt } from './instruction-reader.ts';
import { TOKEN_ACCOUNT_BYTES, TokenAccountRecord } from './token-layout.ts';

const INVALID_OWNER = 0;

export const associatedTokenProgram: Program = {
  id: ASSOCIATED_TOKEN_PROGRAM_ID,
  execute(context) {
    const tag = context.data[0] ?? 0;
    if (tag > 1) throw new ProgramError('InvalidInstructionData', `instruction ${tag}`);
    context.log(tag === 1 ? 'CreateIdempotent' : 'Create');
    create(context, tag === 1);
  },
};

function create(context: InstructionContext, idempotent: boolean): void {
  const [funder, associated, wallet, mint, , tokenProgram] = [0, 1, 2, 3, 4, 5].map(
    (index) => accountAt(context, index).pubkey,
  ) as [PublicKey, PublicKey, PublicKey, PublicKey, PublicKey, PublicKey];
  const [expected] = PublicKey.findProgramAddressSync(
    [wallet.toBytes(), tokenProgram.toBytes(), mint.toBytes()],
    ASSOCIATED_TOKEN_PROGRAM_ID,
  );
  if (!expected.equals(associated)) {
    context.log('Error: Associated address does not match seed derivation');
    throw new ProgramError('InvalidSeeds', 'another address is derived');
  }
  if (!tokenProgram.equals(TOKEN_PROGRAM_ID)) {
    throw new ProgramError('IncorrectProgramId', 'only SPL Token is supported');
  }
  const existing = context.getAccount(associated);
  if (idempotent && existing?.owner.equals(tokenProgram) === true) {
    return checkExisting(existing.data, wallet, mint);
  }
  if (existing !== null && !existing.owner.equals(SystemProgram.programId)) {
    throw new ProgramError('IllegalOwner', 'the account exists');
  }
  requireMint(context, mint);
  createFunded(context, funder, associated, existing?.lamports ?? 0n);
  initialize(context, associated, wallet, mint);
}

function requireMint(context: InstructionContext, mint: PublicKey): void {
  context.invoke({
    programId: TOKEN_PROGRAM_ID,
    accounts: [{ pubkey: mint, isSigner: false, isWritable: false }],
    data: Buffer.from([21]),
  });
}

function checkExisting(data: Buffer, wallet: PublicKey, mint: PublicKey): void {
  const record = TokenAccountRecord.initialized(data);
  if (!record.owner.equals(wallet)) {
    throw new ProgramError(INVALID_OWNER, 'the associated account has another owner');
  }
  if (!record.mint.equals(mint)) throw new ProgramError('InvalidAccountData', 'another mint');
}

function createFunded(
  context: InstructionContext,
  funder: PublicKey,
  associated: PublicKey,
  lamports: bigint,
): void {
  const rent = minimumBalance(TOKEN_ACCOUNT_BYTES);
  const account = { fromPubkey: funder, newAccountPubkey: associated };
  const invoke = (instruction: TransactionInstruction): void =>
    context.invoke(innerOf(instruction), [associated]);
  if (lamports === 0n) {
    const size = { lamports: Number(rent), space: TOKEN_ACCOUNT_BYTES };
    invoke(SystemProgram.createAccount({ ...account, ...size, programId: TOKEN_PROGRAM_ID }));
    return;
  }
  if (lamports < rent) {
    const missing = Number(rent - lamports);
    invoke(SystemProgram.transfer({ fromPubkey: funder, toPubkey: associated, lamports: missing }));
  }
  invoke(SystemProgram.allocate({ accountPubkey: associated, space: TOKEN_ACCOUNT_BYTES }));
  invoke(SystemProgram.assign({ accountPubkey: associated, programId: TOKEN_PROGRAM_ID }));
}

function innerOf({ programId, keys, data }: TransactionInstruction): InnerInstruction {
  return { programId, accounts: keys, data };
}

function initialize(
  context: InstructionContext,
  associated: PublicKey,
  wallet: PublicKey,
  mint: PublicKey,
): void {
  const account = { pubkey: associated, isSigner: false, isWritable: true };
  context.log('Initialize the associated token account');
  context.invoke({ programId: TOKEN_PROGRAM_ID, accounts: [account], data: Buffer.from([22]) });
  context.invoke({
    programId: TOKEN_PROGRAM_ID,
    accounts: [account, { pubkey: mint, isSigner: false, isWritable: false }],
    data: Buffer.concat([Buffer.from([18]), wallet.toBytes()]),
  });
}
