import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, ok, type Result } from '#domain/result.ts';
import type { Clock, Logger } from '#main/engine/ports.ts';
import type { NoteActivity } from '../activity-notes.ts';
import { stackOf } from '../fault-text.ts';
import type { PracticeLink } from '../practice-link.ts';
import { putPracticeAway } from './practice-folder.ts';

export interface PracticeResetParts {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly link: Pick<PracticeLink, 'restart'>;
  readonly folder: string;
  readonly noteActivity: NoteActivity;
  /** Capital operations on the practice network that have not ended. */
  openOperations(): number;
}

/** Found open once the network had ended. */
class StillOpen extends Error {}

/**
 * Begins the practice network anew: ends it, puts its state aside, and starts it with a new chain, a new trader and a new
 * key. The engine then archives the vaults of the chain before, whose figures stay on record, and adds one of the new
 * chain. Nothing of a live network, and no paper vault, is touched. Error: `PRACTICE_NOT_RESET`.
 */
export function createPracticeReset(
  parts: PracticeResetParts,
): () => Promise<Result<null, KeelError>> {
  let busy = false;
  return async () => {
    if (busy) return err(notReset('it is begun anew already', 'retry', 'Wait until it is done.'));
    const open = parts.openOperations();
    if (open > 0) return err(stillOpen(open));
    busy = true;
    try {
      return await reset(parts);
    } finally {
      busy = false;
    }
  };
}

async function reset(parts: PracticeResetParts): Promise<Result<null, KeelError>> {
  const { clock, logger, link, folder, noteActivity } = parts;
  let aside: string | null = null;
  try {
    const ready = await link.restart(() => {
      // One that was asked for while the network came to its end.
      if (parts.openOperations() > 0) throw new StillOpen();
      aside = putPracticeAway(folder, clock.nowMs());
    });
    if (ready === null) return err(notReady());
  } catch (caught) {
    if (caught instanceof StillOpen) return err(stillOpen(parts.openOperations()));
    logger.error('practice.not-reset', { fault: stackOf(caught) });
    return err(notMoved(caught));
  }
  logger.warn('practice.reset', { aside });
  noteActivity({
    kind: 'data',
    tone: 'info',
    title: 'Practice network begun anew',
    text: aside === null ? '' : `What it was is kept in ${String(aside)}.`,
  });
  return ok(null);
}

function notReset(why: string, remedy: KeelError['remedy'], advice: string): KeelError {
  return keelError('PRACTICE_NOT_RESET', remedy, `The practice network stays: ${why}.`, advice);
}

function stillOpen(count: number): KeelError {
  const many = count !== 1;
  return notReset(
    `${count} ${many ? 'operations are' : 'operation is'} open on it`,
    'operator',
    many ? 'Wait until they have ended, or cancel them.' : 'Wait until it has ended, or cancel it.',
  );
}

function notMoved(caught: unknown): KeelError {
  const code = caught instanceof Error && 'code' in caught ? String(caught.code) : 'a fault';
  return notReset(
    `its folder could not be put aside (${code})`,
    'operator',
    'Close what has the folder open, and do it again.',
  );
}

function notReady(): KeelError {
  return keelError(
    'PRACTICE_NOT_RESET',
    'retry',
    'The practice network was put aside, but the new one has not started yet.',
    'Wait some seconds; Keel goes on starting it. The log says more.',
  );
}
