import { useEffect } from 'react';
import { useAlarms } from '#renderer/stores/selectors.ts';
import { windowTitle } from '#renderer/stores/verdict.ts';

/** Keeps the window's title in step with the gravest alarm. */
export function useWindowTitle(): void {
  const title = windowTitle(useAlarms());
  useEffect(() => {
    document.title = title;
  }, [title]);
}
