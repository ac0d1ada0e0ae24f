import { expect, it } from 'vitest';
import type { TableColumn } from '#renderer/ui/table/table-column.ts';
import { columnsWithin } from '#renderer/ui/table/use-room.ts';

const column = (id: string, width: string, leaves?: number): TableColumn<null> => ({
  ...{ id, label: id, title: id, width, sortable: false },
  cell: () => null,
  text: () => null,
  ...(leaves !== undefined && { leaves }),
});

const COLUMNS = [
  column('name', '100px'),
  column('total', 'var(--total)', 2),
  column('slot', '50px', 1),
];
const STYLE = { '--total': '80px' } as object;

const within = (roomPx: number) => columnsWithin(roomPx, COLUMNS, STYLE).map(({ id }) => id);

it('keeps every column where there is room, and where the room is not known', () => {
  expect(within(230)).toEqual(['name', 'total', 'slot']);
  expect(within(0)).toEqual(['name', 'total', 'slot']);
});

it('lets the least important leave first, and never those that stay', () => {
  expect(within(229)).toEqual(['name', 'total']);
  expect(within(179)).toEqual(['name']);
  expect(within(20)).toEqual(['name']);
});
