import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  extendTo,
  NOTHING_SELECTED,
  retain,
  selectAll,
  toggle,
  type Selection,
} from '#renderer/ui/table/selection.ts';

const LIST = ['a', 'b', null, 'c', 'd', 'e'];
const chosen = ({ keys }: Selection) => [...keys].toSorted().join('');

describe('a selection', () => {
  it('goes from the anchor to the row, over headings, and back again', () => {
    const begun = toggle(NOTHING_SELECTED, 'b');
    const wide = extendTo(begun, 'd', LIST);
    expect(chosen(wide)).toBe('bcd');
    expect(chosen(extendTo(wide, 'a', LIST))).toBe('ab');
  });

  it('begins where the anchor has left the list', () => {
    expect(extendTo(toggle(NOTHING_SELECTED, 'z'), 'c', LIST)).toEqual({
      keys: new Set(['c']),
      anchor: 'c',
    });
  });

  it('takes every row that is known, and nothing that is not', () => {
    expect(chosen(selectAll(NOTHING_SELECTED, LIST))).toBe('abcde');
  });

  it('is the same object while nothing has left', () => {
    const all = selectAll(NOTHING_SELECTED, LIST);
    expect(retain(all, () => true)).toBe(all);
    expect(chosen(retain(all, (key) => key !== 'c'))).toBe('abde');
  });

  it('holds only rows of the list, whatever is pressed', () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const act = fc.oneof(
      fc.record({ act: fc.constant('toggle' as const), key }),
      fc.record({ act: fc.constant('extend' as const), key }),
      fc.record({ act: fc.constant('all' as const), key }),
      fc.record({ act: fc.constant('leave' as const), key }),
    );
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        let list: readonly (string | null)[] = LIST;
        let selection: Selection = NOTHING_SELECTED;
        for (const { act: what, key: which } of acts) {
          const there = list.includes(which);
          if (what === 'leave') {
            list = list.filter((each) => each !== which);
            selection = retain(selection, (each) => list.includes(each));
          } else if (what === 'all') selection = selectAll(selection, list);
          else if (there && what === 'toggle') {
            const before = selection.keys.has(which);
            selection = toggle(selection, which);
            expect(selection.keys.has(which)).toBe(!before);
          } else if (there) {
            selection = extendTo(selection, which, list);
            expect(selection.keys.has(which)).toBe(true);
            const places = [...selection.keys].map((each) =>
              list.filter((other) => other !== null).indexOf(each),
            );
            // A range has no holes.
            expect(Math.max(...places) - Math.min(...places) + 1).toBe(places.length);
          }
          for (const each of selection.keys) expect(list).toContain(each);
        }
      }),
    );
  });
});
