import type { z } from 'zod';
import { keelError, type KeelError } from '#domain/keel-error.ts';

const LONGEST_SHOWN_VALUE = 80;
/** Requests that hold addresses of endpoints. */
const TELLS_NO_VALUE: ReadonlySet<string> = new Set([
  'network.testEndpoint',
  'network.saveEndpoints',
]);

/** A refused request in words: the field, the value that was given, and what the field takes. */
export function inputError(channel: string, request: unknown, failure: z.ZodError): KeelError {
  const issue = failure.issues[0];
  if (issue === undefined) {
    return keelError(
      'INPUT_INVALID',
      'fix-input',
      `The request ${channel} is not valid.`,
      'Check the fields and try again.',
    );
  }
  const field = fieldOf(issue.path);
  // An endpoint's address may hold an access token, and somebody may paste it as a label.
  const value = TELLS_NO_VALUE.has(channel)
    ? 'something else'
    : shownValue(valueAt(request, issue.path));
  return keelError(
    'INPUT_INVALID',
    'fix-input',
    `${channel}: ${field} is ${value}, which is not valid.`,
    adviceFor(field, issue),
    { field, value, rule: issue.message },
  );
}

function fieldOf(path: readonly PropertyKey[]): string {
  return path.length === 0 ? 'the request' : path.map(String).join('.');
}

function valueAt(request: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined,
    request,
  );
}

function shownValue(value: unknown): string {
  if (value === undefined) return 'missing';
  const text =
    typeof value === 'bigint' ? value.toString() : (JSON.stringify(value) ?? typeof value);
  return text.length > LONGEST_SHOWN_VALUE ? `${text.slice(0, LONGEST_SHOWN_VALUE)}…` : text;
}

function adviceFor(field: string, issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'too_small':
      return `Give ${field} at least ${issue.minimum}${issue.origin === 'string' ? ' characters' : ''}.`;
    case 'too_big':
      return `Give ${field} at most ${issue.maximum}${issue.origin === 'string' ? ' characters' : ''}.`;
    case 'unrecognized_keys':
      return `Leave out ${issue.keys.join(', ')}.`;
    case 'invalid_value':
      return `Give ${field} one of: ${issue.values.map(String).join(', ')}.`;
    case 'invalid_type':
      return `Give ${field} a value of the type ${issue.expected}.`;
    default:
      return `Correct ${field} and try again.`;
  }
}
