import type { EngineVault } from '#domain/engine-vault.ts';
import type { Address, NetworkId, SyncRunId, VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { NetworkStatus } from '#domain/network.ts';
import type { PaperEntry } from '#domain/paper-account.ts';
import type { Result } from '#domain/result.ts';
import type { SyncRun } from '#domain/sync-run.ts';
import type { SyncSettings } from '#domain/sync-settings.ts';
import type { QuoteAmount, UnixMs } from '#domain/units.ts';
import type { TradingGate, VaultView } from '#domain/vault-state.ts';
import type {
  Clock,
  HistoryPoint,
  Logger,
  PaperLedger,
  Publisher,
  ReaderFor,
  VaultStore,
} from './ports.ts';

/** What the engine must know of a configured network. */
export interface EngineNetwork {
  readonly id: NetworkId;
  readonly label: string;
  readonly program: Address;
  /** Base58; absent or null while it is not known. */
  readonly genesisHash?: string | null;
  /** In words, why on-chain vaults may not use it; null while they may. */
  readonly lockedBecause: string | null;
}

export interface EngineDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly store: VaultStore;
  readonly ledger: PaperLedger;
  /** Asked once per network and vault type, and again after `networkReplaced`. The engine closes what it was given. */
  readonly readerFor: ReaderFor;
  /** Asked anew each time. */
  readonly networks: () => readonly EngineNetwork[];
  readonly publisher: Publisher;
  readonly settings: SyncSettings;
  /** A fresh UUID: ids of vaults and runs. */
  readonly newId: () => string;
  /** Added to all revisions, so that those of a restarted engine are above those of the one before. */
  readonly revisionBase?: number;
}

export interface NewVirtualVault {
  readonly name: string;
  readonly engine: string;
  readonly network: NetworkId;
  readonly allocation: QuoteAmount;
}

export interface NewOnChainVault {
  readonly name: string;
  readonly engine: string;
  readonly network: NetworkId;
  readonly authority: Address;
  readonly subAccountId: number;
}

/** What the trader asks of a paper vault (V4). */
export type PaperRequest =
  | { readonly kind: 'credit'; readonly amount: QuoteAmount }
  | { readonly kind: 'debit'; readonly amount: QuoteAmount }
  | { readonly kind: 'reset' }
  | { readonly kind: 'seed'; readonly from: VaultId };

export type Outcome<Value = Record<never, never>> = Result<Value, KeelError>;

export interface Engine {
  /** Loads every vault from the database. Touches no network. */
  open(): Outcome<{ readonly views: readonly VaultView[] }>;
  /** Begins to sync, with a start sync of every vault (S1). Opens first where that has not been done. */
  start(): Outcome;
  /** Ends all timers and closes the readers; the store is not touched afterwards. */
  stop(): void;
  /** The computer woke from sleep: nothing is vouched for until it is read again (S8). */
  wake(): void;
  /** The operating system says that the network is back: do not wait for the next attempt. */
  connectionMayBeBack(): void;
  /** The network's endpoints or lock have changed: new readers are asked for. */
  networkReplaced(network: NetworkId): void;
  updateSettings(settings: SyncSettings): void;

  views(): readonly VaultView[];
  networkStatuses(): readonly NetworkStatus[];
  /** The one answer to "may this vault trade" (M4). */
  gateOf(vaultId: VaultId): Outcome<TradingGate>;

  /** Answers after the vault's first sync. */
  createVirtualVault(request: NewVirtualVault): Promise<Outcome<{ readonly vaultId: VaultId }>>;
  /** Answers at once; the first sync is told by events. */
  addOnChainVault(request: NewOnChainVault): Outcome<{ readonly vaultId: VaultId }>;
  rename(vaultId: VaultId, name: string): Outcome;
  setArchived(vaultId: VaultId, archived: boolean): Outcome;
  /** Vaults that the order leaves out follow in the order that they had. */
  reorder(order: readonly VaultId[]): Outcome;
  /** Moves the badge of the vault's engine to it (V6). */
  activate(vaultId: VaultId): Outcome;
  /** Answers after the vault has been synced (S3). */
  changePaper(vaultId: VaultId, request: PaperRequest): Promise<Outcome>;
  loadPaperEntries(
    vaultId: VaultId,
    limit: number,
  ): Outcome<{ readonly entries: readonly PaperEntry[] }>;

  /** Null: all vaults in use. Answers when the runs have ended. */
  syncNow(
    vaultId: VaultId | null,
  ): Promise<Outcome<{ readonly verified: number; readonly failed: number }>>;
  /** Refused with the reason unless the figures are verified and fresh (S9). */
  enableTrading(vaultId: VaultId): Outcome;
  haltTrading(vaultId: VaultId): Outcome;
  /** Every vault in use (M4). */
  haltAll(): Outcome<{ readonly halted: number }>;

  loadSyncRuns(
    vaultId: VaultId,
    limit: number,
    before: SyncRunId | null,
  ): Outcome<{ readonly runs: readonly SyncRun[] }>;
  loadHistory(
    vaultId: VaultId,
    fromMs: UnixMs,
    toMs: UnixMs,
  ): Outcome<{ readonly points: readonly HistoryPoint[] }>;
}

export type VaultType = EngineVault['vaultType'];
