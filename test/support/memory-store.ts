import { identityOf, type EngineVault } from '#domain/engine-vault.ts';
import type { OperationId, SyncRunId, VaultId } from '#domain/ids.ts';
import type { PaperAccount, PaperEntry } from '#domain/paper-account.ts';
import type { SyncRun } from '#domain/sync-run.ts';
import type { UnixMs } from '#domain/units.ts';
import { balancesEqual } from '#domain/vault-balances.ts';
import { rawQuantitiesOf } from '#domain/vault-snapshot.ts';
import { UNSYNCED, type VaultObservation, type VaultSyncState } from '#domain/vault-state.ts';
import type {
  HistoryPoint,
  PaperLedger,
  PaperLine,
  SyncCommit,
  VaultStore,
} from '#main/engine/ports.ts';

/**
 * The database in memory, as strict as the real one: rows are copies, a transaction happens whole or not at all,
 * and an older observation is refused.
 */
export class MemoryStore implements VaultStore {
  readonly #vaults = new Map<VaultId, EngineVault>();
  readonly #states = new Map<VaultId, VaultSyncState>();
  readonly #runs = new Map<VaultId, SyncRun[]>();
  readonly #history = new Map<VaultId, HistoryPoint[]>();
  readonly #runIds = new Set<SyncRunId>();
  readonly #homes = new Map<VaultId, string>();
  readonly #openRunIds = new Set<SyncRunId>();
  /** Vaults of each commit, in order. */
  readonly commits: VaultId[][] = [];
  /** Throws before the write when set: a full disk. */
  failWrites: ((vaultIds: readonly VaultId[]) => boolean) | null = null;
  /** Falsifies what is loaded back. */
  corruptLoads: ((state: VaultSyncState) => VaultSyncState) | null = null;

  loadVaults(): readonly EngineVault[] {
    return [...this.#vaults.values()].map((vault) => structuredClone(vault));
  }

  insertVault(vault: EngineVault): void {
    this.#mayWrite([vault.id]);
    if (this.#vaults.has(vault.id)) throw new Error(`vault ${vault.id} exists`);
    const twin = [...this.#vaults.values()].some((each) => identityOf(each) === identityOf(vault));
    if (twin) throw new Error(`identity ${identityOf(vault)} exists`);
    this.#vaults.set(vault.id, structuredClone(vault));
  }

  updateVault(vault: EngineVault): void {
    this.updateVaults([vault]);
  }

  updateVaults(vaults: readonly EngineVault[]): void {
    this.#mayWrite(vaults.map(({ id }) => id));
    const after = new Map(this.#vaults);
    for (const vault of vaults) {
      if (!after.has(vault.id)) throw new Error(`no vault ${vault.id}`);
      after.set(vault.id, structuredClone(vault));
    }
    const engines = [...after.values()].filter(({ active }) => active).map(({ engine }) => engine);
    if (new Set(engines).size !== engines.length) throw new Error('two active vaults');
    for (const [id, vault] of after) this.#vaults.set(id, vault);
  }

  loadHome(vault: VaultId): string | null {
    return this.#homes.get(vault) ?? null;
  }

  saveHomes(vaults: readonly VaultId[], genesisHash: string): void {
    this.#mayWrite(vaults);
    const moved = vaults.some((id) => (this.#homes.get(id) ?? genesisHash) !== genesisHash);
    if (moved) throw new Error('another home');
    for (const id of vaults) this.#homes.set(id, genesisHash);
  }

  loadSyncState(vault: VaultId): VaultSyncState {
    const state = structuredClone(this.#states.get(vault) ?? UNSYNCED);
    return this.corruptLoads === null ? state : this.corruptLoads(state);
  }

  commitSyncs(commits: readonly SyncCommit[]): void {
    this.#mayWrite(commits.map(({ vaultId }) => vaultId));
    const ids = new Set<SyncRunId>();
    for (const { vaultId, run, state } of commits) {
      if (!this.#vaults.has(vaultId)) throw new Error(`no vault ${vaultId}`);
      const ended = this.#runIds.has(run.id) && !this.#openRunIds.has(run.id);
      if (ended || ids.has(run.id)) throw new Error(`run ${run.id} exists`);
      ids.add(run.id);
      this.#refuseOlder(vaultId, state);
    }
    for (const { vaultId, run, state } of commits) this.#write(vaultId, run, state);
    this.commits.push(commits.map(({ vaultId }) => vaultId));
  }

  recordOpenRuns(runs: readonly SyncRun[]): void {
    this.#mayWrite(runs.map(({ vaultId }) => vaultId));
    for (const run of runs) {
      this.#openRunIds.add(run.id);
      this.#append(run);
    }
  }

  saveHalt(vault: VaultId, halt: VaultSyncState['halt']): void {
    this.#mayWrite([vault]);
    const state = this.#states.get(vault) ?? UNSYNCED;
    this.#states.set(vault, structuredClone({ ...state, halt }));
  }

  loadSyncRuns(vault: VaultId, limit: number, before?: SyncRunId): readonly SyncRun[] {
    const runs = [...(this.#runs.get(vault) ?? [])].reverse();
    const from = before === undefined ? 0 : runs.findIndex(({ id }) => id === before) + 1;
    return structuredClone(runs.slice(from, from + limit));
  }

  loadHistory(vault: VaultId, fromMs: UnixMs, toMs: UnixMs): readonly HistoryPoint[] {
    const points = this.#history.get(vault) ?? [];
    return points.filter((point) => point.untilMs >= fromMs && point.fromMs <= toMs);
  }

  #mayWrite(vaultIds: readonly VaultId[]): void {
    if (this.failWrites?.(vaultIds) === true) throw new Error('database or disk is full');
  }

  #refuseOlder(vaultId: VaultId, { observation }: VaultSyncState): void {
    const stored = this.#states.get(vaultId)?.observation ?? null;
    if (stored === null) return;
    if (observation === null || observation.snapshot.slot < stored.snapshot.slot) {
      throw new Error(`older observation of ${vaultId}`);
    }
  }

  /** In the place that it has, where it was noted while it was open. */
  #append(run: SyncRun): void {
    this.#runIds.add(run.id);
    const runs = [...(this.#runs.get(run.vaultId) ?? [])];
    const at = runs.findIndex(({ id }) => id === run.id);
    runs.splice(at < 0 ? runs.length : at, at < 0 ? 0 : 1, structuredClone(run));
    this.#runs.set(run.vaultId, runs);
  }

  #write(vaultId: VaultId, run: SyncRun, state: VaultSyncState): void {
    const before = this.#states.get(vaultId)?.observation ?? null;
    this.#openRunIds.delete(run.id);
    this.#append(run);
    this.#states.set(vaultId, structuredClone(state));
    if (state.observation === null || run.outcome !== 'verified') return;
    const points = this.#history.get(vaultId) ?? [];
    const last = points.at(-1);
    const same = before !== null && sameValues(before, state.observation);
    if (last !== undefined && same) {
      points[points.length - 1] = { ...last, untilMs: state.observation.snapshot.observedAtMs };
    } else {
      points.push(pointOf(before, state.observation));
    }
    this.#history.set(vaultId, points);
  }
}

function sameValues(left: VaultObservation, right: VaultObservation): boolean {
  return (
    balancesEqual(left.balances, right.balances) &&
    left.snapshot.figures.freeCollateral === right.snapshot.figures.freeCollateral &&
    rawQuantitiesOf(left.snapshot) === rawQuantitiesOf(right.snapshot)
  );
}

function pointOf(before: VaultObservation | null, now: VaultObservation): HistoryPoint {
  const { snapshot, balances } = now;
  const { figures, observedAtMs, slot } = snapshot;
  return {
    fromMs: observedAtMs,
    untilMs: observedAtMs,
    slot,
    totalCollateral: figures.totalCollateral,
    usdc: balances.USDC,
    driftPos: balances.DRIFT_POS,
    freeCollateral: figures.freeCollateral,
    unrealizedPnl: figures.unrealizedPnl,
    health: figures.health,
    holdingsChanged:
      before === null || rawQuantitiesOf(before.snapshot) !== rawQuantitiesOf(snapshot),
  };
}

/** The paper ledger in memory: the head is always the last line's. */
export class MemoryLedger implements PaperLedger {
  readonly #entries = new Map<VaultId, PaperEntry[]>();
  failWrites = false;

  loadAccount(vault: VaultId): PaperAccount | null {
    const last = this.#entries.get(vault)?.at(-1);
    if (last === undefined) return null;
    return { cash: last.cashAfter, revision: last.revision, changedAtMs: last.atMs };
  }

  append(vault: VaultId, entry: PaperEntry): void {
    this.appendAll([{ vaultId: vault, entry }]);
  }

  appendAll(lines: readonly PaperLine[]): void {
    if (this.failWrites) throw new Error('database or disk is full');
    const before = new Map(this.#entries);
    try {
      for (const { vaultId, entry } of lines) this.#appendOne(vaultId, entry);
    } catch (thrown) {
      for (const { vaultId } of lines) this.#entries.set(vaultId, before.get(vaultId) ?? []);
      throw thrown;
    }
  }

  loadOperationEntry(vault: VaultId, operation: OperationId): PaperEntry | null {
    const found = this.#entries.get(vault)?.find(({ operationId }) => operationId === operation);
    return structuredClone(found ?? null);
  }

  #appendOne(vault: VaultId, entry: PaperEntry): void {
    const entries = this.#entries.get(vault) ?? [];
    const last = entries.at(-1);
    const { operationId } = entry;
    const twice =
      operationId !== undefined && entries.some((line) => line.operationId === operationId);
    if (twice) throw new Error('operation is in the ledger already');
    if (entry.revision !== (last?.revision ?? 0) + 1) throw new Error('revision out of turn');
    if (entry.cashAfter < 0n) throw new Error('cash below zero');
    if ((last?.cashAfter ?? 0n) + entry.change !== entry.cashAfter) throw new Error('sum is wrong');
    this.#entries.set(vault, [...entries, structuredClone(entry)]);
  }

  loadEntries(vault: VaultId, limit: number): readonly PaperEntry[] {
    return structuredClone([...(this.#entries.get(vault) ?? [])].reverse().slice(0, limit));
  }
}
