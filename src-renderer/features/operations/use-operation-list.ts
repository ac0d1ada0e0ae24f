import { useRef } from 'react';
import { ok } from '#domain/result.ts';
import { unixMs } from '#domain/units.ts';
import {
  OPERATION_SORTS,
  type OperationFilter,
  type OperationQuery,
  type OperationRow,
  type OperationSort,
} from '#domain/operation-query.ts';
import { request } from '#renderer/stores/commands.ts';
import { useHeldList, type HeldList } from '#renderer/stores/use-held-list.ts';
import { useDeskEvents, usePagedRows, type PagedList } from '#renderer/stores/use-paged-rows.ts';
import type { TableSort } from '#renderer/ui/table/table-column.ts';
import { mayPass, rowOfView } from './operation-rows.ts';

export interface OperationListData extends PagedList<OperationRow> {
  readonly held: HeldList;
  readonly question: string;
}

/** The journal as a list: filtered and sorted by the store, kept live by events. */
export function useOperationList(
  filter: OperationFilter,
  sort: TableSort | null,
): OperationListData {
  const order = orderOf(sort);
  const question = JSON.stringify([filter, order]);
  const asked = useRef({ question: '', atMs: 0 });
  /** Since when the list stands still: since its first page was asked for. */
  const askedAtMs = (): number => {
    if (asked.current.question !== question) asked.current = { question, atMs: Date.now() };
    return asked.current.atMs;
  };

  const list = usePagedRows<OperationRow>({
    keyOf,
    question,
    load: async (offset, limit) => {
      const atMs = askedAtMs();
      const answer = await request('operation.query', {
        // Nothing that begins later moves the rows from under the eye.
        filter: { ...filter, toMs: filter.toMs ?? unixMs(atMs) },
        sort: order,
        offset,
        limit,
      });
      return answer.ok ? ok(answer.value) : answer;
    },
  });
  const { rows } = list;
  const moveOn = () => {
    asked.current = { question, atMs: Date.now() };
    rows.refresh();
  };
  const held = useHeldList(moveOn, rows.refresh, question);
  useDeskEvents((events) => {
    for (const event of events) {
      if (event.type === 'ENGINE_STATUS' && event.running) held.changed();
      if (event.type !== 'OPERATION_CHANGED') continue;
      const row = rowOfView(event.view);
      if (rows.patch(row)) held.changed();
      else if (row.createdAtMs > askedAtMs() && mayPass(row, filter)) held.came(row.id);
    }
  });
  return { ...list, held, question };
}

const keyOf = ({ id }: OperationRow): string => id;

function orderOf(sort: TableSort | null): OperationQuery['sort'] {
  const by = OPERATION_SORTS.find((each) => each === sort?.column) as OperationSort | undefined;
  return by === undefined || sort === null
    ? { by: 'started', descending: true }
    : { by, descending: sort.descending };
}
