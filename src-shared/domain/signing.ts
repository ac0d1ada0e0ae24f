/** What a signature is asked for with. Crosses from the engine to the signer; holds no secret. */
import type { SigningIntent } from './capital-intent.ts';
import type { OperationId } from './ids.ts';
import type { QuoteAmount } from './units.ts';

/** One figure of the node's simulation, for the signer's window: shown as the node's word, never trusted. */
export interface SimulationLine {
  readonly label: string;
  /** In units of 10^-decimals; null: not known. */
  readonly before: bigint | null;
  readonly after: bigint | null;
  readonly decimals: number;
  readonly unit: string;
}

/** One request for the trader's approval, with what the signer's window shows. */
export interface ReviewRequest {
  readonly intent: SigningIntent;
  /** A compiled message as it will be signed, but for its blockhash; base64. The signer decodes it itself. */
  readonly message: string;
  /** Of the amount; null: unknown, so it must be typed. Of a dollar coin the signer counts for itself. */
  readonly value: QuoteAmount | null;
  readonly simulation: readonly SimulationLine[];
}

export interface SignRequest {
  readonly operationId: OperationId;
  /** Base64; must do what was approved, and nothing else. */
  readonly message: string;
  /** Given again so that an operation can be taken up after the signer was restarted. */
  readonly review: ReviewRequest;
}

/** Limits that the main process gives the signer; never taken from the engine. */
export interface SigningLimits {
  /** From this value on the signer's window asks; quote units of 10^-6. */
  readonly confirmFrom: QuoteAmount;
  /** From this value on the amount must be typed. */
  readonly typeAmountFrom: QuoteAmount;
  /** Highest priority fee of one transaction, lamports. */
  readonly maxPriorityFee: bigint;
  readonly autoLockMs: number;
}
