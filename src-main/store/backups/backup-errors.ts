import { keelError, type KeelError } from '#domain/keel-error.ts';
import { faultOf } from '#domain/keel-fault.ts';
import { sqliteCodeOf } from '../database-errors.ts';
import { wordsOf } from './check-copy.ts';

const READ_ONLY = ['EACCES', 'EPERM', 'EROFS', 'SQLITE_CANTOPEN', 'SQLITE_READONLY'];
const FULL = ['ENOSPC', 'EDQUOT', 'SQLITE_FULL'];

/** What went wrong while files were copied, in words; `kept` says what is as it was. */
export function copyError(what: string, folder: string, caught: unknown, kept: string): KeelError {
  const known = faultOf(caught);
  if (known !== null) return known;
  const code = sqliteCodeOf(caught) ?? errnoOf(caught);
  const message = (why: string) => `${what} could not be written to ${folder}: ${why}.`;
  const details = { code, text: wordsOf(caught) };
  const error = (why: string, advice: string) =>
    keelError('DATABASE_WRITE_FAILED', 'operator', message(why), `${advice} ${kept}`, details);
  if (FULL.includes(code)) return error('the disk is full', 'Free some disk space.');
  if (READ_ONLY.some((each) => code.startsWith(each))) {
    return error('the folder cannot be written', 'Give your user write access to the folder.');
  }
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED')) {
    return error('another process holds the database', 'Close what has it open.');
  }
  return error(wordsOf(caught), 'Check the disk.');
}

function errnoOf(caught: unknown): string {
  const code = caught instanceof Error && 'code' in caught ? caught.code : null;
  return typeof code === 'string' ? code : 'unknown';
}

export function unusable(name: string, why: string): KeelError {
  return keelError(
    'BACKUP_UNUSABLE',
    'fix-input',
    `Backup ${name} cannot be restored. ${why}`,
    'Choose another backup. The database in use was not changed.',
    { backup: name },
  );
}
