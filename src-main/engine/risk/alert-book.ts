/**
 * The alerts that are raised, in step with their record. Entry points: `judge`, `news`, `together`, `acknowledge`.
 * Invariants: an alert is told after its commit; a store that fails keeps no alert from the trader, and is
 * tried again until it has taken it.
 */
import type { Alert, AlertChange, AlertId, AlertView, Condition } from '#domain/alert.ts';
import { alertId } from '#domain/alert.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import { acknowledgeAlert, newsAlert, stepAlert, type AlertStep } from '#domain/step-alert.ts';
import type { EngineDeps } from '../engine.ts';
import { engineFault, wordsOf, writeFailed } from '../engine-errors.ts';
import type { EngineEvent } from '../ports.ts';
import { AlertRecord } from './alert-record.ts';

const PAGE = 500;

type AlertDeps = Pick<
  EngineDeps,
  'clock' | 'logger' | 'watchStore' | 'publisher' | 'newId' | 'revisionBase'
>;

export class AlertBook {
  readonly #deps: AlertDeps;
  readonly #raised = new Map<string, Alert>();
  /** Revisions of this run; alerts of an earlier one stand at the base. */
  readonly #revisions = new Map<AlertId, number>();
  readonly #record: AlertRecord;
  /** Changes that are committed in one; null: each by itself. */
  #together: AlertStep[] | null = null;

  constructor(deps: AlertDeps) {
    this.#deps = deps;
    this.#record = new AlertRecord(deps);
  }

  /** What an earlier run has raised goes on under its ids. */
  load(): void {
    try {
      for (const alert of this.#deps.watchStore.loadRaisedAlerts()) {
        this.#raised.set(alert.key, alert);
      }
    } catch (thrown) {
      this.#deps.logger.error('alerts.not-loaded', { fault: wordsOf(thrown) });
    }
  }

  stop(): void {
    this.#record.stop();
  }

  raised(key: string): Alert | null {
    return this.#raised.get(key) ?? null;
  }

  allRaised(): readonly Alert[] {
    return [...this.#raised.values()];
  }

  /** What is the case now under the key; null: nothing. */
  judge(key: string, condition: Condition | null): AlertChange | null {
    const before = this.raised(key);
    if (before === null && condition === null) return null;
    const step = stepAlert(before, condition, this.#deps.clock.nowMs(), () => this.#newId());
    if (step !== null) this.#take(step);
    return step?.change ?? null;
  }

  /** Answers with the id under which it is told. */
  news(news: Condition, id = this.#newId()): AlertId {
    this.#take(newsAlert(news, this.#deps.clock.nowMs(), id));
    return id;
  }

  /** Whether the alert is on disk as it was told last. Throws where the store does. */
  isStored(id: AlertId): boolean {
    return !this.#record.waits(id) && this.#deps.watchStore.loadAlert(id) !== null;
  }

  /** Whether no alert has the id yet; where that cannot be read, it is not known to be free. */
  isFree(id: AlertId): boolean {
    try {
      return this.#record.find(id) === null;
    } catch {
      return false;
    }
  }

  /** What the work judges is one commit, and told after it: hundreds of vaults do not wait for the disk one by one. */
  together(work: () => void): void {
    if (this.#together !== null) {
      work();
      return;
    }
    const steps: AlertStep[] = [];
    this.#together = steps;
    try {
      work();
    } finally {
      this.#together = null;
      this.#commit(steps);
    }
  }

  /** Newest first. */
  page(
    limit: number,
    before: AlertId | null,
  ): Result<{ readonly alerts: readonly AlertView[]; readonly unacknowledged: number }, KeelError> {
    const { watchStore } = this.#deps;
    try {
      this.#record.saveWaiting();
      const alerts = watchStore.loadAlerts(limit, before).map((alert) => this.#viewOf(alert));
      return ok({ alerts, unacknowledged: watchStore.countUnacknowledged() });
    } catch (thrown) {
      return err(engineFault('loading the alerts', thrown));
    }
  }

  acknowledge(id: AlertId): Result<Record<never, never>, KeelError> {
    try {
      const alert = this.#record.find(id);
      if (alert === null) return err(alertNotFound(id));
      const step = acknowledgeAlert(alert, this.#deps.clock.nowMs());
      if (step === null) return ok({});
      this.#record.saveNow(step.alert);
      this.#hold(step.alert);
      this.#tell(step);
      return ok({});
    } catch (thrown) {
      return err(writeFailed('The acknowledgement', thrown));
    }
  }

  acknowledgeAll(): Result<{ readonly acknowledged: number }, KeelError> {
    const { clock, watchStore } = this.#deps;
    const nowMs = clock.nowMs();
    try {
      // The rows would be acknowledged as they were, not as the trader knows them.
      if (!this.#record.saveWaiting()) throw new Error('earlier changes are not stored yet');
      const open = this.#unacknowledged();
      const acknowledged = watchStore.acknowledgeAll(nowMs);
      for (const alert of open) {
        const step = acknowledgeAlert(alert, nowMs);
        if (step === null) continue;
        this.#hold(step.alert);
        this.#tell(step);
      }
      return ok({ acknowledged });
    } catch (thrown) {
      return err(writeFailed('The acknowledgement', thrown));
    }
  }

  #take(step: AlertStep): void {
    this.#hold(step.alert);
    if (this.#together === null) this.#commit([step]);
    else this.#together.push(step);
  }

  #commit(steps: readonly AlertStep[]): void {
    this.#record.save(steps.map(({ alert }) => alert));
    for (const step of steps) {
      const { id, key, severity } = step.alert;
      this.#deps.logger.info('alert.changed', { alert: id, key, severity, change: step.change });
      this.#tell(step);
    }
  }

  #hold(alert: Alert): void {
    if (alert.clearedAtMs === null) this.#raised.set(alert.key, alert);
    else if (this.#raised.get(alert.key)?.id === alert.id) this.#raised.delete(alert.key);
  }

  #tell({ alert, change }: AlertStep): void {
    const revision = this.#revisionOf(alert.id) + 1;
    this.#revisions.set(alert.id, revision);
    publishSafely(this.#deps, { type: 'ALERT_CHANGED', view: { alert, revision }, change });
  }

  #viewOf(alert: Alert): AlertView {
    return { alert, revision: this.#revisionOf(alert.id) };
  }

  #revisionOf(id: AlertId): number {
    return this.#revisions.get(id) ?? this.#deps.revisionBase ?? 0;
  }

  #unacknowledged(): readonly Alert[] {
    const { watchStore } = this.#deps;
    const open: Alert[] = [];
    const count = watchStore.countUnacknowledged();
    let before: AlertId | null = null;
    while (open.length < count) {
      const page = watchStore.loadAlerts(PAGE, before);
      open.push(...page.filter(({ acknowledgedAtMs }) => acknowledgedAtMs === null));
      before = page.at(-1)?.id ?? null;
      if (before === null) break;
    }
    return open;
  }

  #newId(): AlertId {
    return alertId(this.#deps.newId());
  }
}

/** A listener's fault is the listener's: it never stops the watch. */
export function publishSafely(
  { publisher, logger }: Pick<EngineDeps, 'publisher' | 'logger'>,
  event: EngineEvent,
): void {
  try {
    publisher.publish(event);
  } catch (thrown) {
    logger.error('publish.failed', { type: event.type, fault: wordsOf(thrown) });
  }
}

function alertNotFound(id: AlertId): KeelError {
  return keelError(
    'ALERT_NOT_FOUND',
    'fix-input',
    `There is no alert ${id}.`,
    'Open the inbox anew.',
  );
}
