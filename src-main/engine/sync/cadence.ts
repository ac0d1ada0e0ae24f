import type { VaultId } from '#domain/ids.ts';
import type { SyncSettings } from '#domain/sync-settings.ts';
import { unixMs, type UnixMs } from '#domain/units.ts';
import type { Clock } from '../ports.ts';

/**
 * When a group reads by itself: heartbeats while all is well, reconnect attempts while a vault is in trouble. In an
 * outage (the venue does not answer at all) heartbeats rest and reconnecting has the floor (S8).
 */
export class Cadence {
  readonly #clock: Clock;
  readonly #settings: () => SyncSettings;
  readonly #troubled = new Set<VaultId>();
  #outage = false;
  #lastHeartbeatMs = 0;
  #reconnectDueMs: number | null = null;

  constructor(clock: Clock, settings: () => SyncSettings) {
    this.#clock = clock;
    this.#settings = settings;
  }

  get inOutage(): boolean {
    return this.#outage;
  }

  /** Vaults whose last run failed. */
  get troubled(): ReadonlySet<VaultId> {
    return this.#troubled;
  }

  /** The next heartbeat is a whole interval away. */
  restartHeartbeat(): void {
    this.#lastHeartbeatMs = this.#clock.monotonicMs();
  }

  /** True once per interval, counted from start to start. */
  takeHeartbeat(): boolean {
    const dueMs = this.#heartbeatDueMs();
    if (dueMs === null || this.#clock.monotonicMs() < dueMs) return false;
    this.restartHeartbeat();
    return true;
  }

  /** True once per interval while anything is in trouble. */
  takeReconnect(): boolean {
    const nowMs = this.#clock.monotonicMs();
    if (this.#reconnectDueMs === null || nowMs < this.#reconnectDueMs) return false;
    this.#reconnectDueMs = nowMs + this.#settings().reconnectEveryMs;
    return true;
  }

  trouble(vaultId: VaultId): void {
    this.#troubled.add(vaultId);
    this.expectReconnect();
  }

  mend(vaultId: VaultId): void {
    this.#troubled.delete(vaultId);
  }

  expectReconnect(): void {
    this.#reconnectDueMs ??= this.#clock.monotonicMs() + this.#settings().reconnectEveryMs;
  }

  beginOutage(): void {
    this.#outage = true;
    this.expectReconnect();
  }

  endOutage(): void {
    this.#outage = false;
    this.restartHeartbeat();
  }

  /** Ends the attempts where nothing is in trouble any more. */
  restWhenWell(): void {
    if (!this.#outage && this.#troubled.size === 0) this.#reconnectDueMs = null;
  }

  /** Wall time of the next reconnect attempt. */
  reconnectAtMs(): UnixMs {
    const nowMs = this.#clock.monotonicMs();
    const inMs = Math.max(0, (this.#reconnectDueMs ?? nowMs) - nowMs);
    return unixMs(this.#clock.nowMs() + inMs);
  }

  /** Monotonic time of whatever comes first. */
  nextDueMs(): number {
    const dues = [this.#heartbeatDueMs(), this.#reconnectDueMs].filter((due) => due !== null);
    return Math.min(...dues);
  }

  #heartbeatDueMs(): number | null {
    return this.#outage ? null : this.#lastHeartbeatMs + this.#settings().heartbeatMs;
  }
}
