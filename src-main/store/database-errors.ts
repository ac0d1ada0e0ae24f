import Database from 'better-sqlite3';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';

/** The SQLite code of a caught value, extended where SQLite gives one, or null when SQLite did not throw it. */
export function sqliteCodeOf(caught: unknown): string | null {
  return caught instanceof Database.SqliteError ? caught.code : null;
}

/** Whether the bytes of the file are at fault, so that another file would serve. */
export function isCorruption(code: string | null): boolean {
  return code !== null && /^SQLITE_(CORRUPT|NOTADB|FORMAT)/.test(code);
}

/** What SQLite refused, in words; null when the caught value is not SQLite's: then it is a bug and travels on. */
export function databaseErrorOf(caught: unknown): KeelError | null {
  const code = sqliteCodeOf(caught);
  if (code === null) return null;
  const text = caught instanceof Error ? caught.message : '';
  return { ...describe(code, text), details: { sqlite: code, text } };
}

/** Runs a statement and throws what SQLite refuses as a KeelFault. */
export function guarded<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (caught) {
    const error = databaseErrorOf(caught);
    if (error === null) throw caught;
    throw new KeelFault(error, { cause: caught });
  }
}

function describe(code: string, text: string): KeelError {
  if (isCorruption(code)) {
    return keelError(
      'DATABASE_CORRUPT',
      'stop',
      'The database file is damaged.',
      'Quit and start Keel again: it sets the damaged file aside and says where.',
    );
  }
  if (code === 'SQLITE_FULL') {
    return writeFailed('the disk is full', 'Free some disk space; what was committed is intact.');
  }
  if (code.startsWith('SQLITE_READONLY')) {
    return writeFailed(
      'the file or its folder is read-only',
      'Give your user write access to the data folder.',
    );
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return writeFailed(
      'another process holds it',
      'Close other programs that have the database open.',
    );
  }
  if (code.startsWith('SQLITE_CONSTRAINT')) {
    return keelError(
      'DATABASE_WRITE_FAILED',
      'stop',
      `The database refused a row that breaks a rule: ${text}.`,
      'Nothing was written. Report this with the log.',
    );
  }
  if (code === 'SQLITE_CANTOPEN') {
    return keelError(
      'DATABASE_UNAVAILABLE',
      'operator',
      'The database file cannot be opened.',
      'Check that the data folder exists and that your user may read and write it.',
    );
  }
  return writeFailed(
    `SQLite reports ${code} (${text})`,
    'Check the disk; what was committed is intact.',
  );
}

function writeFailed(reason: string, advice: string): KeelError {
  return keelError(
    'DATABASE_WRITE_FAILED',
    'operator',
    `The database could not be written: ${reason}.`,
    advice,
  );
}
