import type { ExportRequest } from '#domain/data-export.ts';

const DAY_CHARS = 10;

/** For instance `keel-history-2026-01-01-to-2026-11-22.csv`; days in UTC, as in the file. */
export function exportFileName({ subject, format, fromMs, toMs }: ExportRequest, nowMs: number) {
  const last = dayOf(toMs === null ? nowMs : Math.min(toMs, nowMs));
  const days = fromMs === null ? `to-${last}` : `${dayOf(fromMs)}-to-${last}`;
  return `keel-${subject}-${days}.${format}`;
}

const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, DAY_CHARS);
