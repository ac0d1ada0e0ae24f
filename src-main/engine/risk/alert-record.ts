/**
 * Alerts on disk. Invariant: the store takes the changes of a key in their order and none of them left out, so that what
 * it refuses of a single change (an acknowledgement is given once, until it grows worse) holds however often it failed.
 */
import type { Alert, AlertId } from '#domain/alert.ts';
import type { EngineDeps } from '../engine.ts';
import { wordsOf } from '../engine-errors.ts';
import { Wakeup } from './wakeup.ts';

const SAVE_AGAIN_MS = 10_000;

type RecordDeps = Pick<EngineDeps, 'clock' | 'logger' | 'watchStore'>;

export class AlertRecord {
  readonly #deps: RecordDeps;
  /** What the store has not taken yet, oldest first. */
  #waiting: Alert[] = [];
  readonly #saveAgain: Wakeup;

  constructor(deps: RecordDeps) {
    this.#deps = deps;
    this.#saveAgain = new Wakeup(deps.clock, () => this.saveWaiting());
  }

  stop(): void {
    this.#saveAgain.stop();
  }

  /** As it was changed last; null: there is none. Throws where the store does. */
  find(id: AlertId): Alert | null {
    return this.#waiting.findLast((each) => each.id === id) ?? this.#deps.watchStore.loadAlert(id);
  }

  waits(id: AlertId): boolean {
    return this.#waiting.some((each) => each.id === id);
  }

  /** One transaction for all that it can. Never throws: what fails is tried again until it is taken. */
  save(alerts: readonly Alert[]): void {
    const keys = new Set(this.#waiting.map(({ key }) => key));
    const free = alerts.filter(({ key }) => !keys.has(key));
    const failed = new Set(this.#write(free));
    const waiting = alerts.filter((alert) => keys.has(alert.key) || failed.has(alert));
    for (const alert of waiting) this.#keep(alert);
    if (waiting.length > 0) this.#againLater();
  }

  /** Throws where it cannot be written now, or an earlier change of its key cannot. */
  saveNow(alert: Alert): void {
    this.saveWaiting();
    if (this.#waiting.some(({ key }) => key === alert.key)) {
      throw new Error('an earlier change of it is not stored yet');
    }
    this.#deps.watchStore.saveAlert(alert);
  }

  /** Whether the store has everything now. */
  saveWaiting(): boolean {
    if (this.#waiting.length === 0) return true;
    this.#waiting = this.#write(this.#waiting);
    if (this.#waiting.length > 0) this.#againLater();
    return this.#waiting.length === 0;
  }

  /** What was not written, in order. One that the store refuses for good holds up no other key. */
  #write(alerts: readonly Alert[]): Alert[] {
    const { watchStore, logger } = this.#deps;
    if (alerts.length === 0) return [];
    try {
      watchStore.saveAlerts(alerts);
      return [];
    } catch (thrown) {
      const fault = wordsOf(thrown);
      logger.error('alerts.not-stored', { alerts: alerts.length, fault });
      if (alerts.length === 1) return [...alerts];
    }
    const blocked = new Set<string>();
    return alerts.filter((alert) => {
      if (!blocked.has(alert.key) && this.#isWritten(alert)) return false;
      blocked.add(alert.key);
      return true;
    });
  }

  #isWritten(alert: Alert): boolean {
    try {
      this.#deps.watchStore.saveAlert(alert);
      return true;
    } catch {
      return false;
    }
  }

  /** Of changes of the text alone the last one is enough. */
  #keep(alert: Alert): void {
    const at = this.#waiting.findLastIndex(({ key }) => key === alert.key);
    const before = this.#waiting[at];
    if (before !== undefined && isRewording(before, alert)) this.#waiting[at] = alert;
    else this.#waiting.push(alert);
  }

  #againLater(): void {
    this.#saveAgain.by(this.#deps.clock.monotonicMs() + SAVE_AGAIN_MS);
  }
}

function isRewording(before: Alert, after: Alert): boolean {
  const same = ['id', 'severity', 'clearedAtMs', 'acknowledgedAtMs'] as const;
  return same.every((field) => before[field] === after[field]);
}
