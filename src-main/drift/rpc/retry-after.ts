const SHORTEST_MS = 250;
export const LONGEST_PAUSE_MS = 60_000;

/**
 * The pause that a `Retry-After` header asks for, in seconds or as a date: never longer than a minute, never none.
 * Null where it asks for nothing that can be read.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const isDate = /^[A-Z][a-z]{2}/.test(text);
  // Date.parse takes any number for a year.
  if (!isDate && !/^\d+(\.\d+)?$/.test(text)) return null;
  const askedMs = isDate ? Date.parse(text) - nowMs : Number(text) * 1_000;
  if (Number.isNaN(askedMs)) return null;
  return Math.min(Math.max(askedMs, SHORTEST_MS), LONGEST_PAUSE_MS);
}
