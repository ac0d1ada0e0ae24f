import { ALERT_SEVERITIES, type Alert, type AlertId } from '#domain/alert.ts';
import type { HaltAll } from '#domain/halt-all.ts';
import type { NetworkId } from '#domain/ids.ts';
import { keelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';
import type { PausesSince, WatchStore } from '#main/engine/ports.ts';

/** The watch's record in memory, with the invariants of the real one; its contract test runs against both. */
export class MemoryWatchStore implements WatchStore {
  readonly #alerts = new Map<AlertId, Alert>();
  readonly #pauses = new Map<NetworkId, PausesSince>();
  #haltAll: HaltAll | null = null;

  saveAlert(alert: Alert): void {
    const twin = this.loadRaisedAlerts().find(({ key }) => key === alert.key);
    if (alert.clearedAtMs === null && twin !== undefined && twin.id !== alert.id) {
      throw refused(`${alert.key} is raised already, as alert ${twin.id}`);
    }
    if (alert.clearedAtMs !== null && alert.clearedAtMs < alert.raisedAtMs) {
      throw refused(`alert ${alert.id} would be cleared before it was raised`);
    }
    const stored = this.#alerts.get(alert.id);
    const problem = stored === undefined ? null : changeProblem(stored, alert);
    if (problem !== null) throw refused(`alert ${alert.id}: ${problem}`);
    this.#alerts.set(alert.id, alert);
  }

  saveAlerts(alerts: readonly Alert[]): void {
    const before = [...this.#alerts];
    try {
      for (const alert of alerts) this.saveAlert(alert);
    } catch (thrown) {
      this.#alerts.clear();
      for (const [id, alert] of before) this.#alerts.set(id, alert);
      throw thrown;
    }
  }

  loadAlert(id: AlertId): Alert | null {
    return this.#alerts.get(id) ?? null;
  }

  loadRaisedAlerts(): readonly Alert[] {
    return [...this.#alerts.values()].filter(({ clearedAtMs }) => clearedAtMs === null);
  }

  loadAlerts(limit: number, before: AlertId | null): readonly Alert[] {
    const newestFirst = [...this.#alerts.values()].reverse();
    if (before === null) return newestFirst.slice(0, limit);
    const anchor = newestFirst.findIndex(({ id }) => id === before);
    if (anchor < 0) throw notFound(before);
    return newestFirst.slice(anchor + 1, anchor + 1 + limit);
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

function changeProblem(stored: Alert, next: Alert): string | null {
  const fixed = ['key', 'kind', 'raisedAtMs'] as const;
  if (fixed.some((field) => stored[field] !== next[field])) return 'it would become another one';
  const fields = Object.keys(stored) as (keyof Alert)[];
  const changed = fields.filter((field) => stored[field] !== next[field]);
  if (stored.clearedAtMs !== null && changed.some((field) => field !== 'acknowledgedAtMs')) {
    return 'a cleared alert never changes';
  }
  const isWorse =
    ALERT_SEVERITIES.indexOf(next.severity) > ALERT_SEVERITIES.indexOf(stored.severity);
  const mayAcknowledge =
    stored.acknowledgedAtMs === null ||
    stored.acknowledgedAtMs === next.acknowledgedAtMs ||
    isWorse;
  return mayAcknowledge ? null : 'it is acknowledged once, until it grows worse';
}

function refused(why: string): KeelFault {
  const advice = 'The last committed figures are intact. Report this with the log.';
  return new KeelFault(keelError('DATABASE_WRITE_FAILED', 'stop', `Not written: ${why}.`, advice));
}

function notFound(id: AlertId): KeelFault {
  return new KeelFault(
    keelError('ALERT_NOT_FOUND', 'fix-input', `There is no alert ${id}.`, 'Open the inbox anew.'),
  );
}
