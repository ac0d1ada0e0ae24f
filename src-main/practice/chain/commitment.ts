export const COMMITMENTS = ['processed', 'confirmed', 'finalized'] as const;
export type Commitment = (typeof COMMITMENTS)[number];

/** How many slots a commitment is behind the newest block. */
export interface CommitmentDepths {
  readonly confirmed: number;
  readonly finalized: number;
}

/** About a real cluster's: votes arrive with the next block, a root needs 32. */
export const USUAL_DEPTHS: CommitmentDepths = { confirmed: 1, finalized: 32 };

export function depthOf(commitment: Commitment, depths: CommitmentDepths): bigint {
  return commitment === 'processed' ? 0n : BigInt(depths[commitment]);
}
