/** What the desk reads and writes beside the sync and the capital: charts, lists, the activity feed, notes, exports. */
import type { ActivityEntry, ActivityPage, ActivityQuery, NewActivity } from '#domain/activity.ts';
import type { ExportRequest } from '#domain/data-export.ts';
import type { NetworkId, VaultId } from '#domain/ids.ts';
import type { OperationPage, OperationQuery } from '#domain/operation-query.ts';
import type { UnixMs } from '#domain/units.ts';
import type { NoteId, VaultNote } from '#domain/vault-note.ts';
import type { TotalsChart, ValueChart } from '#domain/value-chart.ts';
import type { Money } from '#domain/vault-totals.ts';

export interface ChartSpan {
  readonly fromMs: UnixMs;
  readonly toMs: UnixMs;
  /** How many steps the span is cut into: 10 … 2,000. */
  readonly steps: number;
}

/** Which line of the totals a vault is counted in. */
export interface TotalsGroup {
  readonly vaultId: VaultId;
  readonly money: Money;
  readonly network: NetworkId;
  readonly createdAtMs: UnixMs;
  /** Counts no longer from then on. */
  readonly archivedAtMs: UnixMs | null;
}

/** Throws KeelFault for what cannot be read. */
export interface ChartStore {
  loadVaultChart(vault: VaultId, span: ChartSpan): ValueChart;
  /** In slices: with many vaults others get their turn in between. */
  loadTotalsChart(groups: readonly TotalsGroup[], span: ChartSpan): Promise<TotalsChart>;
}

export interface OperationIndex {
  query(query: OperationQuery): OperationPage;
}

export interface FeedEntry extends NewActivity {
  /** Names what is told one single time: a second entry of the same name is left out, over restarts too. */
  readonly once?: string;
}

/** Durable like the rest; entries are only ever added, and the oldest leave when there are too many. */
export interface ActivityLog {
  /** In one transaction, in this order; answers with those that were added, as they stand in the feed. */
  record(entries: readonly FeedEntry[]): readonly ActivityEntry[];
  load(query: ActivityQuery): ActivityPage;
}

export interface NoteStore {
  /** Newest first. */
  load(vault: VaultId): readonly VaultNote[];
  find(id: NoteId): VaultNote | null;
  /** Inserts the note, or replaces the one with its id. */
  save(note: VaultNote): void;
  remove(id: NoteId): void;
}

/** Flat rows of text for a file. A null is a value that is not known. */
export interface ExportPage {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  /** Where the next page begins; null: this was the last. */
  readonly next: string | null;
  /** Rows of the whole export; null: only writing them all would tell. */
  readonly total: number | null;
}

export interface ExportStore {
  loadPage(request: ExportRequest, cursor: string | null): ExportPage;
}

export interface DeskRecords {
  readonly charts: ChartStore;
  readonly operations: OperationIndex;
  readonly activity: ActivityLog;
  readonly notes: NoteStore;
  readonly exports: ExportStore;
}
