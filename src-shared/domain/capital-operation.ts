/**
 * A capital operation and its life (C4–C7). It changes in `advance-operation.ts` alone.
 * Invariants: an outcome is final; bytes are signed once; a time-out alone is never an outcome.
 */
import type { CapitalIntent } from './capital-intent.ts';
import type { Address, NetworkId, OperationId, VaultId } from './ids.ts';
import type { KeelError } from './keel-error.ts';
import type { Lamports, QuoteAmount, Slot, TokenAmount, UnixMs } from './units.ts';
import type { VaultSnapshot } from './vault-snapshot.ts';

/** In order. Each is committed before the act that it permits. */
export const OPERATION_STEPS = [
  'requested',
  'validated',
  'planned',
  'simulated',
  'approved',
  'signed',
  'submitted',
  'confirmed',
  'synced',
  'verified',
] as const;

export type OperationStep = (typeof OPERATION_STEPS)[number];

/**
 * `unresolved` is not an end: the bytes may be on the chain, and Keel watches until a block. The others end it:
 * `denied` is Keel's or the trader's no, `rejected` the simulation's or the chain's, `expired` is proved never to have landed.
 */
export const OPERATION_STATES = [
  ...OPERATION_STEPS,
  'unresolved',
  'denied',
  'rejected',
  'expired',
  'discrepant',
] as const;

export type OperationState = (typeof OPERATION_STATES)[number];

export const FINAL_STATES = ['verified', 'denied', 'rejected', 'expired', 'discrepant'] as const;
export type FinalState = (typeof FINAL_STATES)[number];

export function isFinal(state: OperationState): state is FinalState {
  return (FINAL_STATES as readonly OperationState[]).includes(state);
}

/** One committed change of state. */
export interface OperationTransition {
  readonly state: OperationState;
  readonly atMs: UnixMs;
  /** In words: why, with the figures. */
  readonly cause: string;
}

/** A change of one token balance of one vault. */
export interface BalanceChange {
  readonly vaultId: VaultId;
  readonly symbol: string;
  readonly marketIndex: number;
  readonly decimals: number;
  /** Signed, in the token's smallest unit. */
  readonly change: TokenAmount;
  /** Scaled balance before, as on chain; a paper vault's cash. */
  readonly scaledBefore: bigint;
}

/** What the chain must show when the operation has landed; fixed before it is signed. */
export interface Expectation {
  /** Slot (paper: ledger revision) of the figures before. */
  readonly slotBefore: Slot;
  readonly changes: readonly BalanceChange[];
  /** The sub-account that must exist afterwards; null where none is opened. */
  readonly opensSubAccount: number | null;
}

/** What the node says would happen (C3): shown, never trusted. */
export interface SimulatedChange {
  readonly slot: Slot;
  /** Each vault of the operation as it would be. */
  readonly after: readonly { readonly vaultId: VaultId; readonly snapshot: VaultSnapshot }[];
  /** Change of the signer's SOL, fee and rent included; null on paper. */
  readonly walletLamportsChange: Lamports | null;
  /** Of the moved token, in the wallet; null where the token is SOL or nothing moves there. */
  readonly walletTokenChange: TokenAmount | null;
  readonly computeUnits: number;
}

/** The one transaction of an operation. */
export interface OperationTransaction {
  /** Compiled message, base64. */
  readonly message: string;
  readonly blockhash: string;
  /** Never less than what the node told: at least 150 blocks after the height at which it was fetched. */
  readonly lastValidBlockHeight: bigint;
  /** Slot at which the blockhash was fetched: a node that has not reached it knows nothing of the transaction. */
  readonly builtAtSlot: Slot;
  /** Genesis hash of the cluster; another cluster's silence proves nothing. Null on paper. */
  readonly genesisHash: string | null;
  /** Base58; null until signed. */
  readonly signature: string | null;
  /** Signed bytes, base64; null until signed. */
  readonly wire: string | null;
}

export type ApprovalKind = 'below-threshold' | 'confirmed' | 'typed';

export interface CapitalOperation {
  readonly id: OperationId;
  readonly network: NetworkId;
  readonly vaultType: 'virtual' | 'onChain';
  readonly intent: CapitalIntent;
  readonly state: OperationState;
  readonly signerKey: Address | null;
  /** Of the amount at the oracle price, rounded up; null where no valid price is known, or nothing moves. */
  readonly value: QuoteAmount | null;
  readonly expectation: Expectation | null;
  readonly simulation: SimulatedChange | null;
  readonly approval: ApprovalKind | null;
  readonly transaction: OperationTransaction | null;
  /** Where the transaction landed; also of one that failed on chain. */
  readonly landedAtSlot: Slot | null;
  /** Why it ended badly, or what keeps it unresolved. */
  readonly error: KeelError | null;
  readonly transitions: readonly OperationTransition[];
  readonly createdAtMs: UnixMs;
  readonly endedAtMs: UnixMs | null;
}

/** What the operation waits for at this moment; never stored. */
export type OperationWait =
  | { readonly kind: 'unlock' }
  | { readonly kind: 'confirmation' }
  | { readonly kind: 'node'; readonly error: KeelError; readonly nextAttemptAtMs: UnixMs }
  | { readonly kind: 'sync' };

/** One operation as the window sees it: always whole, ordered by revision. */
export interface OperationView {
  readonly operation: CapitalOperation;
  readonly wait: OperationWait | null;
  /** Finalized block height last seen, for “watching until block N”; null before it is asked for. */
  readonly finalizedBlockHeight: bigint | null;
  readonly revision: number;
}
