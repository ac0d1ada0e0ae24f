import type { CapitalSettings } from '#domain/capital-settings.ts';
import { MAX_COMPUTE_UNITS, SIGNATURE_FEE } from './solana-programs.ts';

/** Offered where the trader allows it: enough for ordinary days, a fraction of a cent. */
const USUAL_PRIORITY_FEE = 20_000n;
const MICRO_LAMPORTS = 1_000_000n;

export interface ComputeBudget {
  readonly unitLimit: number;
  /** Micro-lamports per compute unit. */
  readonly unitPrice: bigint;
}

export function priorityFeeOf({ maxPriorityFee }: CapitalSettings): bigint {
  return maxPriorityFee < USUAL_PRIORITY_FEE ? maxPriorityFee : USUAL_PRIORITY_FEE;
}

/** Fee of one transaction, lamports: the most that it can be. */
export function networkFeeOf(settings: CapitalSettings): bigint {
  return SIGNATURE_FEE + priorityFeeOf(settings);
}

/**
 * What the message is built with after the approval: the figure that was approved while it still leaves a tenth to
 * spare, so that a simulation which differs by a few units does not make another message of it.
 */
export function unitsToBuildWith(approved: number | null, simulated: number | null): number | null {
  if (approved === null || simulated === null) return simulated;
  return simulated * 11 <= computeBudgetOf(approved, 0n).unitLimit * 10 ? approved : simulated;
}

/**
 * A fifth more than the simulation used; everything while nothing was simulated. The price is rounded down, so
 * that the fee is never above the priority fee.
 * @param priorityFee lamports
 */
export function computeBudgetOf(unitsUsed: number | null, priorityFee: bigint): ComputeBudget {
  const unitLimit =
    unitsUsed === null
      ? MAX_COMPUTE_UNITS
      : Math.min(MAX_COMPUTE_UNITS, Math.max(1, Math.ceil((unitsUsed * 6) / 5)));
  return { unitLimit, unitPrice: (priorityFee * MICRO_LAMPORTS) / BigInt(unitLimit) };
}
