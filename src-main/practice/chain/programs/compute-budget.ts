import { ComputeBudgetProgram } from '@solana/web3.js';
import { ProgramError } from '../program.ts';
import type { Program } from '../program.ts';

const KNOWN_TAGS = new Set([1, 2, 3, 4]);

/** Limits and prices are read before the transaction runs (`fees.ts`): here they are only checked. */
export const computeBudgetProgram: Program = {
  id: ComputeBudgetProgram.programId,
  execute({ data }) {
    if (!KNOWN_TAGS.has(data[0] ?? 0)) {
      throw new ProgramError('InvalidInstructionData', 'unknown compute budget instruction');
    }
  },
};
