import { useEffect } from 'react';
import { useAlarms } from '#renderer/stores/selectors.ts';
import { windowTitle } from '#renderer/stores/verdict.ts';

/**
 * Keeps the window's title in step with the gravest alarm. A component of its own, for alarms change with every vault:
 * nothing besides is drawn again for them.
 */
export function WindowTitle(): null {
  const title = windowTitle(useAlarms());
  useEffect(() => {
    document.title = title;
  }, [title]);
  return null;
}
