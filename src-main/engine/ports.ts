/**
 * Everything the engine needs from outside. The engine knows no vendor, no Electron and no SQL: it is given
 * these, so that every test can run it on a fake clock without network or disk.
 */
import type { ActivityEntry } from '#domain/activity.ts';
import type { Alert, AlertChange, AlertId, AlertView } from '#domain/alert.ts';
import type { CapitalFacts } from '#domain/capital-facts.ts';
import type {
  ApprovalKind,
  CapitalOperation,
  Expectation,
  OperationTransaction,
  OperationView,
  SimulatedChange,
} from '#domain/capital-operation.ts';
import type { CapitalSettings } from '#domain/capital-settings.ts';
import type { EngineVault } from '#domain/engine-vault.ts';
import type { ExchangeObservation, ExchangeView } from '#domain/exchange-state.ts';
import type { ExchangeOperation } from '#domain/exchange-status.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import type { Address, NetworkId, OperationId, SyncRunId, VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { NetworkStatus } from '#domain/network.ts';
import type { PaperAccount, PaperEntry } from '#domain/paper-account.ts';
import type { ReviewRequest, SignRequest } from '#domain/signing.ts';
import type { SignerState } from '#domain/signer-state.ts';
import type { Result } from '#domain/result.ts';
import type { SyncRun } from '#domain/sync-run.ts';
import type { QuoteAmount, Slot, UnixMs } from '#domain/units.ts';
import type { VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { VaultSyncState, VaultView } from '#domain/vault-state.ts';

export type Unsubscribe = () => void;

export interface Clock {
  nowMs(): UnixMs;
  /** Never goes backwards: for durations. Milliseconds from an arbitrary origin. */
  monotonicMs(): number;
  /** Calls back once after the delay. The handle cancels; cancelling twice is harmless. */
  schedule(delayMs: number, callback: () => void): Unsubscribe;
  /** Resolves after the event loop has served what waits: between slices of long work. */
  yieldToLoop(): Promise<void>;
}

/** Structured log line: an event name and its ids and figures. Never given secrets. */
export interface Logger {
  debug(event: string, fields?: LogFields): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

export type LogFields = Readonly<Record<string, string | number | bigint | boolean | null>>;

/** What one read of many vaults saw. Each vault has a snapshot or an error of its own. */
export interface ReadBatch {
  readonly observations: ReadonlyMap<VaultId, Result<VaultSnapshot, KeelError>>;
  /** RPC calls that the read cost; 0 for paper. */
  readonly rpcCalls: number;
  /** The venue's own state, of the same read; null on paper, or where none of the vaults could be read. */
  readonly exchange: ExchangeObservation | null;
}

/** Where figures come from: the chain, or the paper ledger. One reader serves all vaults of one network and type. */
export interface VenueReader {
  /**
   * Reads all given vaults, each at one slot. An error of the whole read (connection, node, cluster) is the
   * outer result; an error of one sub-account is that vault's own. Never rejects.
   * @param minSlots a node that answers below a vault's slot is behind: that vault gets `NODE_BEHIND`.
   */
  read(
    vaults: readonly EngineVault[],
    minSlots: ReadonlyMap<VaultId, Slot>,
  ): Promise<Result<ReadBatch, KeelError>>;
  /** Calls back when a vault may have changed: a hint to read, never data. Replaces the vaults watched before. */
  watch(vaults: readonly EngineVault[], onHint: (vault: VaultId) => void): void;
  /** Moves to the next endpoint of the list, wrapping around. */
  useNextEndpoint(): void;
  status(): NetworkStatus | null;
  onStatus(listener: (status: NetworkStatus) => void): Unsubscribe;
  close(): void;
}

/** One vault's result of a sync, committed as a whole or not at all. */
export interface SyncCommit {
  readonly vaultId: VaultId;
  readonly run: SyncRun;
  /** The vault's state after the run. */
  readonly state: VaultSyncState;
}

export interface VaultStore {
  loadVaults(): readonly EngineVault[];
  insertVault(vault: EngineVault): void;
  /** Replaces the row with the vault's id. */
  updateVault(vault: EngineVault): void;
  /** Several rows in one transaction: reordering, moving the active badge. */
  updateVaults(vaults: readonly EngineVault[]): void;
  /** Genesis hash of the cluster that the vault's figures come from; null until it is saved. */
  loadHome(vault: VaultId): string | null;
  /** In one transaction, once and for all: another one than the saved one is refused. */
  saveHomes(vaults: readonly VaultId[], genesisHash: string): void;
  loadSyncState(vault: VaultId): VaultSyncState;
  /** One transaction for the batch; refuses an observation older than the stored one. */
  commitSyncs(commits: readonly SyncCommit[]): void;
  /**
   * Notes the failed attempts of runs that go on, so that they are in the log even if the process is killed before the
   * run ends. Such a run stands as failed until `commitSyncs` gives it its end.
   */
  recordOpenRuns(runs: readonly SyncRun[]): void;
  /** Sets or clears the halt; everything else of the state stays. */
  saveHalt(vault: VaultId, halt: VaultSyncState['halt']): void;
  /** Newest first. `before` pages: runs that started before that one. */
  loadSyncRuns(vault: VaultId, limit: number, before?: SyncRunId): readonly SyncRun[];
  loadHistory(vault: VaultId, fromMs: UnixMs, toMs: UnixMs): readonly HistoryPoint[];
}

/** One change of a vault's values; where history was thinned, the last one of a longer span, as it was observed. */
export interface HistoryPoint {
  readonly fromMs: UnixMs;
  /** Last time that the same values were observed. */
  readonly untilMs: UnixMs;
  readonly slot: Slot;
  readonly totalCollateral: bigint;
  readonly usdc: bigint;
  readonly driftPos: bigint;
  readonly freeCollateral: bigint;
  readonly unrealizedPnl: bigint;
  readonly health: number;
  /** True where the holdings changed, false where only prices did. */
  readonly holdingsChanged: boolean;
}

export interface PaperLedger {
  loadAccount(vault: VaultId): PaperAccount | null;
  /** Appends the entry and moves the head in one transaction. */
  append(vault: VaultId, entry: PaperEntry): void;
  /** Entries of several vaults in one transaction: both legs of a transfer, or neither. */
  appendAll(lines: readonly PaperLine[]): void;
  loadEntries(vault: VaultId, limit: number): readonly PaperEntry[];
  /** The line of a capital operation; null: it is not in this vault's ledger. */
  loadOperationEntry(vault: VaultId, operation: OperationId): PaperEntry | null;
}

export interface PaperLine {
  readonly vaultId: VaultId;
  readonly entry: PaperEntry;
}

/** When each pause of an exchange began to be seen, for the pauses that last. */
export type PausesSince = Readonly<Partial<Record<ExchangeOperation, UnixMs>>>;

/**
 * Durable record of what the watch has told and of what the trader has stopped. What a method has returned from
 * survives a kill of the process: every method throws KeelFault for what cannot be done.
 */
export interface WatchStore {
  /** Inserts the alert, or replaces the row with its id; refuses a second raised alert of one key. */
  saveAlert(alert: Alert): void;
  /** In one transaction and in this order: all of them, or none. */
  saveAlerts(alerts: readonly Alert[]): void;
  loadAlert(id: AlertId): Alert | null;
  /** Not cleared, oldest first. */
  loadRaisedAlerts(): readonly Alert[];
  /** Newest first. `before` pages: alerts that were raised before that one. */
  loadAlerts(limit: number, before: AlertId | null): readonly Alert[];
  /** Not acknowledged: for the number on the inbox. */
  countUnacknowledged(): number;
  /** In one transaction; answers with how many there were. */
  acknowledgeAll(atMs: UnixMs): number;
  loadHaltAll(): HaltAll | null;
  /** Null lifts it; ended ones stay on record. */
  saveHaltAll(haltAll: HaltAll | null, atMs: UnixMs): void;
  loadPauses(network: NetworkId): PausesSince;
  savePauses(network: NetworkId, pauses: PausesSince): void;
}

export interface SyncErrorEvent {
  readonly type: 'VAULT_SYNC_ERROR';
  readonly vaultId: VaultId;
  readonly vaultName: string;
  readonly error: KeelError;
  readonly attempts: number;
  readonly atMs: UnixMs;
}

export interface SyncRecoveredEvent {
  readonly type: 'VAULT_SYNC_RECOVERED';
  readonly vaultId: VaultId;
  readonly vaultName: string;
  /** Since when the figures could not be vouched for. */
  readonly failingSinceMs: UnixMs;
  readonly atMs: UnixMs;
}

export type EngineEvent =
  | { readonly type: 'VAULT_CHANGED'; readonly view: VaultView }
  | { readonly type: 'NETWORK_CHANGED'; readonly status: NetworkStatus }
  | { readonly type: 'OPERATION_CHANGED'; readonly view: OperationView }
  /** `change` says why it is told: only `raised` and `worse` ring. */
  | { readonly type: 'ALERT_CHANGED'; readonly view: AlertView; readonly change: AlertChange }
  | { readonly type: 'EXCHANGE_CHANGED'; readonly view: ExchangeView }
  | { readonly type: 'HALT_ALL_CHANGED'; readonly haltAll: HaltAll | null }
  | { readonly type: 'ACTIVITY_RECORDED'; readonly entry: ActivityEntry }
  | SyncErrorEvent
  | SyncRecoveredEvent;

/** Where the engine tells what happened, always after the commit that it tells of. */
export interface Publisher {
  publish(event: EngineEvent): void;
}

export type ReaderFor = (network: NetworkId, vaultType: EngineVault['vaultType']) => VenueReader;

/**
 * Durable record of capital operations (C4). What a method has returned from survives a killed process and a
 * power cut. Every method throws KeelFault for what cannot be done.
 */
export interface OperationJournal {
  /**
   * Inserts the operation in its first state and takes its locks: one open operation per name, held by the
   * schema itself. `OPERATION_OPEN` names the operation that holds one.
   */
  open(operation: CapitalOperation, locks: readonly string[]): void;
  /**
   * Replaces the row by its next state and appends the new transition; a final state releases the locks. Refuses a
   * row that does not continue the stored one, a second signature for one operation, and a signature seen before.
   */
  advance(operation: CapitalOperation): void;
  load(id: OperationId): CapitalOperation | null;
  /** Not ended, oldest first. */
  loadOpen(): readonly CapitalOperation[];
  /** Ended, and not noted as told of, oldest first: the end and this mark of it are one commit. */
  loadUntold(): readonly CapitalOperation[];
  /** The inbox holds what came of it, or nothing of it is worth telling. Again: harmless. */
  noteTold(id: OperationId): void;
  /** Newest first; null: of all vaults. `before` pages. */
  loadPage(
    vault: VaultId | null,
    limit: number,
    before: OperationId | null,
  ): readonly CapitalOperation[];
  /** What has left the vault, or may leave it still, since the time: withdrawals and transfers out (C9). */
  sumOutflow(vault: VaultId, sinceMs: UnixMs): QuoteAmount;
}

/** What an operation is about, with the vaults that it changes as they are known now. */
export interface CapitalSubject {
  readonly operation: CapitalOperation;
  /** Vault of the operation; of `create-sub-account` the one that will be. */
  readonly vault: EngineVault;
  /** Only of a transfer. */
  readonly toVault: EngineVault | null;
}

/**
 * A transaction in the making: what it does is fixed, its blockhash is not. The venue's own business inside: it is kept
 * in memory only, and given back to the venue that made it. Where it is lost or old, the operation is planned anew.
 */
export interface CapitalPlan {
  readonly expectation: Expectation;
  /** Who will sign; null on paper. */
  readonly signerKey: Address | null;
}

/** What is known of a sent transaction. Only `landed`, `failed` and `expired` are proved; an error proves nothing. */
export type TransactionStatus =
  | { readonly kind: 'unknown'; readonly finalizedBlockHeight: bigint | null }
  | { readonly kind: 'landed'; readonly slot: Slot }
  | { readonly kind: 'failed'; readonly slot: Slot; readonly error: KeelError }
  | { readonly kind: 'expired'; readonly finalizedBlockHeight: bigint; readonly proof: string };

/** Whether the chain did exactly what was expected (C6). */
export type Judgement =
  | { readonly kind: 'as-expected'; readonly words: string }
  | { readonly kind: 'differs'; readonly error: KeelError };

/**
 * Where capital moves: the chain, or the paper ledger; one per network and vault type, both behind this one port.
 * No method rejects. Transient codes are worth another try; `CAPITAL_DENIED`, `SIMULATION_FAILED` and
 * `SIGNER_REFUSED` are an answer.
 */
export interface CapitalVenue {
  /** A fresh read; fails as a sync fails. */
  readFacts(
    vault: EngineVault,
    settings: CapitalSettings,
  ): Promise<Result<CapitalFacts, KeelError>>;
  /** The instructions, and what they must change. */
  plan(
    subject: CapitalSubject,
    facts: CapitalFacts,
    settings: CapitalSettings,
  ): Promise<Result<CapitalPlan, KeelError>>;
  /** What would happen; `SIMULATION_FAILED` with the program's error in words. No retry of a refusal (C3). */
  simulate(subject: CapitalSubject, plan: CapitalPlan): Promise<Result<SimulatedChange, KeelError>>;
  /**
   * Policy and, from the thresholds on, the trader's own word: may take minutes. `SIGNER_LOCKED`: ask again after
   * the unlock; `APPROVAL_DECLINED`: the trader said no.
   */
  approve(subject: CapitalSubject, plan: CapitalPlan): Promise<Result<ApprovalKind, KeelError>>;
  /** Nobody waits for the approval any more: takes back what the trader is asked. Harmless where nothing is. */
  withdrawApproval(operation: OperationId): void;
  /** The compiled message with a fresh blockhash: unsigned. */
  build(
    subject: CapitalSubject,
    plan: CapitalPlan,
  ): Promise<Result<OperationTransaction, KeelError>>;
  /** Signs the operation's own message: the same bytes however often it is asked. */
  sign(
    subject: CapitalSubject,
  ): Promise<Result<{ readonly signature: string; readonly wire: string }, KeelError>>;
  /**
   * Sends the same bytes, as often as wanted. The answer is never evidence of anything.
   * @param mayLeave asked right before the bytes leave, after whatever is waited for: where it says no, nothing does.
   */
  send(
    transaction: OperationTransaction,
    mayLeave?: () => boolean,
  ): Promise<Result<null, KeelError>>;
  /**
   * Never mistakes a lagging node, another cluster, a changed endpoint or a wrong clock for an expiry. A transaction
   * without a signature was never sent: the finalized block height alone proves its expiry.
   */
  readStatus(transaction: OperationTransaction): Promise<Result<TransactionStatus, KeelError>>;
  /** After the vaults were synced at or above the slot in which it landed. */
  judge(
    subject: CapitalSubject,
    after: ReadonlyMap<VaultId, VaultSnapshot>,
  ): Promise<Result<Judgement, KeelError>>;
  close(): void;
}

export type CapitalVenueFor = (
  network: NetworkId,
  vaultType: EngineVault['vaultType'],
) => CapitalVenue;

/** Signs, in a process of its own. Never rejects; without it `SIGNER_UNAVAILABLE`. */
export interface Signer {
  state(): SignerState;
  onState(listener: (state: SignerState) => void): Unsubscribe;
  /** Answers when the trader has, which may take minutes. */
  review(request: ReviewRequest): Promise<Result<ApprovalKind, KeelError>>;
  /** Base58 signature. One operation gets signatures of one message only, for as long as the signer runs. */
  sign(request: SignRequest): Promise<Result<{ readonly signature: string }, KeelError>>;
  /** Takes back a review that nobody waits for any more. */
  withdrawReview(operation: OperationId): void;
}
