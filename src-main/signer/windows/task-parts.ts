import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import type { Session } from '../session/session.ts';

/** What the window's tasks are made of. */
export interface TaskParts {
  readonly session: Session;
  /** Main asks the trader for a path; null: none was chosen. */
  pickFile(purpose: 'import' | 'export', suggestedName: string): Promise<string | null>;
  /** A file that may hold a secret, for the caller to overwrite. Error: `KEY_INPUT_INVALID`. */
  readSecretFile(path: string): Result<Buffer, KeelError>;
  /** In words, why live keys may not be used; null: they may. */
  liveLockedBecause(): string | null;
  /** Key file of the practice network's trader; null: it has not started. */
  practiceKeyFile(): string | null;
  /** A whole number below the bound, each as likely. */
  randomBelow(bound: number): number;
}
