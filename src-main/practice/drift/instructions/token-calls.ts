/** Calls of other programs. */
import { createTransferInstruction } from '@solana/spl-token';
import { SystemProgram } from '@solana/web3.js';
import type { PublicKey, TransactionInstruction } from '@solana/web3.js';
import type { InnerInstruction, InstructionContext } from '../../chain/program.ts';
import { anchorError } from '../errors.ts';
import type { InstructionFrame } from '../instruction-frame.ts';
import { rentExempt, readTokenAccount } from '../spl-bytes.ts';
import type { TokenHolding } from '../spl-bytes.ts';

interface TokenTransfer {
  readonly from: PublicKey;
  readonly to: PublicKey;
  readonly owner: PublicKey;
  readonly amount: bigint;
}

/** @param signers program addresses that sign for the vault. */
export function transferTokens(
  context: InstructionContext,
  transfer: TokenTransfer,
  signers: readonly PublicKey[],
): void {
  const { from, to, owner, amount } = transfer;
  context.invoke(innerInstruction(createTransferInstruction(from, to, owner, amount)), signers);
}

/** Makes the account of a program address, paid by `payer`. Fails as the System program does when it exists. */
export function createProgramAccount(
  context: InstructionContext,
  payer: PublicKey,
  address: PublicKey,
  space: number,
): void {
  const instruction = SystemProgram.createAccount({
    fromPubkey: payer,
    newAccountPubkey: address,
    lamports: Number(rentExempt(space)),
    space,
    programId: context.programId,
  });
  context.invoke(innerInstruction(instruction), [address]);
}

/** @throws AccountNotInitialized when it is no token account. */
export function tokenAccountOf(frame: InstructionFrame, name: string): TokenHolding {
  const holding = readTokenAccount(frame.context.getAccount(frame.key(name)));
  if (!holding) throw anchorError('AccountNotInitialized', name);
  return holding;
}

function innerInstruction({ programId, keys, data }: TransactionInstruction): InnerInstruction {
  return { programId, accounts: keys, data: Buffer.from(data) };
}
