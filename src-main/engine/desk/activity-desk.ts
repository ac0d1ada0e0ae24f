/**
 * Writes the activity feed: what the engine publishes and what the trader does becomes an entry, once. Invariants: an entry
 * is published after it is stored; a feed that cannot be written stops nothing else.
 */
import type { NewActivity } from '#domain/activity.ts';
import { err, ok } from '#domain/result.ts';
import type { EngineDeps, Outcome } from '../engine.ts';
import { wordsOf, writeFailed } from '../engine-errors.ts';
import type { EngineEvent } from '../ports.ts';

export class ActivityDesk {
  readonly #deps: Pick<EngineDeps, 'deskRecords' | 'publisher' | 'logger'>;

  constructor(deps: Pick<EngineDeps, 'deskRecords' | 'publisher' | 'logger'>) {
    this.#deps = deps;
  }

  onEvent(event: EngineEvent): void {
    void event;
  }

  record(entry: NewActivity): Outcome {
    const { deskRecords, publisher, logger } = this.#deps;
    try {
      for (const recorded of deskRecords.activity.record([entry])) {
        publisher.publish({ type: 'ACTIVITY_RECORDED', entry: recorded });
      }
      return ok({});
    } catch (thrown) {
      logger.warn('activity.not-recorded', { kind: entry.kind, fault: wordsOf(thrown) });
      return err(writeFailed('The entry of the activity feed', thrown));
    }
  }
}
