/** A fault of the window in words, and what of it may be copied into a report. */
import type { KeelError } from '#domain/keel-error.ts';
import { faultOf } from '#domain/keel-fault.ts';

export function isKeelError(
  value: unknown,
): value is Pick<KeelError, 'code' | 'message' | 'advice'> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'code' in value &&
    'advice' in value &&
    'message' in value
  );
}

export interface FaultWords {
  readonly code: string;
  readonly message: string;
}

/** A fault of Keel's own keeps its code; anything else is a mistake in drawing. */
export function wordsOfFault(caught: unknown): FaultWords {
  const error = faultOf(caught) ?? caught;
  if (isKeelError(error)) return { code: error.code, message: `${error.message} ${error.advice}` };
  return {
    code: 'WINDOW_FAULT',
    message:
      'Drawing it failed: a mistake in Keel’s window, not in your vaults. The engine goes on watching; figures and trading are not touched.',
  };
}

const LONGEST = 4_000;

/**
 * For a report: where, what and the places in Keel's own files.
 * @param about versions, as one line
 */
export function detailsOfFault(caught: unknown, where: string, about: string): string {
  const { code } = wordsOfFault(caught);
  const error = caught instanceof Error ? caught : null;
  const what = error === null ? 'Something was thrown' : `${error.name}: ${error.message}`;
  const lines = [`Keel: ${where} failed (${code})`, about, what, error?.stack ?? ''];
  return lines.join('\n').slice(0, LONGEST);
}
