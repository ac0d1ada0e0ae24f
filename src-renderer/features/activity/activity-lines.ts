import type { ActivityEntry } from '#domain/activity.ts';
import { formatDate } from '#renderer/ui/format.ts';
import type { TableLine, TableLines } from '#renderer/ui/table/table-column.ts';

/** An entry, and the day that begins with it; null: it is of the same day as the one above. */
export interface ActivityLine {
  readonly entry: ActivityEntry;
  readonly day: string | null;
}

/** The same object for the same line, so that nothing is drawn again for its neighbours' sake. */
const lines = new WeakMap<ActivityEntry, ActivityLine>();

function lineOf(entry: ActivityEntry, day: string | null): ActivityLine {
  const known = lines.get(entry);
  if (known?.day === day) return known;
  const line = { entry, day };
  lines.set(entry, line);
  return line;
}

/** The feed's lines; the first of each day says which day it is. */
export function activityLines(
  total: number,
  rowAt: (index: number) => ActivityEntry | undefined,
): TableLines<ActivityLine> {
  return {
    count: total,
    alike: true,
    at(index): TableLine<ActivityLine> {
      const entry = rowAt(index);
      if (entry === undefined) return { kind: 'waiting', key: `waiting/${index}` };
      const above = index === 0 ? undefined : rowAt(index - 1);
      const day = formatDate(entry.atMs);
      const begins = index === 0 || (above !== undefined && formatDate(above.atMs) !== day);
      return { kind: 'row', key: String(entry.id), row: lineOf(entry, begins ? day : null) };
    },
  };
}
