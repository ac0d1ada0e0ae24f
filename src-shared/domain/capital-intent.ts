import type { OnChainVault } from './engine-vault.ts';
import type { Address, NetworkId, OperationId, VaultId } from './ids.ts';
import type { TokenAmount } from './units.ts';

/** A token as the venue's market list has it. The mint is what counts; the symbol is for people. */
export interface TokenRef {
  readonly symbol: string;
  readonly marketIndex: number;
  readonly mint: Address;
  readonly decimals: number;
}

interface MoveIntent {
  readonly vaultId: VaultId;
  readonly token: TokenRef;
  /** In the token's smallest unit, above zero. */
  readonly amount: TokenAmount;
}

export interface DepositIntent extends MoveIntent {
  readonly kind: 'deposit';
}

export interface WithdrawIntent extends MoveIntent {
  readonly kind: 'withdraw';
}

export interface TransferIntent extends MoveIntent {
  readonly kind: 'transfer';
  readonly toVaultId: VaultId;
}

/** Opens the authority's next sub-account; with it the authority's first account where it has none. */
export interface CreateSubAccountIntent {
  readonly kind: 'create-sub-account';
  /** The vault as it will be added once the chain has confirmed the account; until then no vault has this id. */
  readonly vault: OnChainVault;
  /** Name of the account on chain: at most 32 bytes of UTF-8. */
  readonly accountName: string;
}

/** What the trader wants done (C1); nothing in it changes once it is requested. */
export type CapitalIntent =
  DepositIntent | WithdrawIntent | TransferIntent | CreateSubAccountIntent;
export type MoveKind = Exclude<CapitalIntent['kind'], 'create-sub-account'>;

/** The vaults that the intent changes: at most one open operation on each. */
export function vaultsOf(intent: CapitalIntent): readonly VaultId[] {
  switch (intent.kind) {
    case 'deposit':
    case 'withdraw':
      return [intent.vaultId];
    case 'transfer':
      return [intent.vaultId, intent.toVaultId];
    case 'create-sub-account':
      return [intent.vault.id];
  }
}

/** The memo that ties a transaction on the chain to its operation, whoever looks. */
export function memoOf(operation: OperationId): string {
  return `keel:${operation}`;
}

/** What a signature is asked for, complete in itself: the signer knows no vaults and asks nobody. */
export interface SigningIntent {
  readonly operationId: OperationId;
  readonly kind: CapitalIntent['kind'];
  readonly network: NetworkId;
  /** Keys are made for play money or for real money, never for both. */
  readonly networkKind: 'practice' | 'live';
  readonly program: Address;
  readonly stateSeed: string;
  /** Owner of the sub-accounts. */
  readonly authority: Address;
  /** Who signs and pays the fee: the authority, or its delegate for a deposit. */
  readonly signerKey: Address;
  readonly subAccountId: number;
  /** Only of a transfer. */
  readonly toSubAccountId: number | null;
  /** Null only of `create-sub-account`. */
  readonly token: TokenRef | null;
  readonly amount: TokenAmount | null;
  /** Only of `create-sub-account`. */
  readonly accountName: string | null;
}
