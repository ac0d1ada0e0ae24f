/** Where a page of an export begins. Text for the caller, who only hands it back. */
import { keelError } from '#domain/keel-error.ts';
import { KeelFault } from '#domain/keel-fault.ts';

/** A whole number or, where nothing is known, null. */
type Part = bigint | null;

/** Of the longest cursor: bound, total, vault, time, tie, and two amounts of funding. */
const LONGEST = 200;
const PART = /^-?\d{1,19}$/;

export function cursorText(parts: readonly Part[]): string {
  return parts.map((part) => (part === null ? '-' : part.toString())).join('.');
}

/** Throws `INPUT_INVALID` for what is no cursor of that many parts. */
export function cursorParts(text: string, count: number): readonly Part[] {
  const parts = text.length > LONGEST ? [] : text.split('.');
  if (parts.length !== count || !parts.every((part) => part === '-' || PART.test(part))) {
    throw notOurs(text);
  }
  return parts.map((part) => (part === '-' ? null : BigInt(part)));
}

/** A part that every cursor of its kind has. */
export function known(part: Part | undefined): bigint {
  if (part === undefined || part === null) throw notOurs('');
  return part;
}

function notOurs(text: string): KeelFault {
  return new KeelFault(
    keelError(
      'INPUT_INVALID',
      'fix-input',
      `cursor is “${text.slice(0, 40)}”, which no page of an export has handed out.`,
      'Begin the export again.',
    ),
  );
}
