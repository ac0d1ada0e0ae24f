/**
 * Writes the activity feed: what the engine publishes and what the trader does becomes an entry, once. Invariants: an
 * entry is stored after what it tells of, and published after it is stored; a feed that cannot be written stops nothing
 * else, and is written as soon as it can be.
 */
import type { ActivityEntry, NewActivity } from '#domain/activity.ts';
import { assertNever } from '#domain/assert-never.ts';
import { isFinal, type CapitalOperation } from '#domain/capital-operation.ts';
import type { OperationId, VaultId } from '#domain/ids.ts';
import { faultOf } from '#domain/keel-fault.ts';
import { err, ok } from '#domain/result.ts';
import type { FeedEntry } from '../desk-ports.ts';
import type { EngineDeps, Outcome } from '../engine.ts';
import { wordsOf, writeFailed } from '../engine-errors.ts';
import type { EngineEvent, SyncErrorEvent, SyncRecoveredEvent } from '../ports.ts';
import { ActivityGathering } from './activity-gathering.ts';
import { alertEntry, haltAllEntry, operationEntries, syncEntry } from './activity-words.ts';
import { entryOf, presentable, type ViewOf } from './entry-words.ts';

/** What a feed that cannot be written keeps for later; the oldest leave first. */
const MOST_WAITING = 1_000;

type Deps = Pick<EngineDeps, 'deskRecords' | 'publisher' | 'logger' | 'clock' | 'journal'>;

export class ActivityDesk {
  readonly #deps: Deps;
  readonly #viewOf: ViewOf;
  readonly #gathering: ActivityGathering;
  /** How much of each open operation is told. */
  readonly #told = new Map<OperationId, number>();
  #waiting: readonly FeedEntry[] = [];
  #failing = false;
  #opened = false;
  #stopped = false;

  constructor(deps: Deps, viewOf: ViewOf) {
    this.#deps = deps;
    this.#viewOf = viewOf;
    this.#gathering = new ActivityGathering(deps.clock, (entries) => void this.#write(entries));
  }

  opened(vaults: number): void {
    this.#opened = true;
    const text = `${vaults === 1 ? '1 vault is' : `${vaults} vaults are`} in use; none trades before it is verified.`;
    this.#write([this.#ofEngine('Keel’s engine started', text)]);
  }

  /** What ended in an earlier run that did not come to tell it. */
  takeUp(): void {
    try {
      for (const operation of this.#deps.journal.loadUntold()) this.#operation(operation);
    } catch (thrown) {
      this.#deps.logger.warn('activity.not-taken-up', { fault: wordsOf(thrown) });
    }
  }

  /** Never throws: what happened has happened, whether the feed tells of it or not. */
  onEvent(event: EngineEvent): void {
    try {
      this.#hear(event);
    } catch (thrown) {
      this.#deps.logger.error('activity.fault', { type: event.type, fault: wordsOf(thrown) });
    }
  }

  record(entry: NewActivity): Outcome {
    const failure = this.#write([entry]);
    return failure === null ? ok({}) : err(writeFailed('The entry of the activity feed', failure));
  }

  /** Writes what is gathered; nothing is written afterwards. */
  stop(): void {
    if (this.#stopped) return;
    this.#gathering.flush();
    if (this.#opened) {
      const text = 'Nothing is watched until it is started again.';
      this.#write([this.#ofEngine('Keel’s engine stopped', text)]);
    }
    this.#stopped = true;
  }

  #ofEngine(title: string, text: string): FeedEntry {
    const atMs = this.#deps.clock.nowMs();
    return entryOf({ atMs, kind: 'engine', tone: 'info', actor: 'keel', title, text });
  }

  #hear(event: EngineEvent): void {
    switch (event.type) {
      case 'VAULT_SYNC_ERROR':
      case 'VAULT_SYNC_RECOVERED':
        this.#sync(event);
        break;
      case 'OPERATION_CHANGED':
        this.#operation(event.view.operation);
        break;
      case 'ALERT_CHANGED':
        this.#alert(event);
        break;
      case 'HALT_ALL_CHANGED':
        this.#write([haltAllEntry(event.haltAll, this.#deps.clock.nowMs())]);
        break;
      case 'ACTIVITY_RECORDED':
      case 'VAULT_CHANGED':
      case 'NETWORK_CHANGED':
      case 'EXCHANGE_CHANGED':
        break;
      default:
        assertNever(event);
    }
  }

  #sync(event: SyncErrorEvent | SyncRecoveredEvent): void {
    const entry = syncEntry(event, this.#viewOf);
    const fell = event.type === 'VAULT_SYNC_ERROR';
    this.#gathering.add({
      entry,
      subject: `sync/${event.vaultId}`,
      sort: `${event.type}/${entry.network}`,
      many: fell ? 'vaults fell out of step' : 'vaults are in step again',
      vault: this.#nameOf(event.vaultId),
    });
  }

  #alert({ view: { alert }, change }: Extract<EngineEvent, { type: 'ALERT_CHANGED' }>): void {
    const entry = alertEntry(alert, change);
    if (entry === null) return;
    this.#gathering.add({
      entry,
      subject: `alert/${alert.key}`,
      sort: `${alert.kind}/${change}/${alert.network}`,
      many: MANY[change] ?? 'alerts',
      vault: alert.vaultId === null ? null : this.#nameOf(alert.vaultId),
    });
  }

  #nameOf(id: VaultId): string | null {
    return this.#viewOf(id)?.vault.name ?? null;
  }

  #operation(operation: CapitalOperation): void {
    const entries = operationEntries(operation, this.#viewOf);
    const told = this.#told.get(operation.id) ?? 0;
    if (isFinal(operation.state)) this.#told.delete(operation.id);
    else this.#told.set(operation.id, entries.length);
    if (entries.length > told) this.#write(entries.slice(told));
  }

  /** What is new, behind what waits; null: all of it is stored. */
  #write(entries: readonly FeedEntry[]): unknown {
    if (this.#stopped) return new Error('the engine is stopped');
    const { logger } = this.#deps;
    const all = [...this.#waiting, ...entries.map(presentable)].slice(-MOST_WAITING);
    try {
      const recorded = this.#store(all);
      this.#waiting = [];
      if (this.#failing) logger.info('activity.recorded-again', { entries: recorded.length });
      this.#failing = false;
      for (const entry of recorded) this.#publish({ type: 'ACTIVITY_RECORDED', entry });
      return null;
    } catch (thrown) {
      this.#waiting = all;
      if (!this.#failing) logger.warn('activity.not-recorded', { fault: wordsOf(thrown) });
      this.#failing = true;
      return thrown;
    }
  }

  /** One that the store refuses for good holds up no other. */
  #store(entries: readonly FeedEntry[]): readonly ActivityEntry[] {
    const { activity } = this.#deps.deskRecords;
    try {
      return activity.record(entries);
    } catch (thrown) {
      if (!isRefusedForGood(thrown)) throw thrown;
    }
    return entries.flatMap((entry) => {
      try {
        return activity.record([entry]);
      } catch (thrown) {
        if (!isRefusedForGood(thrown)) throw thrown;
        const fault = wordsOf(thrown);
        this.#deps.logger.error('activity.refused', { kind: entry.kind, fault });
        return [];
      }
    });
  }

  #publish(event: EngineEvent): void {
    try {
      this.#deps.publisher.publish(event);
    } catch (thrown) {
      this.#deps.logger.error('publish.failed', { type: event.type, fault: wordsOf(thrown) });
    }
  }
}

const isRefusedForGood = (thrown: unknown): boolean => faultOf(thrown)?.remedy === 'stop';

const MANY: Readonly<Record<string, string>> = {
  raised: 'alerts were raised',
  worse: 'alerts grew worse',
  acknowledged: 'alerts were acknowledged',
  cleared: 'alerts are over',
};
