import type { Address, NetworkId, VaultId } from './ids.ts';
import type { QuoteAmount, UnixMs } from './units.ts';

interface VaultBase {
  readonly id: VaultId;
  /** Name of the trading engine that owns the vault, for instance `funding`. */
  readonly engine: string;
  readonly name: string;
  readonly network: NetworkId;
  /** True for the one vault that powers its engine: the active-engine badge (V6). */
  readonly active: boolean;
  readonly createdAtMs: UnixMs;
  /** Null while in use; an archived vault keeps its history and is no longer synced. */
  readonly archivedAtMs: UnixMs | null;
  /** Place in the table, ascending. */
  readonly sortIndex: number;
}

/** A paper vault: its money is a ledger on this computer. */
export interface VirtualVault extends VaultBase {
  readonly vaultType: 'virtual';
  /** What a reset returns to. */
  readonly allocation: QuoteAmount;
}

/** A Drift sub-account. Identity is (network, program, authority, subAccountId) (V1). */
export interface OnChainVault extends VaultBase {
  readonly vaultType: 'onChain';
  readonly program: Address;
  readonly authority: Address;
  /** 0 … 65,535. */
  readonly subAccountId: number;
}

export type EngineVault = VirtualVault | OnChainVault;

/** 50 USDC-equivalent (V4). */
export const DEFAULT_ALLOCATION = 50_000_000n as QuoteAmount;

export type SubAccountKey = Pick<
  OnChainVault,
  'network' | 'program' | 'authority' | 'subAccountId'
>;

/** One string per vault identity: two vaults never share one (V1). */
export function identityOf(vault: EngineVault): string {
  return vault.vaultType === 'onChain' ? subAccountIdentity(vault) : `virtual/${vault.id}`;
}

export function subAccountIdentity(key: SubAccountKey): string {
  return [key.network, key.program, key.authority, key.subAccountId].join('/');
}
