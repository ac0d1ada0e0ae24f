import type { ExchangeObservation } from '#domain/exchange-state.ts';
import type { NetworkId, VaultId } from '#domain/ids.ts';
import { isTransient } from '#domain/keel-error.ts';
import type { NetworkStatus } from '#domain/network.ts';
import type { SyncCause, SyncRun } from '#domain/sync-run.ts';
import type { SyncSettings } from '#domain/sync-settings.ts';
import { unixMs } from '#domain/units.ts';
import type { SyncPhase } from '#domain/vault-state.ts';
import { engineFault, engineStopped } from '../engine-errors.ts';
import type { Clock, Logger, Unsubscribe, VaultStore, VenueReader } from '../ports.ts';
import type { VaultBook } from '../vault-book.ts';
import { Cadence } from './cadence.ts';
import { guardedReader } from './guarded-reader.ts';
import { inSlices } from './in-slices.ts';
import { alwaysConfirmed, attemptOf, closeRun, type OpenRun, type RunEnd } from './open-run.ts';
import { readRound, type Round, type RoundTarget, type Verdict } from './read-round.ts';
import { RunQueue } from './run-queue.ts';
import { RunSettler, type ClosedRun } from './settle-runs.ts';

/** Hints that arrive within this window become one read. */
export const HINT_WINDOW_MS = 50;

export interface GroupPorts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly store: VaultStore;
  readonly book: VaultBook;
  readonly newId: () => string;
  readonly settings: () => SyncSettings;
  readonly onExchange: (network: NetworkId, observation: ExchangeObservation) => void;
  /** Around the verdicts of one slice: what they make the watch tell is one commit, too. */
  readonly together: (work: () => void) => void;
}

/**
 * Keeps all vaults of one reader in step. One round of reads at a time; each round takes every vault that is due, so that
 * a heartbeat is one read. Entry points: `sync`, `syncAll`, `wake`; everything else comes from
 * its own timer. Invariants: rounds never overlap, a vault has one open run at most, every run ends.
 */
export class SyncGroup {
  readonly #ports: GroupPorts;
  readonly #queue: RunQueue;
  readonly #settler: RunSettler;
  readonly #members = new Set<VaultId>();
  readonly #cadence: Cadence;
  #reader: VenueReader;
  #leaveReader: Unsubscribe = () => undefined;
  #busy = false;
  #stopped = false;
  #started = false;
  #sleeps = 0;
  #cancelTimer: Unsubscribe = () => undefined;

  constructor(reader: VenueReader, ports: GroupPorts) {
    this.#reader = guardedReader(reader, ports.logger);
    this.#ports = ports;
    this.#queue = new RunQueue(ports.clock, ports.newId);
    this.#settler = new RunSettler(ports);
    this.#cadence = new Cadence(ports.clock, ports.settings);
    this.#listen();
  }

  /** @param cause of the first sync; null where the caller asks for it itself. */
  start(cause: SyncCause | null): void {
    this.#started = true;
    this.#cadence.restartHeartbeat();
    this.#watch();
    if (cause !== null) void this.syncAll(cause);
  }

  add(vaultId: VaultId): void {
    this.#members.add(vaultId);
    if (this.#started) this.#watch();
  }

  remove(vaultId: VaultId): void {
    if (!this.#members.delete(vaultId)) return;
    this.#cadence.mend(vaultId);
    this.#cadence.restWhenWell();
    this.#queue.drop(vaultId, { verified: false, error: engineStopped() });
    if (this.#started) this.#watch();
    this.#pump();
  }

  /** A run that begins now, or right after the open one. Resolves when it has ended and is stored. */
  sync(vaultId: VaultId, cause: SyncCause): Promise<RunEnd> {
    const end = this.#wanted(vaultId, cause);
    this.#pump();
    return end;
  }

  /** The same for every vault of the group, in one round. */
  syncAll(cause: SyncCause): Promise<readonly RunEnd[]> {
    const ends = [...this.#members].map((vaultId) => this.#wanted(vaultId, cause));
    this.#pump();
    return Promise.all(ends);
  }

  /** After sleep nothing is vouched for until it has been read again (S8). */
  wake(): void {
    for (const vaultId of this.#members) this.#settler.oweRecovery(vaultId);
    this.doubt();
  }

  /** The same without a word of recovery: the clock was set, and tells no age across that. */
  doubt(): void {
    this.#sleeps += 1;
    const { book, clock } = this.#ports;
    book.distrust(this.#members);
    void inSlices([...this.#members], clock, (slice) => {
      for (const vaultId of slice) book.change(vaultId, {});
    });
    void this.syncAll('wake');
  }

  /** The network has moved, for instance to another port. */
  useReader(reader: VenueReader): void {
    this.#leaveReader();
    this.#reader.close();
    this.#reader = guardedReader(reader, this.#ports.logger);
    this.#listen();
    if (!this.#started) return;
    this.#watch();
    void this.syncAll('reconnect');
  }

  settingsChanged(): void {
    this.#pump();
  }

  /** The reader's own status, with what only the group knows: when it tries again. */
  status(): NetworkStatus | null {
    const status = this.#reader.status();
    return status === null ? null : this.#withReconnect(status);
  }

  /** No store is touched afterwards; a round under way is let go. */
  stop(): void {
    this.#stopped = true;
    this.#cancelTimer();
    this.#leaveReader();
    this.#reader.close();
    this.#queue.dropAll({ verified: false, error: engineStopped() });
  }

  #wanted(vaultId: VaultId, cause: SyncCause): Promise<RunEnd> {
    if (this.#stopped || !this.#members.has(vaultId)) {
      return Promise.resolve({ verified: false, error: engineStopped() });
    }
    const nowMs = this.#ports.clock.monotonicMs();
    return new Promise((resolve) => this.#queue.want(vaultId, cause, nowMs, resolve));
  }

  #listen(): void {
    let socketWasLost = false;
    const leave = this.#reader.onStatus((status) => {
      this.#ports.book.publish({ type: 'NETWORK_CHANGED', status: this.#withReconnect(status) });
      if (status.socket === 'down' || status.socket === 'silent') socketWasLost = true;
      if (status.socket !== 'live' || !socketWasLost) return;
      // What happened while the socket was dead was never announced.
      socketWasLost = false;
      if (this.#started) void this.syncAll('reconnect');
    });
    this.#leaveReader = leave;
  }

  #watch(): void {
    const { book, clock } = this.#ports;
    const vaults = [...this.#members].flatMap((id) => book.get(id)?.vault ?? []);
    this.#reader.watch(vaults, (vaultId) => {
      if (!this.#members.has(vaultId) || this.#stopped) return;
      this.#queue.want(vaultId, 'subscription', clock.monotonicMs() + HINT_WINDOW_MS);
      if (!this.#busy) this.#queue.hurry(vaultId);
      this.#pump();
    });
  }

  #pump(): void {
    if (this.#busy || this.#stopped || !this.#started) return;
    this.#cancelTimer();
    this.#raiseHeartbeat();
    this.#raiseReconnect();
    const due = this.#queue.takeDue((id) => this.#cadence.troubled.has(id), this.#ports.settings());
    if (due.length === 0) {
      this.#cancelTimer = this.#ports.clock.schedule(this.#idleMs(), () => this.#pump());
      return;
    }
    this.#busy = true;
    void this.#attempt(due)
      .catch((thrown: unknown) => this.#abandon(due, thrown))
      .finally(() => {
        this.#busy = false;
        this.#pump();
      });
  }

  #idleMs(): number {
    const dueMs = Math.min(this.#cadence.nextDueMs(), this.#queue.nextDueMs() ?? Infinity);
    return Math.max(0, dueMs - this.#ports.clock.monotonicMs());
  }

  #raiseHeartbeat(): void {
    if (!this.#cadence.takeHeartbeat()) return;
    const nowMs = this.#ports.clock.monotonicMs();
    for (const vaultId of this.#members) {
      if (this.#cadence.troubled.has(vaultId) || this.#queue.has(vaultId)) continue;
      this.#queue.want(vaultId, 'heartbeat', nowMs);
    }
  }

  /** Over the endpoints in turn (S8). One vault's permanent fault is no reason to change the endpoint. */
  #raiseReconnect(): void {
    const { inOutage, troubled } = this.#cadence;
    if (!this.#cadence.takeReconnect()) return;
    if (inOutage || this.#anyTransientTrouble()) this.#reader.useNextEndpoint();
    const nowMs = this.#ports.clock.monotonicMs();
    for (const vaultId of inOutage ? this.#members : troubled) {
      this.#queue.want(vaultId, 'reconnect', nowMs);
    }
  }

  #anyTransientTrouble(): boolean {
    return [...this.#cadence.troubled].some((vaultId) => {
      const error = this.#ports.book.get(vaultId)?.state.failure?.error;
      return error !== undefined && isTransient(error);
    });
  }

  async #attempt(due: readonly OpenRun[]): Promise<void> {
    const { clock } = this.#ports;
    const sleeps = this.#sleeps;
    await inSlices(due, clock, (slice) => slice.forEach((run) => this.#showReading(run)));
    const targets = due.flatMap((run) => this.#targetOf(run) ?? []);
    const startedAtMs = clock.nowMs();
    const reader = this.#reader;
    const announced = due.some(({ cause, hurried }) => hurried || cause === 'subscription');
    const round = await readRound(targets, reader, clock, announced);
    await clock.yieldToLoop();
    this.#ports.logger.debug('sync.round', {
      vaults: targets.length,
      rpcCalls: round.rpcCalls,
      answered: round.answered,
      ms: clock.nowMs() - startedAtMs,
    });
    // What a reader saw that was replaced meanwhile is of another network: the runs stay due and are read anew.
    if (this.#stopped || reader !== this.#reader) return;
    if (this.#cadence.inOutage && round.answered) this.#reconnected(due);
    await inSlices(due, clock, (slice) => {
      if (this.#stopped) return;
      const vouches = sleeps === this.#sleeps;
      this.#ports.together(() => this.#conclude(slice, round, startedAtMs, vouches));
    });
    this.#cadence.restWhenWell();
    // After the verdicts: what a pause means depends on the positions of the same read.
    const network = targets[0]?.vault.network;
    if (network === undefined || this.#stopped) return;
    for (const seen of round.exchanges) this.#ports.onExchange(network, seen);
  }

  /** An untroubled heartbeat is not shown: hundreds of vaults would flicker every few seconds. */
  #showReading(run: OpenRun): void {
    const { vaultId, cause, attempts } = run;
    const silent = cause === 'heartbeat' || cause === 'subscription';
    if ((silent && attempts.length === 0) || !this.#queue.isOpen(run)) return;
    const attempt = attempts.length + 1;
    this.#ports.book.change(vaultId, { phase: { kind: 'reading', cause, attempt } });
  }

  #targetOf({ vaultId, cause }: OpenRun): RoundTarget | null {
    const view = this.#ports.book.get(vaultId);
    if (view === undefined) return null;
    const { observation, verification, failure } = view.state;
    return {
      vault: view.vault,
      stored: observation?.snapshot ?? null,
      storedIsVerified:
        view.synced &&
        verification.kind === 'verified' &&
        failure === null &&
        !alwaysConfirmed(cause),
    };
  }

  #conclude(slice: readonly OpenRun[], round: Round, startedAtMs: number, vouches: boolean): void {
    const closed: (ClosedRun & { readonly open: OpenRun })[] = [];
    const goingOn: SyncRun[] = [];
    for (const open of slice) {
      const verdict = round.verdicts.get(open.vaultId);
      if (verdict === undefined || !this.#queue.isOpen(open)) continue;
      const attempt = attemptOf(open, unixMs(startedAtMs), verdict);
      if (attempt.nextDelayMs !== null && verdict.kind === 'failed') {
        this.#queue.retry(open, attempt, attempt.nextDelayMs);
        goingOn.push(closeRun(open, attempt, 'failed', this.#ports.clock.nowMs()));
        this.#showWaiting(open, attempt.number, attempt.nextDelayMs, verdict);
        continue;
      }
      const outcome = verdict.kind;
      closed.push({
        open,
        verdict,
        run: closeRun(open, attempt, outcome, this.#ports.clock.nowMs()),
      });
    }
    if (goingOn.length > 0) this.#settler.noteOpen(goingOn);
    if (closed.some(({ verdict }) => verdict.kind !== 'verified')) this.#beginReconnecting(closed);
    const ends = this.#settler.settle(closed, {
      vouches,
      phaseAfterFailure: this.#reconnectingPhase(),
    });
    for (const { open } of closed) {
      const end = ends.get(open.vaultId);
      if (end === undefined) continue;
      if (end.verified) this.#cadence.mend(open.vaultId);
      else this.#cadence.trouble(open.vaultId);
      this.#queue.close(open, end);
    }
  }

  #showWaiting(
    { vaultId, cause }: OpenRun,
    failedAttempt: number,
    delayMs: number,
    { error }: Extract<Verdict, { kind: 'failed' }>,
  ): void {
    const nextAttemptAtMs = unixMs(this.#ports.clock.nowMs() + delayMs);
    this.#ports.book.change(vaultId, {
      phase: { kind: 'waiting', cause, failedAttempt, delayMs, nextAttemptAtMs, error },
    });
  }

  #beginReconnecting(closed: readonly ClosedRun[]): void {
    this.#cadence.expectReconnect();
    const silent = closed.some(({ verdict }) => verdict.kind === 'failed' && verdict.wholeRead);
    if (!silent || this.#cadence.inOutage) return;
    this.#cadence.beginOutage();
    this.#tellStatus();
  }

  /** The venue answers again: every vault is synced before anything else goes on (S8). */
  #reconnected(due: readonly OpenRun[]): void {
    this.#cadence.endOutage();
    const nowMs = this.#ports.clock.monotonicMs();
    const inThisRound = new Set(due.map(({ vaultId }) => vaultId));
    for (const vaultId of this.#members) {
      if (!inThisRound.has(vaultId)) this.#queue.want(vaultId, 'reconnect', nowMs);
    }
    this.#tellStatus();
  }

  #reconnectingPhase(): SyncPhase {
    return { kind: 'reconnecting', nextAttemptAtMs: this.#cadence.reconnectAtMs() };
  }

  #tellStatus(): void {
    const status = this.status();
    if (status !== null) this.#ports.book.publish({ type: 'NETWORK_CHANGED', status });
  }

  #withReconnect(status: NetworkStatus): NetworkStatus {
    if (!this.#cadence.inOutage) return status;
    const connection = status.connection === 'wrong-cluster' ? 'wrong-cluster' : 'reconnecting';
    return { ...status, connection, nextAttemptAtMs: this.#cadence.reconnectAtMs() };
  }

  /** A bug in Keel itself: the vaults of the round stop trading, the engine goes on. */
  #abandon(due: readonly OpenRun[], thrown: unknown): void {
    if (this.#stopped) return;
    const error = engineFault('syncing', thrown);
    this.#ports.logger.error('sync.fault', { vaults: due.length, fault: error.message });
    const { clock } = this.#ports;
    const verdict: Verdict = {
      kind: 'failed',
      error,
      slot: null,
      movedOn: false,
      wholeRead: false,
      durationMs: 0,
    };
    for (const open of due) {
      if (!this.#queue.isOpen(open)) continue;
      this.#queue.close(open, { verified: false, error });
      this.#cadence.trouble(open.vaultId);
      const attempt = attemptOf(open, clock.nowMs(), verdict);
      const run = closeRun(open, attempt, 'failed', clock.nowMs());
      const phaseAfterFailure = this.#reconnectingPhase();
      this.#settler.settle([{ run, verdict }], { vouches: false, phaseAfterFailure });
    }
  }
}
