/**
 * A list of any length, read in pages as they come into view. Invariants: an answer to an older question never
 * replaces a newer one; a list that was asked for anew shows nothing of the one before once its first page is there; a
 * page that failed is told of and can be tried again.
 */
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';

export interface RowsPage<Row> {
  readonly rows: readonly Row[];
  /** How many rows the whole list has. */
  readonly total: number;
}

export type LoadPage<Row> = (
  offset: number,
  limit: number,
) => Promise<Result<RowsPage<Row>, KeelError>>;

export interface PagedState<Row> {
  /** Null until the first page has come. */
  readonly total: number | null;
  readonly pages: ReadonlyMap<number, readonly Row[]>;
  /** Why a page that is wanted is not there; null while nothing has failed. */
  readonly failure: KeelError | null;
  /** The rows shown answer an older question: the answer to the newest is on its way. */
  readonly outdated: boolean;
}

export interface PagedRows<Row> {
  readonly state: () => PagedState<Row>;
  subscribe(listener: () => void): () => void;
  /** Asks a new question: another filter, another order. */
  ask(load: LoadPage<Row>): void;
  /** Rows from `first` to `last` are in view. */
  want(first: number, last: number): void;
  /** Reads the pages that are in view again, without taking anything away meanwhile. */
  refresh(): void;
  /** Shows a newer state of a row that is held, in its place. */
  patch(row: Row): boolean;
  /** Tries again what failed. */
  retry(): void;
  close(): void;
}

export interface PagedParts<Row> {
  readonly keyOf: (row: Row) => string;
  readonly pageSize?: number;
}

export const PAGE_SIZE = 200;
/** Pages held beyond those in view. */
const MOST_PAGES = 24;

export function createPagedRows<Row>({
  keyOf,
  pageSize = PAGE_SIZE,
}: PagedParts<Row>): PagedRows<Row> {
  let state: PagedState<Row> = { total: null, pages: new Map(), failure: null, outdated: false };
  let load: LoadPage<Row> | null = null;
  let generation = 0;
  let sequence = 0;
  let view = { first: 0, last: 0 };
  /** The newest question that a page was asked by. */
  const asked = new Map<number, number>();
  const underWay = new Set<number>();
  const failed = new Set<number>();
  const listeners = new Set<() => void>();

  function change(next: Partial<PagedState<Row>>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function pagesInView(): readonly number[] {
    const most = state.outdated || state.total === null ? 0 : lastPageOf(state.total, pageSize);
    // Half a page on either side: scrolling finds rows, not gaps.
    const first = Math.floor(Math.max(0, view.first - pageSize / 2) / pageSize);
    const last = Math.floor((view.last + pageSize / 2) / pageSize);
    return range(Math.min(first, most), Math.min(last, most));
  }

  function read(page: number): void {
    if (load === null) return;
    sequence += 1;
    const question = { generation, sequence };
    asked.set(page, sequence);
    underWay.add(page);
    void load(page * pageSize, pageSize).then((answer) => {
      if (question.generation !== generation) return;
      if (asked.get(page) !== question.sequence) return;
      underWay.delete(page);
      if (answer.ok) take(page, answer.value);
      else {
        failed.add(page);
        change({ failure: answer.error });
      }
    });
  }

  function take(page: number, { rows, total }: RowsPage<Row>): void {
    failed.delete(page);
    const pages = new Map(state.outdated ? [] : state.pages);
    pages.set(page, rows);
    for (const each of pages.keys()) if (each > lastPageOf(total, pageSize)) pages.delete(each);
    dropFarthest(pages);
    change({ pages, total, outdated: false, failure: failed.size === 0 ? null : state.failure });
    readMissing();
  }

  function dropFarthest(pages: Map<number, readonly Row[]>): void {
    const middle = (view.first + view.last) / 2 / pageSize;
    const byDistance = [...pages.keys()].sort(
      (left, right) => Math.abs(right - middle) - Math.abs(left - middle),
    );
    for (const page of byDistance.slice(0, Math.max(0, pages.size - MOST_PAGES)))
      pages.delete(page);
  }

  function readMissing(): void {
    for (const page of pagesInView()) {
      const there = !state.outdated && state.pages.has(page);
      if (!there && !underWay.has(page) && !failed.has(page)) read(page);
    }
  }

  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    ask(next) {
      load = next;
      generation += 1;
      underWay.clear();
      failed.clear();
      view = { first: 0, last: 0 };
      change({ outdated: state.total !== null, failure: null });
      readMissing();
    },
    want(first, last) {
      view = { first, last };
      readMissing();
    },
    refresh() {
      const wanted = pagesInView();
      // What is far away is read again once it comes into view.
      const pages = new Map([...state.pages].filter(([page]) => wanted.includes(page)));
      if (pages.size !== state.pages.size) change({ pages });
      for (const page of wanted) read(page);
    },
    patch(row) {
      const key = keyOf(row);
      for (const [page, rows] of state.pages) {
        const at = rows.findIndex((each) => keyOf(each) === key);
        if (at < 0) continue;
        change({ pages: new Map(state.pages).set(page, rows.with(at, row)) });
        return true;
      }
      return false;
    },
    retry() {
      const again = [...failed];
      failed.clear();
      change({ failure: null });
      for (const page of again) read(page);
    },
    close() {
      generation += 1;
      load = null;
    },
  };
}

const lastPageOf = (total: number, pageSize: number): number =>
  Math.max(0, Math.ceil(total / pageSize) - 1);

const range = (first: number, last: number): readonly number[] =>
  Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
