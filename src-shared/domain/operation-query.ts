/** What of the journal a list shows: filter, order, and a page of it. A hundred thousand operations never cross at once. */
import type { CapitalIntent } from './capital-intent.ts';
import type { OperationState } from './capital-operation.ts';
import type { NetworkId, OperationId, VaultId } from './ids.ts';
import type { QuoteAmount, TokenAmount, UnixMs } from './units.ts';

export const OPERATION_KINDS = ['deposit', 'withdraw', 'transfer', 'create-sub-account'] as const;
export type OperationKind = CapitalIntent['kind'];

/** `open`: not ended, unresolved ones too. `not-done`: denied, rejected, expired. */
export const OPERATION_OUTCOMES = ['open', 'verified', 'not-done', 'discrepant'] as const;
export type OperationOutcome = (typeof OPERATION_OUTCOMES)[number];

/** Every part narrows; an empty list or a null narrows nothing. */
export interface OperationFilter {
  readonly vaultIds: readonly VaultId[];
  readonly kinds: readonly OperationKind[];
  readonly outcomes: readonly OperationOutcome[];
  /** Found in the names of its vaults, its token, its signature or its id; case does not matter. */
  readonly text: string;
  readonly fromMs: UnixMs | null;
  readonly toMs: UnixMs | null;
}

export const EVERY_OPERATION: OperationFilter = {
  vaultIds: [],
  kinds: [],
  outcomes: [],
  text: '',
  fromMs: null,
  toMs: null,
};

export const OPERATION_SORTS = ['started', 'value', 'kind', 'vault', 'state'] as const;
export type OperationSort = (typeof OPERATION_SORTS)[number];

export interface OperationQuery {
  readonly filter: OperationFilter;
  /** Equal ones by start, newest first. Unknown values come last either way. */
  readonly sort: { readonly by: OperationSort; readonly descending: boolean };
  readonly offset: number;
  readonly limit: number;
}

/** One line of a list; the whole operation is loaded when it is opened. */
export interface OperationRow {
  readonly id: OperationId;
  readonly network: NetworkId;
  readonly vaultType: 'virtual' | 'onChain';
  readonly kind: OperationKind;
  /** Vault of the operation; of a new sub-account the one that it makes. */
  readonly vaultId: VaultId;
  readonly toVaultId: VaultId | null;
  /** Null of a new sub-account. */
  readonly symbol: string | null;
  readonly decimals: number | null;
  readonly amount: TokenAmount | null;
  /** Quote value when it was asked for; null: not known. */
  readonly value: QuoteAmount | null;
  readonly state: OperationState;
  readonly signature: string | null;
  /** Cause of the newest transition, in words. */
  readonly lastStep: string;
  readonly createdAtMs: UnixMs;
  readonly endedAtMs: UnixMs | null;
}

export interface OperationPage {
  /** Rows from `offset` on, in the order asked for. */
  readonly rows: readonly OperationRow[];
  /** How many the filter lets through. */
  readonly total: number;
}
