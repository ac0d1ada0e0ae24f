import { syncRunId, type VaultId } from '#domain/ids.ts';
import type { SyncAttempt, SyncCause } from '#domain/sync-run.ts';
import type { SyncSettings } from '#domain/sync-settings.ts';
import type { Clock } from '../ports.ts';
import {
  settingsFor,
  strongerCause,
  type OpenRun,
  type RunEnd,
  type RunWaiter,
} from './open-run.ts';

interface Want {
  readonly cause: SyncCause;
  readonly notBeforeMs: number;
  readonly waiters: readonly RunWaiter[];
}

/**
 * Which vaults of a group want a run, and which runs are open. A vault has at most one open run: what is wanted
 * meanwhile waits and follows at once when the run ends.
 */
export class RunQueue {
  readonly #wants = new Map<VaultId, Want>();
  readonly #runs = new Map<VaultId, OpenRun>();
  readonly #clock: Clock;
  readonly #newId: () => string;

  constructor(clock: Clock, newId: () => string) {
    this.#clock = clock;
    this.#newId = newId;
  }

  want(vaultId: VaultId, cause: SyncCause, notBeforeMs: number, waiter?: RunWaiter): void {
    const before = this.#wants.get(vaultId);
    const waiters = waiter === undefined ? [] : [waiter];
    this.#wants.set(
      vaultId,
      before === undefined
        ? { cause, notBeforeMs, waiters }
        : {
            cause: strongerCause(before.cause, cause),
            notBeforeMs: Math.min(before.notBeforeMs, notBeforeMs),
            waiters: [...before.waiters, ...waiters],
          },
    );
  }

  /** Whether a run is open or wanted: a heartbeat then has nothing to add. */
  has(vaultId: VaultId): boolean {
    return this.#runs.has(vaultId) || this.#wants.has(vaultId);
  }

  /** Opens what is wanted now and returns every run whose next attempt is due, and only those. */
  takeDue(inOutage: (vaultId: VaultId) => boolean, settings: SyncSettings): readonly OpenRun[] {
    const nowMs = this.#clock.monotonicMs();
    for (const [vaultId, { cause, notBeforeMs, waiters }] of this.#wants) {
      if (this.#runs.has(vaultId) || notBeforeMs > nowMs) continue;
      this.#wants.delete(vaultId);
      this.#runs.set(vaultId, {
        id: syncRunId(this.#newId()),
        vaultId,
        cause,
        startedAtMs: this.#clock.nowMs(),
        settings: settingsFor(cause, inOutage(vaultId), settings),
        waiters,
        attempts: [],
        dueMs: nowMs,
        hurried: false,
      });
    }
    return [...this.#runs.values()].filter(({ dueMs }) => dueMs <= nowMs);
  }

  /** Notes a failed attempt; the run's next one is due after the attempt's delay. */
  retry(run: OpenRun, attempt: SyncAttempt, delayMs: number): void {
    if (this.#runs.get(run.vaultId)?.id !== run.id) return;
    const dueMs = this.#clock.monotonicMs() + delayMs;
    this.#runs.set(run.vaultId, { ...run, attempts: [...run.attempts, attempt], dueMs });
  }

  /**
   * The vault has changed while its run waits for another attempt: that one is due now. Once in a run only, so that an
   * account that changes all the time does not use the retries up at once.
   */
  hurry(vaultId: VaultId): void {
    const run = this.#runs.get(vaultId);
    if (run === undefined || run.hurried) return;
    const dueMs = Math.min(run.dueMs, this.#clock.monotonicMs());
    this.#runs.set(vaultId, { ...run, hurried: true, dueMs });
  }

  isOpen(run: OpenRun): boolean {
    return this.#runs.get(run.vaultId)?.id === run.id;
  }

  close(run: OpenRun, end: RunEnd): void {
    if (this.isOpen(run)) this.#runs.delete(run.vaultId);
    for (const waiter of run.waiters) waiter(end);
  }

  /** Forgets the vault; whoever waits for it is answered. */
  drop(vaultId: VaultId, end: RunEnd): void {
    const waiters = [
      ...(this.#runs.get(vaultId)?.waiters ?? []),
      ...(this.#wants.get(vaultId)?.waiters ?? []),
    ];
    this.#runs.delete(vaultId);
    this.#wants.delete(vaultId);
    for (const waiter of waiters) waiter(end);
  }

  dropAll(end: RunEnd): void {
    for (const vaultId of new Set([...this.#runs.keys(), ...this.#wants.keys()])) {
      this.drop(vaultId, end);
    }
  }

  /** Monotonic time at which something is due; null while nothing is. */
  nextDueMs(): number | null {
    const dues = [
      ...[...this.#runs.values()].map(({ dueMs }) => dueMs),
      ...[...this.#wants].flatMap(([vaultId, { notBeforeMs }]) =>
        this.#runs.has(vaultId) ? [] : [notBeforeMs],
      ),
    ];
    return dues.length === 0 ? null : Math.min(...dues);
  }
}
