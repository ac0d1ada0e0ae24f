import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { KeelError } from '#domain/keel-error.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import { onDeskEvents } from './event-listeners.ts';
import { useLatest } from './use-latest.ts';
import { createPagedRows, PAGE_SIZE, type LoadPage, type PagedRows } from './paged-rows.ts';

export interface PagedList<Row> {
  readonly rows: PagedRows<Row>;
  readonly total: number | null;
  readonly failure: KeelError | null;
  readonly outdated: boolean;
  readonly rowAt: (index: number) => Row | undefined;
}

export interface PagedListParts<Row> {
  readonly keyOf: (row: Row) => string;
  readonly load: LoadPage<Row>;
  /** Another text is another question: everything is read anew. */
  readonly question: string;
}

/** A list of any length, read in pages as they come into view. `keyOf` is taken once. */
export function usePagedRows<Row>({ keyOf, load, question }: PagedListParts<Row>): PagedList<Row> {
  const [rows] = useState(() => createPagedRows<Row>({ keyOf }));
  const state = useSyncExternalStore(rows.subscribe, rows.state);
  const newest = useLatest(load);
  useEffect(() => {
    rows.ask((offset, limit) => newest.current(offset, limit));
    return rows.close;
  }, [rows, question, newest]);
  const { pages, total, failure, outdated } = state;
  return useMemo(
    () => ({
      rows,
      total,
      failure,
      outdated,
      rowAt: (index) => pages.get(Math.floor(index / PAGE_SIZE))?.[index % PAGE_SIZE],
    }),
    [rows, pages, total, failure, outdated],
  );
}

/** Calls back with each batch of events, for as long as the component stands. */
export function useDeskEvents(listener: (events: readonly DeskEvent[]) => void): void {
  const newest = useLatest(listener);
  useEffect(() => onDeskEvents((events) => newest.current(events)), [newest]);
}

/** What is typed, once it has not changed for a moment: a question for each letter would be too many. */
export function useSettled<Value>(value: Value, afterMs = 200): Value {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
