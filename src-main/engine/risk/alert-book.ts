/**
 * The alerts that are raised, in step with their record. Entry points: `judge`, `news`, `acknowledge`.
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
import { Wakeup } from './wakeup.ts';

const SAVE_AGAIN_MS = 10_000;
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
  /** In the order in which they were first refused: a key's older alert is cleared before its next one is raised. */
  readonly #unsaved = new Map<AlertId, Alert>();
  readonly #saveAgain: Wakeup;

  constructor(deps: AlertDeps) {
    this.#deps = deps;
    this.#saveAgain = new Wakeup(deps.clock, () => this.#save());
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
    this.#saveAgain.stop();
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
    if (step !== null) this.#commit(step);
    return step?.change ?? null;
  }

  news(news: Condition): void {
    this.#commit(newsAlert(news, this.#deps.clock.nowMs(), this.#newId()));
  }

  /** Newest first. */
  page(
    limit: number,
    before: AlertId | null,
  ): Result<{ readonly alerts: readonly AlertView[]; readonly unacknowledged: number }, KeelError> {
    const { watchStore } = this.#deps;
    try {
      this.#save();
      const alerts = watchStore.loadAlerts(limit, before).map((alert) => this.#viewOf(alert));
      return ok({ alerts, unacknowledged: watchStore.countUnacknowledged() });
    } catch (thrown) {
      return err(engineFault('loading the alerts', thrown));
    }
  }

  acknowledge(id: AlertId): Result<Record<never, never>, KeelError> {
    try {
      const alert = this.#find(id);
      if (alert === null) return err(alertNotFound(id));
      const step = acknowledgeAlert(alert, this.#deps.clock.nowMs());
      if (step === null) return ok({});
      this.#deps.watchStore.saveAlert(step.alert);
      this.#unsaved.delete(id);
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
      this.#save();
      const open = this.#unacknowledged();
      const acknowledged = watchStore.acknowledgeAll(nowMs);
      for (const alert of open) {
        const step = acknowledgeAlert(alert, nowMs);
        if (step !== null) this.#tell(step);
      }
      return ok({ acknowledged });
    } catch (thrown) {
      return err(writeFailed('The acknowledgement', thrown));
    }
  }

  #commit(step: AlertStep): void {
    const { alert, change } = step;
    const { id, key, severity } = alert;
    const waits = [...this.#unsaved.values()].some((each) => each.key === key);
    const fault = waits ? 'waits for an earlier one of its key' : this.#saveOne(alert);
    if (fault !== null) {
      this.#unsaved.set(id, alert);
      this.#saveAgain.by(this.#deps.clock.monotonicMs() + SAVE_AGAIN_MS);
      this.#deps.logger.error('alert.not-stored', { alert: id, key, fault });
    }
    this.#deps.logger.info('alert.changed', { alert: id, key, severity, change });
    this.#tell(step);
  }

  /** Why it was not stored; null: it was. */
  #saveOne(alert: Alert): string | null {
    try {
      this.#deps.watchStore.saveAlert(alert);
      return null;
    } catch (thrown) {
      return wordsOf(thrown);
    }
  }

  /** Each by itself: one that the store refuses for good holds up no other. */
  #save(): void {
    if (this.#unsaved.size === 0) return;
    let fault: string | null = null;
    for (const alert of [...this.#unsaved.values()]) {
      const refused = this.#saveOne(alert);
      if (refused === null) this.#unsaved.delete(alert.id);
      else fault = refused;
    }
    if (fault === null) return;
    this.#saveAgain.by(this.#deps.clock.monotonicMs() + SAVE_AGAIN_MS);
    this.#deps.logger.error('alerts.not-stored', { alerts: this.#unsaved.size, fault });
  }

  #tell({ alert, change }: AlertStep): void {
    if (alert.clearedAtMs === null) this.#raised.set(alert.key, alert);
    else if (this.#raised.get(alert.key)?.id === alert.id) this.#raised.delete(alert.key);
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

  #find(id: AlertId): Alert | null {
    return this.#unsaved.get(id) ?? this.#deps.watchStore.loadAlert(id);
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
