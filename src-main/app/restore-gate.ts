import { keelError, type KeelError } from '#domain/keel-error.ts';
import { err, type Result } from '#domain/result.ts';

type Restored = Result<{ readonly setAside: string }, KeelError>;

export interface RestoreGateParts {
  /** Why the backup cannot be restored at all; null: it can, or nobody can tell at this moment. */
  problemOf(backup: string): Promise<KeelError | null>;
  /** Asks the trader outside the window; true: the trader agrees. */
  ask(backup: string): Promise<boolean>;
  restore(backup: string): Promise<Restored>;
  /** Nothing was restored, and why: the trader's no, or what went wrong. */
  onRefused(backup: string, why: KeelError): void;
}

/**
 * Keeps the database from being put back by the window alone: a forged message of it must not stop the engine and
 * bring back an older journal. One question at a time, so that none hides behind another. Errors: `APPROVAL_DECLINED`,
 * those of `problemOf` and `restore`.
 */
export function createRestoreGate(parts: RestoreGateParts): (backup: string) => Promise<Restored> {
  let asking = false;
  return async (backup) => {
    if (asking) return err(notRestored('another restore waits for your answer'));
    asking = true;
    try {
      const restored = await askAndRestore(parts, backup);
      if (!restored.ok) parts.onRefused(backup, restored.error);
      return restored;
    } finally {
      asking = false;
    }
  };
}

async function askAndRestore(parts: RestoreGateParts, backup: string): Promise<Restored> {
  const problem = await parts.problemOf(backup);
  if (problem !== null) return err(problem);
  if (!(await parts.ask(backup))) return err(notRestored('you kept the database in use'));
  return parts.restore(backup);
}

function notRestored(why: string): KeelError {
  return keelError(
    'APPROVAL_DECLINED',
    'operator',
    `Nothing was restored: ${why}.`,
    "Putting a backup in the place of the database takes your word in Keel's own question outside the window.",
  );
}
