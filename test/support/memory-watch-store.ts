import type { Alert, AlertId } from '#domain/alert.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import type { NetworkId } from '#domain/ids.ts';
import type { PausesSince, WatchStore } from '#main/engine/ports.ts';

/** The watch's record in memory, with the invariants of the real one; its contract test runs against both. */
export class MemoryWatchStore implements WatchStore {
  readonly #alerts = new Map<AlertId, Alert>();
  readonly #pauses = new Map<NetworkId, PausesSince>();
  #haltAll: HaltAll | null = null;

  saveAlert(alert: Alert): void {
    const twin = this.loadRaisedAlerts().find(({ key }) => key === alert.key);
    if (alert.clearedAtMs === null && twin !== undefined && twin.id !== alert.id) {
      throw new Error(`An alert of ${alert.key} is raised already`);
    }
    this.#alerts.set(alert.id, alert);
  }

  loadAlert(id: AlertId): Alert | null {
    return this.#alerts.get(id) ?? null;
  }

  loadRaisedAlerts(): readonly Alert[] {
    return [...this.#alerts.values()].filter(({ clearedAtMs }) => clearedAtMs === null);
  }

  loadAlerts(limit: number, before: AlertId | null): readonly Alert[] {
    const newestFirst = [...this.#alerts.values()].reverse();
    const from = before === null ? 0 : newestFirst.findIndex(({ id }) => id === before) + 1;
    return newestFirst.slice(from, from + limit);
  }

  countUnacknowledged(): number {
    return [...this.#alerts.values()].filter(({ acknowledgedAtMs }) => acknowledgedAtMs === null)
      .length;
  }

  acknowledgeAll(atMs: Alert['raisedAtMs']): number {
    const open = [...this.#alerts.values()].filter((alert) => alert.acknowledgedAtMs === null);
    for (const alert of open) this.#alerts.set(alert.id, { ...alert, acknowledgedAtMs: atMs });
    return open.length;
  }

  loadHaltAll(): HaltAll | null {
    return this.#haltAll;
  }

  saveHaltAll(haltAll: HaltAll | null): void {
    this.#haltAll = haltAll;
  }

  loadPauses(network: NetworkId): PausesSince {
    return this.#pauses.get(network) ?? {};
  }

  savePauses(network: NetworkId, pauses: PausesSince): void {
    this.#pauses.set(network, pauses);
  }
}
