/** The desk's records in memory, for tests of the engine: the feed and the notes work, charts and lists are empty. */
import type { ActivityEntry } from '#domain/activity.ts';
import type { NoteId, VaultNote } from '#domain/vault-note.ts';
import { refused } from '#main/store/rows.ts';
import type { DeskRecords } from '#main/engine/desk-ports.ts';
import { memoryActivityLog } from './memory-activity-log.ts';

export interface MemoryDeskRecords extends DeskRecords {
  /** Every entry of the feed, oldest first. */
  readonly entries: readonly ActivityEntry[];
}

export function memoryDeskRecords(): MemoryDeskRecords {
  const entries: ActivityEntry[] = [];
  const notes = new Map<NoteId, VaultNote>();
  const stepOf = (span: {
    readonly fromMs: number;
    readonly toMs: number;
    readonly steps: number;
  }) => Math.ceil((span.toMs - span.fromMs) / span.steps);
  return {
    entries,
    charts: {
      loadVaultChart: (vaultId, span) => ({
        ...{ vaultId, fromMs: span.fromMs, toMs: span.toMs, stepMs: stepOf(span) },
        points: [],
        firstMs: null,
      }),
      loadTotalsChart: (_groups, span) =>
        Promise.resolve({
          ...{ fromMs: span.fromMs, toMs: span.toMs, stepMs: stepOf(span) },
          lines: [],
        }),
    },
    operations: { query: () => ({ rows: [], total: 0 }) },
    activity: memoryActivityLog(entries),
    notes: {
      load: (vault) =>
        [...notes.values()].filter(({ vaultId }) => vaultId === vault).toSorted(newestFirst),
      find: (id) => notes.get(id) ?? null,
      save(note) {
        const known = notes.get(note.id) ?? note;
        if (known.vaultId !== note.vaultId || known.writtenAtMs !== note.writtenAtMs) {
          throw refused(`note ${note.id} stays with its vault and its moment`);
        }
        notes.set(note.id, { ...note });
      },
      remove: (id) => void notes.delete(id),
    },
    exports: { loadPage: () => ({ columns: [], rows: [], next: null, total: 0 }) },
  };
}

function newestFirst(left: VaultNote, right: VaultNote): number {
  return right.writtenAtMs - left.writtenAtMs || (left.id < right.id ? 1 : -1);
}
