import { ComputeBudgetProgram } from '@solana/web3.js';
import type { MessageCompiledInstruction, PublicKey, VersionedMessage } from '@solana/web3.js';

export const LAMPORTS_PER_SIGNATURE = 5000n;
const DEFAULT_UNITS_PER_INSTRUCTION = 200_000;
const MAX_COMPUTE_UNITS = 1_400_000;
const MICRO_LAMPORTS = 1_000_000n;

export interface ComputeBudget {
  readonly unitLimit: number;
  /** Micro-lamports per compute unit. */
  readonly unitPrice: bigint;
}

/** What a transaction may use and pays for, read from its compute-budget instructions. */
export function computeBudgetOf(
  keys: readonly PublicKey[],
  instructions: readonly MessageCompiledInstruction[],
): ComputeBudget {
  let limit: number | null = null;
  let unitPrice = 0n;
  let others = 0;
  for (const { programIdIndex, data } of instructions) {
    if (keys[programIdIndex]?.equals(ComputeBudgetProgram.programId) !== true) {
      others += 1;
      continue;
    }
    const bytes = Buffer.from(data);
    if (bytes[0] === 2 && bytes.length >= 5) limit = bytes.readUInt32LE(1);
    if (bytes[0] === 3 && bytes.length >= 9) unitPrice = bytes.readBigUInt64LE(1);
  }
  const unitLimit = Math.min(limit ?? others * DEFAULT_UNITS_PER_INSTRUCTION, MAX_COMPUTE_UNITS);
  return { unitLimit, unitPrice };
}

/** Lamports that the first signer pays, whether the transaction succeeds or fails. */
export function feeOf(message: VersionedMessage): bigint {
  const budget = computeBudgetOf(message.staticAccountKeys, message.compiledInstructions);
  const priority =
    (BigInt(budget.unitLimit) * budget.unitPrice + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS;
  return BigInt(message.header.numRequiredSignatures) * LAMPORTS_PER_SIGNATURE + priority;
}
