/** What a message may cost its payer beyond what it moves. */
import type { KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { lamports, type Lamports } from '#domain/units.ts';
import type { CheckedInstruction } from './check-instruction.ts';
import type { RuleId } from './instruction-rules.ts';
import { refused } from './refusal.ts';

/** Also what a message without a limit is counted with: the chain grants no more to one transaction. */
const MAX_COMPUTE_UNITS = 1_400_000n;
const MICRO_LAMPORTS = 1_000_000n;
const SIGNATURE_FEE = 5_000n;

export interface MessageFee {
  /** At most, with the signature. */
  readonly total: Lamports;
  readonly priority: Lamports;
  readonly computeUnits: bigint;
}

/** Price × limit, rounded up to a lamport. Refuses with the rule `priority-fee`. */
export function feeOf(
  instructions: readonly CheckedInstruction[],
  maxPriorityFee: bigint,
): Result<MessageFee, KeelError> {
  const computeUnits = argumentOf(instructions, 'computeLimit') ?? MAX_COMPUTE_UNITS;
  if (computeUnits > MAX_COMPUTE_UNITS) {
    return err(
      refused('priority-fee', `The compute limit is ${computeUnits}, above ${MAX_COMPUTE_UNITS}.`),
    );
  }
  const price = argumentOf(instructions, 'computePrice') ?? 0n;
  const priority = (price * computeUnits + MICRO_LAMPORTS - 1n) / MICRO_LAMPORTS;
  if (priority > maxPriorityFee) {
    return err(
      refused(
        'priority-fee',
        `The priority fee is ${priority} lamports, above the highest of ${maxPriorityFee}.`,
      ),
    );
  }
  return ok({
    total: lamports(SIGNATURE_FEE + priority),
    priority: lamports(priority),
    computeUnits,
  });
}

function argumentOf(instructions: readonly CheckedInstruction[], rule: RuleId): bigint | null {
  const value = instructions.find((each) => each.rule === rule)?.args[0];
  return typeof value === 'bigint' ? value : null;
}
