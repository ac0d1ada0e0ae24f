import { useSyncExternalStore } from 'react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';

/** Below this the words of the rail would take their room from the figures, CSS px. */
const NARROW = '(max-width: 1100px)';

/** Whether the rail shows icons only: because the trader wants it so, or for want of room. */
export function useNarrowRail(): { readonly narrow: boolean; readonly forced: boolean } {
  const open = useDeskStore((state) => state.settings.desk.railOpen);
  const forced = useSyncExternalStore(subscribe, isNarrow);
  return { narrow: forced || !open, forced };
}

function subscribe(changed: () => void): () => void {
  const query = globalThis.matchMedia?.(NARROW);
  query?.addEventListener('change', changed);
  return () => query?.removeEventListener('change', changed);
}

/** A window without media queries is one of a test, and wide. */
const isNarrow = (): boolean => globalThis.matchMedia?.(NARROW).matches ?? false;
