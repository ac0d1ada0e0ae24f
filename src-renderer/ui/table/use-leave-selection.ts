import { useEffect, useRef, type RefObject } from 'react';

/** Esc anywhere on the screen gives up what is chosen first, before it means anything else. */
export function useLeaveSelection(
  scroller: RefObject<HTMLElement | null>,
  chosen: boolean,
  clear: () => void,
): void {
  const newest = useRef(clear);
  useEffect(() => {
    newest.current = clear;
  });
  useEffect(() => {
    const screen = scroller.current?.closest<HTMLElement>('main');
    if (!chosen || screen === null || screen === undefined) return;
    const onKeyDown = (event: KeyboardEvent) => {
      const typing = event.target instanceof HTMLInputElement && event.target.type === 'search';
      if (event.key !== 'Escape' || event.defaultPrevented || typing) return;
      event.preventDefault();
      newest.current();
    };
    screen.addEventListener('keydown', onKeyDown);
    return () => screen.removeEventListener('keydown', onKeyDown);
  }, [scroller, chosen]);
}
