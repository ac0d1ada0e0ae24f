import type { TransactionInstruction } from '@solana/web3.js';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Vendor } from '../vendor.ts';
import { computeBudgetOf } from './priority-fee.ts';
import { MAX_WIRE_BYTES } from './solana-programs.ts';

/** Stands for the blockhash where none counts: in a simulation, and in what is shown for approval. */
export const NO_BLOCKHASH = '11111111111111111111111111111111';

const SIGNATURE_BYTES = 64;
/** Number of signatures before them, in Solana's short form: one byte for one. */
const COUNT_BYTES = 1;

export interface MessageParts {
  readonly signerKey: string;
  /** Everything after the compute budget. */
  readonly instructions: readonly TransactionInstruction[];
  /** Lamports. */
  readonly priorityFee: bigint;
  /** What the simulation used; null: nothing was simulated. */
  readonly unitsUsed: number | null;
  readonly blockhash: string;
}

/** A v0 message without lookups, serialized. An error when its transaction would be too long for the network. */
export function compileMessage(
  { web3 }: Vendor,
  { signerKey, instructions, priorityFee, unitsUsed, blockhash }: MessageParts,
): Result<Buffer, KeelError> {
  const { unitLimit, unitPrice } = computeBudgetOf(unitsUsed, priorityFee);
  const budget = [
    web3.ComputeBudgetProgram.setComputeUnitLimit({ units: unitLimit }),
    web3.ComputeBudgetProgram.setComputeUnitPrice({ microLamports: unitPrice }),
  ];
  const compiled = new web3.TransactionMessage({
    payerKey: new web3.PublicKey(signerKey),
    recentBlockhash: blockhash,
    instructions: [...budget, ...instructions],
  }).compileToV0Message();
  let bytes: Buffer;
  try {
    bytes = Buffer.from(compiled.serialize());
  } catch {
    return err(tooLong(null));
  }
  const length = COUNT_BYTES + SIGNATURE_BYTES + bytes.length;
  if (compiled.header.numRequiredSignatures !== 1) throw new Error('One signer signs, no other');
  return length <= MAX_WIRE_BYTES ? ok(bytes) : err(tooLong(length));
}

/** The transaction as it is sent; the signature all zero where none is given. */
export function wireOf(message: Uint8Array, signature?: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([1]), signature ?? Buffer.alloc(SIGNATURE_BYTES), message]);
}

function tooLong(length: number | null): KeelError {
  const has = length === null ? 'more' : `${length}`;
  return keelError(
    'CAPITAL_DENIED',
    'fix-input',
    `The transaction would have ${has} bytes where the network takes ${MAX_WIRE_BYTES}: the sub-account holds too many markets.`,
    'Close positions in markets that are not needed, or use another sub-account.',
  );
}
