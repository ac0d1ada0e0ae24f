import { useCallback } from 'react';
import type { TableLayout } from '#domain/desk-settings.ts';
import { updateDesk } from './commands.ts';
import { useDeskStore } from './desk-store.ts';

const AS_MADE: TableLayout = { hidden: [], sort: null };

/**
 * What the trader has made of a table: its hidden columns and its order, kept with the desk's settings.
 * @param unlessChanged what it is before the trader has touched it
 */
export function useTableSetup(
  tableId: string,
  unlessChanged: TableLayout = AS_MADE,
): readonly [TableLayout, (setup: TableLayout) => void] {
  const setup = useDeskStore((state) => state.settings.desk.tables[tableId]);
  const change = useCallback(
    (next: TableLayout) => {
      const { tables } = useDeskStore.getState().settings.desk;
      void updateDesk({ tables: { ...tables, [tableId]: next } });
    },
    [tableId],
  );
  return [setup ?? unlessChanged, change];
}

const ROW_PX = { comfortable: 36, compact: 28 } as const;

/** Height of a row of one line, as dense as the trader likes it. */
export const useRowHeight = (): number =>
  useDeskStore((state) => ROW_PX[state.settings.desk.density]);
