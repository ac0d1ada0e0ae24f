import type { NewActivity } from '#domain/activity.ts';
import type { AlertId, AlertView } from '#domain/alert.ts';
import type { CapitalFacts } from '#domain/capital-facts.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { ExchangeView, MarketState } from '#domain/exchange-state.ts';
import type { GateAnswer, TradingAct } from '#domain/gate-reason.ts';
import type { HaltAll, HaltSource } from '#domain/halt-all.ts';
import type { Address, NetworkId, OperationId, SyncRunId, VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { NetworkStatus } from '#domain/network.ts';
import type { PaperEntry } from '#domain/paper-account.ts';
import type { Result } from '#domain/result.ts';
import type { SignerState } from '#domain/signer-state.ts';
import type { SyncRun } from '#domain/sync-run.ts';
import type { SyncSettings } from '#domain/sync-settings.ts';
import type { QuoteAmount, TokenAmount, UnixMs } from '#domain/units.ts';
import type { VaultView } from '#domain/vault-state.ts';
import type { WatchSettings } from '#domain/watch-settings.ts';
import type { DeskQueries } from './desk/desk-queries.ts';
import type { DeskRecords } from './desk-ports.ts';
import type { CrashPoint } from './capital/crash-points.ts';
import type { LostEngine } from './risk/lost-engine.ts';
import type {
  CapitalVenueFor,
  Clock,
  HistoryPoint,
  Logger,
  OperationJournal,
  PaperLedger,
  Publisher,
  ReaderFor,
  Unsubscribe,
  VaultStore,
  WatchStore,
} from './ports.ts';

/** What the engine must know of a configured network. */
export interface EngineNetwork {
  readonly id: NetworkId;
  readonly label: string;
  readonly kind: 'practice' | 'live';
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
  readonly watchStore: WatchStore;
  readonly deskRecords: DeskRecords;
  /** Asked once per network and vault type, and again after `networkReplaced`. The engine closes what it was given. */
  readonly readerFor: ReaderFor;
  readonly journal: OperationJournal;
  /** Asked once per network and vault type, and again after `networkReplaced`. The engine closes what it was given. */
  readonly capitalVenueFor: CapitalVenueFor;
  readonly capitalSettings: CapitalSettings;
  readonly watchSettings: WatchSettings;
  /** Tells of the signer's state: an operation that waits for the unlock goes on. Absent where nothing is signed. */
  readonly onSignerState?: (listener: (state: SignerState) => void) => Unsubscribe;
  /** Fault tests end the process at a named point of an operation. */
  readonly onPoint?: (point: CrashPoint) => void;
  /** Asked anew each time. */
  readonly networks: () => readonly EngineNetwork[];
  readonly publisher: Publisher;
  readonly settings: SyncSettings;
  /** A fresh UUID: ids of vaults and runs. */
  readonly newId: () => string;
  /** Of the process before this one, where it was lost unasked: told as an alert. */
  readonly lost?: LostEngine;
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

interface MoveRequest {
  readonly vaultId: VaultId;
  readonly marketIndex: number;
  /** In the token's smallest unit. */
  readonly amount: TokenAmount;
}

/** What the trader asks for (C1). */
export type CapitalRequest =
  | ({ readonly kind: 'deposit' | 'withdraw' } & MoveRequest)
  | ({ readonly kind: 'transfer'; readonly toVaultId: VaultId } & MoveRequest)
  | {
      readonly kind: 'create-sub-account';
      readonly network: NetworkId;
      readonly authority: Address;
      readonly engine: string;
      /** Of the vault, and of the account on chain: at most 32 bytes of UTF-8. */
      readonly name: string;
    };

export type Outcome<Value = Record<never, never>> = Result<Value, KeelError>;

export interface Engine extends DeskQueries {
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
  /** Holds for checks from now on, those of open operations too. */
  updateCapitalSettings(settings: CapitalSettings): void;
  updateWatchSettings(settings: WatchSettings): void;

  views(): readonly VaultView[];
  networkStatuses(): readonly NetworkStatus[];
  /** The venues of all networks in use, as last observed (M2). */
  exchangeViews(): readonly ExchangeView[];
  /** The one answer to "may this vault do this, and if not, why" (M4). */
  gateOf(vaultId: VaultId, act: TradingAct, market?: MarketState | null): Outcome<GateAnswer>;

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

  /** Answers when the operation is on record; a denial by a check is an error and leaves none. */
  requestCapital(request: CapitalRequest): Promise<Outcome<{ readonly operationId: OperationId }>>;
  /** Only until the approval is on record; afterwards `OPERATION_PAST_CANCEL`. */
  cancelOperation(operationId: OperationId): Outcome;
  /** A fresh read of the venue. */
  loadCapitalFacts(vaultId: VaultId): Promise<Outcome<{ readonly facts: CapitalFacts }>>;
  /** The same for an authority that may have no account yet. */
  loadAuthorityFacts(
    network: NetworkId,
    authority: Address,
  ): Promise<Outcome<{ readonly facts: CapitalFacts }>>;
  /** Newest first; null: of all vaults. */
  loadOperations(
    vaultId: VaultId | null,
    limit: number,
    before: OperationId | null,
  ): Outcome<{ readonly operations: readonly OperationView[] }>;

  /** Null: all vaults in use. Answers when the runs have ended. */
  syncNow(
    vaultId: VaultId | null,
  ): Promise<Outcome<{ readonly verified: number; readonly failed: number }>>;
  /** Refused with the reason unless the figures are verified and fresh (S9). */
  enableTrading(vaultId: VaultId): Outcome;
  haltTrading(vaultId: VaultId): Outcome;
  /**
   * Stops everything (M4): halts every vault in use, ends every operation of which nothing was sent yet, and refuses new
   * ones until it is lifted; what was sent is watched to its end. Holds over restarts. Doing it again is harmless.
   */
  haltAll(source: HaltSource): Outcome<{ readonly halted: number; readonly ended: number }>;
  /** The trader's own act; vaults stay halted until each is enabled. */
  liftHaltAll(): Outcome;
  /** Null while nothing is halted as a whole. */
  haltedAll(): HaltAll | null;

  /** Newest first. */
  loadAlerts(
    limit: number,
    before: AlertId | null,
  ): Outcome<{ readonly alerts: readonly AlertView[]; readonly unacknowledged: number }>;
  /** Once; an alert that is acknowledged already stays as it is. */
  acknowledgeAlert(alertId: AlertId): Outcome;
  acknowledgeAllAlerts(): Outcome<{ readonly acknowledged: number }>;

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
  /** Writes down what another part of Keel has done: keys, settings, files. */
  recordActivity(entry: NewActivity): Outcome;
}

export type VaultType = EngineVault['vaultType'];
