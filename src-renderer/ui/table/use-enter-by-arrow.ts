import { useEffect, type RefObject } from 'react';

/** With the focus nowhere on the screen, an arrow key goes into the table. */
export function useEnterByArrow(scroller: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { key, target, ctrlKey, metaKey, altKey } = event;
      if (event.defaultPrevented || ctrlKey || metaKey || altKey) return;
      if (key !== 'ArrowDown' && key !== 'ArrowUp') return;
      const table = scroller.current;
      // On the page or a frame around the table: nothing that has arrow keys of its own.
      if (table === null || !(target instanceof HTMLElement) || !target.contains(table)) return;
      const row = table.querySelector<HTMLElement>('[data-line][tabindex="0"]');
      if (row === null) return;
      event.preventDefault();
      row.focus();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [scroller]);
}
