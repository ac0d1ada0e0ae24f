import type { LogFields } from '#main/engine/ports.ts';
import { isSecretField, redact, REDACTED, type EndpointLabels } from './redact.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

export interface LogEvent {
  readonly atMs: number;
  readonly level: LogLevel;
  /** Which process speaks, for instance `engine`. */
  readonly source: string;
  readonly event: string;
  readonly fields: LogFields;
}

/**
 * One line per event, secrets taken out: `2026-01-01T00:00:00.000Z WARN engine sync.failed vaultId=… attempts=4`.
 * Values with blanks are JSON strings; nothing in a value can begin a new line or a new field.
 */
export function logLine(entry: LogEvent, labels?: EndpointLabels): string {
  const { atMs, level, source, event, fields } = entry;
  const head = [
    new Date(atMs).toISOString(),
    level.toUpperCase(),
    word(source),
    word(redact(event, labels)),
  ];
  const pairs = Object.entries(fields).map(
    ([name, value]) => `${word(name)}=${fieldText(name, value, labels)}`,
  );
  return [...head, ...pairs].join(' ');
}

function fieldText(name: string, value: unknown, labels: EndpointLabels | undefined): string {
  if (isSecretField(name)) return REDACTED;
  switch (typeof value) {
    case 'bigint':
    case 'number':
    case 'boolean':
      return String(value);
    case 'string': {
      const harmless = redact(value, labels);
      return /^[^\s="\\\p{Cc}\p{Zl}\p{Zp}]+$/u.test(harmless) ? harmless : quoted(harmless);
    }
    default:
      // The type allows scalars only: anything else came past it and is not looked into.
      return value === null ? 'null' : REDACTED;
  }
}

/** JSON, with the two line ends that JSON leaves as they are escaped as well. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

const word = (text: string): string => text.replace(/[\s=\p{Cc}]+/gu, '_');
