import { useEffect, type RefObject } from 'react';

const BARS = 'nav.rail, header.top-bar, footer.status-bar';

/** With the focus nowhere on the screen, an arrow key goes into the table. */
export function useEnterByArrow(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey } = event;
      if (event.defaultPrevented || ctrlKey || metaKey || altKey) return;
      if (key !== 'ArrowDown' && key !== 'ArrowUp') return;
      const table = scroller.current;
      if (table === null || !(target instanceof HTMLElement)) return;
      // On a frame around the table, or in the rail or a bar: nothing that has arrow keys of its own.
      if (!target.contains(table) && target.closest(BARS) === null) return;
      const row = table.querySelector<HTMLElement>('[data-line][tabindex="0"]');
      if (row === null) return;
      event.preventDefault();
      row.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [scroller]);
}
