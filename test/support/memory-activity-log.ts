import { activityId, type ActivityEntry, type ActivityFilter } from '#domain/activity.ts';
import type { ActivityLog } from '#main/engine/desk-ports.ts';

/** The feed in memory. @param entries takes what is recorded, oldest first */
export function memoryActivityLog(entries: ActivityEntry[] = []): ActivityLog {
  const told = new Set<string>();
  return {
    record(added) {
      const recorded: ActivityEntry[] = [];
      for (const { once, ...entry } of added) {
        if (once !== undefined && told.has(once)) continue;
        if (once !== undefined) told.add(once);
        recorded.push({ ...entry, id: activityId(entries.length + recorded.length + 1) });
      }
      entries.push(...recorded);
      return recorded;
    },
    load({ filter, upTo, offset, limit }) {
      const place = upTo ?? entries.at(-1)?.id ?? null;
      if (place === null) return { entries: [], total: 0, upTo: null };
      const found = entries
        .filter((entry) => entry.id <= place && lets(filter, entry))
        .toReversed();
      return { entries: found.slice(offset, offset + limit), total: found.length, upTo: place };
    },
  };
}

function lets(filter: ActivityFilter, entry: ActivityEntry): boolean {
  const words = lower(filter.text.trim());
  return (
    isIn(filter.kinds, entry.kind) &&
    isIn(filter.tones, entry.tone) &&
    isIn<string | null>(filter.vaultIds, entry.vaultId) &&
    entry.atMs >= (filter.fromMs ?? -Infinity) &&
    entry.atMs <= (filter.toMs ?? Infinity) &&
    (lower(entry.title).includes(words) || lower(entry.text).includes(words))
  );
}

const isIn = <Value>(wanted: readonly Value[], value: Value): boolean =>
  wanted.length === 0 || wanted.includes(value);

/** The database knows the case of ASCII letters only. */
const lower = (text: string): string => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
