import { useEffect } from 'react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';

/** Puts the chosen theme on the root element; the system's needs no attribute. */
export function useTheme(): void {
  const theme = useDeskStore((state) => state.settings.theme);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  }, [theme]);
}
