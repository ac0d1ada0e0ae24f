import type { NewActivity } from '#domain/activity.ts';
import type { Clock } from '#main/engine/ports.ts';

/** More than a trader does while the engine is down; the oldest leave first. */
const MOST_KEPT = 500;

/** Of an act: the trader's own and about no vault, unless it says otherwise. */
export type ActivityNote = Pick<NewActivity, 'kind' | 'tone' | 'title'> &
  Partial<Omit<NewActivity, 'atMs'>>;

/** Tells the activity feed of something that the main process has done. Never a secret, never a URL. */
export type NoteActivity = (note: ActivityNote) => void;

export interface ActivityNotes {
  readonly note: NoteActivity;
  /** The engine has opened its database: it takes what has waited. */
  engineOpened(): void;
}

/**
 * The main process's share of the feed: dated when it happens, kept while no engine is there to write it down.
 * @param record hands the entry to the engine; false: no engine takes it at this moment.
 */
export function createActivityNotes(
  clock: Pick<Clock, 'nowMs'>,
  record: (entry: NewActivity) => boolean,
): ActivityNotes {
  let waiting: readonly NewActivity[] = [];

  /** In their order: what is newer never overtakes what waits. */
  function handOver(): void {
    while (waiting[0] !== undefined && record(waiting[0])) waiting = waiting.slice(1);
  }

  return {
    note(note) {
      waiting = [...waiting, entryOf(note, clock.nowMs())].slice(-MOST_KEPT);
      handOver();
    },
    engineOpened: handOver,
  };
}

function entryOf(note: ActivityNote, atMs: NewActivity['atMs']): NewActivity {
  return {
    actor: 'trader',
    text: '',
    vaultId: null,
    network: null,
    operationId: null,
    alertId: null,
    ...note,
    atMs,
  };
}
