import type { Brand } from './brand.ts';

export type VaultId = Brand<string, 'VaultId'>;
export type SyncRunId = Brand<string, 'SyncRunId'>;
/** A UUID: of a capital operation, also in its memo on chain. */
export type OperationId = Brand<string, 'OperationId'>;
/** A base58 public key, validated at the edge. */
export type Address = Brand<string, 'Address'>;
/** A configured network, for instance `practice` or `mainnet`. */
export type NetworkId = Brand<string, 'NetworkId'>;

export const vaultId = (value: string): VaultId => value as VaultId;
export const syncRunId = (value: string): SyncRunId => value as SyncRunId;
export const operationId = (value: string): OperationId => value as OperationId;
export const address = (value: string): Address => value as Address;
export const networkId = (value: string): NetworkId => value as NetworkId;

export const PRACTICE_NETWORK = networkId('practice');
