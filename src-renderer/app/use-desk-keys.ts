import { useEffect, type RefObject } from 'react';
import { openDialog, openVaults, useNavigationStore } from '#renderer/stores/navigation-store.ts';

/** `/` filters, Esc leaves the vault page, Ctrl+N adds a vault, Ctrl+, opens the settings. */
export function useDeskKeys(filterRef: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const { dialog, route } = useNavigationStore.getState();
      if (event.defaultPrevented || dialog !== null) return;
      const withControl = event.ctrlKey || event.metaKey;
      if (withControl && event.key === ',') openDialog({ kind: 'settings' });
      else if (withControl && event.key === 'n') openDialog({ kind: 'create-vault' });
      else if (isTyping(event.target)) return;
      else if (event.key === 'Escape' && route.kind === 'vault') openVaults();
      else if (event.key === '/' && filterRef.current !== null) filterRef.current.focus();
      else return;
      event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [filterRef]);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
