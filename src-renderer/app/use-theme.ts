import { useEffect } from 'react';
import { useDeskStore } from '#renderer/stores/desk-store.ts';

/** Puts the chosen theme and density on the root element; the system's theme needs no attribute. */
export function useTheme(): void {
  const theme = useDeskStore((state) => state.settings.theme);
  useEffect(() => {
    const { dataset } = document.documentElement;
    if (theme === 'system') delete dataset['theme'];
    else dataset['theme'] = theme;
  }, [theme]);
  const density = useDeskStore((state) => state.settings.desk.density);
  useEffect(() => {
    document.documentElement.dataset['density'] = density;
  }, [density]);
}
