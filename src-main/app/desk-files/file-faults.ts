/** What the operating system refuses, in words. */
import path from 'node:path';
import { keelError, type ErrorCode, type KeelError, type Remedy } from '#domain/keel-error.ts';

interface Words {
  readonly why: string;
  readonly remedy: Remedy;
  readonly advice: string;
}

const ELSEWHERE = 'Choose a folder that your user may write, and do it again.';

const WORDS: Readonly<Record<string, Words>> = {
  ENOSPC: {
    why: 'the disk is full',
    remedy: 'operator',
    advice: 'Free some space or choose another disk, and do it again.',
  },
  EDQUOT: {
    why: 'your space on this disk is used up',
    remedy: 'operator',
    advice: 'Free some space or choose another disk, and do it again.',
  },
  ENOENT: {
    why: 'the folder is not there',
    remedy: 'fix-input',
    advice: 'Choose a folder that exists, and do it again.',
  },
  EACCES: { why: 'your user may not write there', remedy: 'fix-input', advice: ELSEWHERE },
  EPERM: { why: 'your user may not write there', remedy: 'fix-input', advice: ELSEWHERE },
  EROFS: { why: 'the disk takes no changes', remedy: 'fix-input', advice: ELSEWHERE },
  EISDIR: { why: 'a folder has that name', remedy: 'fix-input', advice: 'Choose another name.' },
};

/** Of a file that could not be written: the file's name, why, and what to do. */
export function notWritten(code: ErrorCode, file: string, caught: unknown): KeelError {
  const { why, remedy, advice } = wordsOf(caught);
  const name = path.basename(file);
  return keelError(code, remedy, `${name} was not written: ${why}. No part of it is left.`, advice);
}

function wordsOf(caught: unknown): Words {
  const code = caught instanceof Error && 'code' in caught ? String(caught.code) : '';
  const known = WORDS[code];
  if (known !== undefined) return known;
  const why = code === '' ? 'something unforeseen happened' : `the system says ${code}`;
  return { why, remedy: 'operator', advice: 'Choose another folder; the log says more.' };
}
