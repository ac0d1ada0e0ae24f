import { syncRunId, type VaultId } from '#domain/ids.ts';
import type { KeelError } from '#domain/keel-error.ts';
import type { SyncRun } from '#domain/sync-run.ts';
import type { UnixMs } from '#domain/units.ts';
import { satisfiesFormula } from '#domain/vault-balances.ts';
import { rawQuantitiesOf, type VaultSnapshot } from '#domain/vault-snapshot.ts';
import type { SyncPhase, VaultSyncState, VaultView } from '#domain/vault-state.ts';
import { storedRowWrong, wordsOf, writeFailed } from '../engine-errors.ts';
import type { Clock, Logger, SyncCommit, VaultStore } from '../ports.ts';
import type { VaultBook } from '../vault-book.ts';
import { discrepantState, failedState, verifiedState } from './next-state.ts';
import type { RunEnd } from './open-run.ts';
import type { Verdict } from './read-round.ts';

/** A run whose last attempt is made. */
export interface ClosedRun {
  readonly run: SyncRun;
  readonly verdict: Verdict;
}

export interface SettleContext {
  /** False when the computer slept during the round: what it saw vouches for nothing now (S8). */
  readonly vouches: boolean;
  readonly phaseAfterFailure: SyncPhase;
}

interface SettlerPorts {
  readonly store: VaultStore;
  readonly book: VaultBook;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly newId: () => string;
}

const IDLE: SyncPhase = { kind: 'idle' };

/**
 * Commits what runs came to, checks the stored rows, and only then tells. Invariants: an observation is told of
 * only after it is stored, a failure and its halt are one commit, one outage is announced once.
 */
export class RunSettler {
  readonly #ports: SettlerPorts;
  readonly #announced = new Set<VaultId>();
  readonly #recoveryOwedSince = new Map<VaultId, UnixMs>();

  constructor(ports: SettlerPorts) {
    this.#ports = ports;
  }

  /** The next sync that vouches for the vault is told as a recovery, even where none had failed: after sleep (S8). */
  oweRecovery(vaultId: VaultId): void {
    const view = this.#ports.book.get(vaultId);
    if (view === undefined || this.#recoveryOwedSince.has(vaultId)) return;
    const { verification } = view.state;
    // Never verified: there is nothing to come back to.
    if (verification.kind === 'verified') this.#recoveryOwedSince.set(vaultId, verification.atMs);
  }

  /** For one slice of vaults. Never throws: a store that fails is a failure of the vaults concerned. */
  settle(closed: readonly ClosedRun[], context: SettleContext): ReadonlyMap<VaultId, RunEnd> {
    const commits = closed.flatMap((each) => {
      const view = this.#ports.book.get(each.run.vaultId);
      return view === undefined ? [] : [{ ...each, view, state: stateAfter(view.state, each) }];
    });
    const refused = this.#commit(commits.map(toCommit));
    const ends = new Map<VaultId, RunEnd>();
    for (const { run, view, state, verdict } of commits) {
      const fault = refused.get(run.vaultId) ?? null;
      const after =
        fault !== null
          ? this.#unstored(view, run, fault)
          : verdict.kind === 'verified'
            ? this.#checkStored(run, verdict.snapshot, state)
            : state;
      ends.set(run.vaultId, this.#tell(view, run, after, context));
    }
    return ends;
  }

  /** Failed attempts of runs that go on. A store that fails here fails at the run's end, and is told then. */
  noteOpen(runs: readonly SyncRun[]): void {
    try {
      this.#ports.store.recordOpenRuns(runs);
    } catch (thrown) {
      this.#ports.logger.error('attempts.not-stored', {
        runs: runs.length,
        fault: wordsOf(thrown),
      });
    }
  }

  /** Errors by vault. A batch that fails is tried one by one, so that one bad row stops one vault only. */
  #commit(commits: readonly SyncCommit[]): ReadonlyMap<VaultId, KeelError> {
    const refused = new Map<VaultId, KeelError>();
    try {
      if (commits.length > 0) this.#ports.store.commitSyncs(commits);
    } catch (thrown) {
      this.#ports.logger.error('sync.commit-failed', {
        vaults: commits.length,
        fault: wordsOf(thrown),
      });
      const [only, ...others] = commits;
      if (only !== undefined && others.length === 0) {
        refused.set(only.vaultId, writeFailed('The result of the sync', thrown));
        return refused;
      }
      for (const one of commits) {
        for (const [vaultId, error] of this.#commit([one])) refused.set(vaultId, error);
      }
    }
    return refused;
  }

  /**
   * What is in memory stays what is stored, but for the failure and the halt. The store may have refused the figures
   * alone: then the run goes into the log as failed.
   */
  #unstored(view: VaultView, run: SyncRun, error: KeelError): VaultSyncState {
    const state = failedState(view.state, {
      error,
      attempts: run.attempts.length,
      cause: run.cause,
      atMs: run.endedAtMs,
    });
    const failed = { vaultId: run.vaultId, run: failedRun(run, error), state };
    if (this.#commit([failed]).size === 0) return state;
    this.#saveHalt(run, state);
    return state;
  }

  #saveHalt(run: SyncRun, state: VaultSyncState): void {
    try {
      this.#ports.store.saveHalt(run.vaultId, state.halt);
    } catch (thrown) {
      this.#ports.logger.error('halt.not-stored', { vault: run.vaultId, fault: wordsOf(thrown) });
    }
  }

  /** S6: the row as loaded back must hold the same figures and obey the formula. */
  #checkStored(run: SyncRun, written: VaultSnapshot, state: VaultSyncState): VaultSyncState {
    try {
      const row = this.#ports.store.loadSyncState(run.vaultId).observation;
      if (
        row !== null &&
        row.snapshot.slot === written.slot &&
        rawQuantitiesOf(row.snapshot) === rawQuantitiesOf(written) &&
        row.snapshot.figures.totalCollateral === written.figures.totalCollateral &&
        satisfiesFormula(row.snapshot, row.balances)
      ) {
        return state;
      }
    } catch (thrown) {
      this.#ports.logger.error('sync.load-back-failed', {
        vault: run.vaultId,
        fault: wordsOf(thrown),
      });
    }
    return this.#rowIsWrong(run, written, state);
  }

  #rowIsWrong(run: SyncRun, written: VaultSnapshot, state: VaultSyncState): VaultSyncState {
    const error = storedRowWrong(written.slot);
    const last = run.attempts.at(-1);
    const attempts =
      last === undefined ? [] : [{ ...last, number: 1, outcome: 'failed', error } as const];
    const atMs = this.#ports.clock.nowMs();
    const wrong = discrepantState(state, {
      error,
      attempts: attempts.length,
      cause: run.cause,
      atMs,
    });
    const id = syncRunId(this.#ports.newId());
    const refused = this.#commit([
      {
        vaultId: run.vaultId,
        run: { ...run, id, attempts, outcome: 'discrepant', endedAtMs: atMs },
        state: wrong,
      },
    ]);
    if (refused.size > 0) this.#saveHalt(run, wrong);
    return wrong;
  }

  #tell(view: VaultView, run: SyncRun, state: VaultSyncState, context: SettleContext): RunEnd {
    const { book, clock, logger } = this.#ports;
    const { id, name } = view.vault;
    const { failure } = state;
    const before = view.state.failure;
    if (failure === null) {
      book.change(id, { state, phase: IDLE, synced: context.vouches || view.synced });
      const owedSinceMs = context.vouches ? this.#recoveryOwedSince.get(id) : undefined;
      if (context.vouches) this.#recoveryOwedSince.delete(id);
      if (this.#announced.delete(id) || before !== null || owedSinceMs !== undefined) {
        const failingSinceMs = before?.atMs ?? owedSinceMs ?? run.startedAtMs;
        logger.info('sync.recovered', { vault: id, run: run.id, failingSinceMs });
        book.publish({
          type: 'VAULT_SYNC_RECOVERED',
          vaultId: id,
          vaultName: name,
          failingSinceMs,
          atMs: clock.nowMs(),
        });
      }
      return { verified: true };
    }
    const { error } = failure;
    const attempts = run.attempts.length;
    logger.warn('sync.failed', {
      vault: id,
      run: run.id,
      cause: run.cause,
      code: error.code,
      attempts,
    });
    book.change(id, { state, phase: context.phaseAfterFailure });
    if (!this.#announced.has(id)) {
      this.#announced.add(id);
      book.publish({
        type: 'VAULT_SYNC_ERROR',
        vaultId: id,
        vaultName: name,
        error,
        attempts,
        atMs: run.endedAtMs,
      });
    }
    return { verified: false, error };
  }
}

function stateAfter(before: VaultSyncState, { run, verdict }: ClosedRun): VaultSyncState {
  if (verdict.kind === 'verified') return verifiedState(before, verdict.snapshot);
  const failure = {
    error: verdict.error,
    attempts: run.attempts.length,
    cause: run.cause,
    atMs: run.endedAtMs,
  };
  return verdict.kind === 'failed'
    ? failedState(before, failure)
    : discrepantState(before, failure);
}

/** The read was good; what failed is its commit. */
function failedRun(run: SyncRun, error: KeelError): SyncRun {
  const last = run.attempts.at(-1);
  const attempts =
    last === undefined || last.outcome !== 'verified'
      ? run.attempts
      : [...run.attempts.slice(0, -1), { ...last, outcome: 'failed', error } as const];
  return { ...run, attempts, outcome: 'failed' };
}

function toCommit({ run, state }: ClosedRun & { readonly state: VaultSyncState }): SyncCommit {
  return { vaultId: run.vaultId, run, state };
}
