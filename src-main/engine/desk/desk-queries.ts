/** What the desk asks of its records: charts, lists, notes and pages for a file. Nothing here moves money or trades. */
import type { ActivityPage, ActivityQuery } from '#domain/activity.ts';
import type { OperationView } from '#domain/capital-operation.ts';
import type { ExportRequest } from '#domain/data-export.ts';
import type { OperationId, VaultId } from '#domain/ids.ts';
import { keelError, type KeelError } from '#domain/keel-error.ts';
import type { OperationPage, OperationQuery } from '#domain/operation-query.ts';
import { err, ok } from '#domain/result.ts';
import type { TotalsChart, ValueChart } from '#domain/value-chart.ts';
import { noteId, type NoteId, type VaultNote } from '#domain/vault-note.ts';
import { moneyOf } from '#domain/vault-totals.ts';
import type { ChartSpan, ExportPage, TotalsGroup } from '../desk-ports.ts';
import type { EngineDeps, Outcome } from '../engine.ts';
import { engineFault, inputInvalid, vaultNotFound } from '../engine-errors.ts';
import type { VaultBook } from '../vault-book.ts';

export interface DeskQueries {
  /** Thinned to at most `steps` points. */
  loadVaultChart(vaultId: VaultId, span: ChartSpan): Outcome<{ readonly chart: ValueChart }>;
  /** One line for each money and network. */
  loadTotalsChart(span: ChartSpan): Promise<Outcome<{ readonly chart: TotalsChart }>>;
  queryOperations(query: OperationQuery): Outcome<OperationPage>;
  /** However old it is. */
  loadOperation(operationId: OperationId): Outcome<{ readonly view: OperationView }>;
  loadActivity(query: ActivityQuery): Outcome<ActivityPage>;
  loadNotes(vaultId: VaultId): Outcome<{ readonly notes: readonly VaultNote[] }>;
  addNote(vaultId: VaultId, text: string): Outcome<{ readonly note: VaultNote }>;
  editNote(id: NoteId, text: string): Outcome<{ readonly note: VaultNote }>;
  /** Answers with what was removed. */
  removeNote(id: NoteId): Outcome<{ readonly note: VaultNote }>;
  restoreNote(note: VaultNote): Outcome;
  loadExportPage(request: ExportRequest, cursor: string | null): Outcome<ExportPage>;
}

interface Parts {
  readonly deps: EngineDeps;
  readonly book: VaultBook;
  /** An open operation as the capital desk holds it. */
  openView(id: OperationId): OperationView | undefined;
}

export function deskQueries(parts: Parts): DeskQueries {
  const { charts, operations, activity, exports } = parts.deps.deskRecords;
  return {
    loadVaultChart(vaultId, span) {
      const problem = problemOfSpan(span);
      if (problem !== null) return err(problem);
      if (parts.book.get(vaultId) === undefined) return err(vaultNotFound(vaultId));
      return loading(() => ({ chart: charts.loadVaultChart(vaultId, span) }));
    },
    async loadTotalsChart(span) {
      const problem = problemOfSpan(span);
      if (problem !== null) return err(problem);
      try {
        return ok({ chart: await charts.loadTotalsChart(groupsOf(parts), span) });
      } catch (thrown) {
        return err(engineFault('the desk’s records', thrown));
      }
    },
    queryOperations: (query) => loading(() => operations.query(query)),
    loadOperation: (id) => loadOperation(parts, id),
    loadActivity: (query) => loading(() => activity.load(query)),
    loadExportPage: (request, cursor) => loading(() => exports.loadPage(request, cursor)),
    ...notes(parts),
  };
}

type Notes = Pick<DeskQueries, 'loadNotes' | 'addNote' | 'editNote' | 'removeNote' | 'restoreNote'>;

function notes({ deps, book }: Parts): Notes {
  const store = deps.deskRecords.notes;
  const changing = (id: NoteId, change: (note: VaultNote) => VaultNote) =>
    loadingOutcome(() => {
      const note = store.find(id);
      return note === null ? err(noteNotFound(id)) : ok({ note: change(note) });
    });
  const saved = (note: VaultNote): VaultNote => {
    store.save(note);
    return note;
  };
  return {
    loadNotes: (vaultId) =>
      book.get(vaultId) === undefined
        ? err(vaultNotFound(vaultId))
        : loading(() => ({ notes: store.load(vaultId) })),
    addNote(vaultId, text) {
      if (book.get(vaultId) === undefined) return err(vaultNotFound(vaultId));
      const note = {
        id: noteId(deps.newId()),
        vaultId,
        text,
        writtenAtMs: deps.clock.nowMs(),
        editedAtMs: null,
      };
      return loading(() => ({ note: saved(note) }));
    },
    editNote: (id, text) =>
      changing(id, (note) => saved({ ...note, text, editedAtMs: deps.clock.nowMs() })),
    removeNote: (id) =>
      changing(id, (note) => {
        store.remove(id);
        return note;
      }),
    restoreNote: (note) =>
      book.get(note.vaultId) === undefined
        ? err(vaultNotFound(note.vaultId))
        : loading(() => {
            store.save(note);
            return {};
          }),
  };
}

function loadOperation(
  { deps, openView }: Parts,
  id: OperationId,
): ReturnType<DeskQueries['loadOperation']> {
  const open = openView(id);
  if (open !== undefined) return ok({ view: open });
  return loadingOutcome(() => {
    const operation = deps.journal.load(id);
    return operation === null
      ? err(operationNotFound(id))
      : ok({ view: { operation, wait: null, finalizedBlockHeight: null, revision: 0 } });
  });
}

function groupsOf({ deps, book }: Parts): readonly TotalsGroup[] {
  return book.views().map(({ vault }) => ({
    vaultId: vault.id,
    money: moneyOf(vault, deps.networks()),
    network: vault.network,
    createdAtMs: vault.createdAtMs,
    archivedAtMs: vault.archivedAtMs,
  }));
}

function problemOfSpan({ fromMs, toMs }: ChartSpan): KeelError | null {
  if (fromMs < toMs) return null;
  return inputInvalid(
    'fromMs',
    String(fromMs),
    `is not before toMs ${toMs}`,
    'Choose a span that begins before it ends.',
  );
}

const loading = <Value>(load: () => Value): Outcome<Value> => loadingOutcome(() => ok(load()));

function loadingOutcome<Value>(load: () => Outcome<Value>): Outcome<Value> {
  try {
    return load();
  } catch (thrown) {
    return err(engineFault('the desk’s records', thrown));
  }
}

function noteNotFound(id: NoteId): KeelError {
  return keelError(
    'NOTE_NOT_FOUND',
    'fix-input',
    `No note has the id ${id}.`,
    'It was removed: load the notes again.',
  );
}

function operationNotFound(id: OperationId): KeelError {
  return keelError(
    'OPERATION_NOT_FOUND',
    'fix-input',
    `No operation has the id ${id}.`,
    'Load the list of operations again.',
  );
}
