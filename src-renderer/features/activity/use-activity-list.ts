import { useRef } from 'react';
import type { ActivityEntry, ActivityFilter, ActivityId } from '#domain/activity.ts';
import { ok } from '#domain/result.ts';
import { request } from '#renderer/stores/commands.ts';
import { useHeldList, type HeldList } from '#renderer/stores/use-held-list.ts';
import { useDeskEvents, usePagedRows, type PagedList } from '#renderer/stores/use-paged-rows.ts';
import { letsThrough } from './activity-words.ts';

export interface ActivityListData extends PagedList<ActivityEntry> {
  readonly held: HeldList;
  readonly question: string;
}

/** The feed as a list: newest first, standing still where it was begun while new entries come. */
export function useActivityList(filter: ActivityFilter): ActivityListData {
  const question = JSON.stringify(filter);
  /** The newest entry that the list counts from; null until the store has told. */
  const upTo = useRef<{ question: string; id: ActivityId | null }>({ question: '', id: null });
  const newest = useRef<ActivityId | null>(null);
  const place = () => {
    if (upTo.current.question !== question) upTo.current = { question, id: null };
    return upTo.current;
  };

  const list = usePagedRows<ActivityEntry>({
    keyOf,
    question,
    load: async (offset, limit) => {
      const asked = place();
      const answer = await request('activity.load', { filter, upTo: asked.id, offset, limit });
      if (!answer.ok) return answer;
      const { entries, total } = answer.value;
      if (upTo.current === asked) asked.id ??= answer.value.upTo;
      return ok({ rows: entries, total });
    },
  });
  const { rows } = list;
  const moveOn = () => {
    upTo.current = { question, id: newest.current };
    rows.refresh();
  };
  const held = useHeldList(moveOn, rows.refresh, question);
  useDeskEvents((events) => {
    for (const event of events) {
      if (event.type === 'ENGINE_STATUS' && event.running) held.changed();
      if (event.type !== 'ACTIVITY_RECORDED') continue;
      const { entry } = event;
      if (newest.current === null || entry.id > newest.current) newest.current = entry.id;
      if (entry.id > (place().id ?? -1) && letsThrough(filter, entry)) {
        held.came(String(entry.id));
      }
    }
  });
  return { ...list, held, question };
}

const keyOf = ({ id }: ActivityEntry): string => String(id);
