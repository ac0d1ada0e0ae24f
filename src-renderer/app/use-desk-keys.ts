import { useEffect, type RefObject } from 'react';
import type { MoveKind } from '#domain/capital-intent.ts';
import { lockSigner } from '#renderer/stores/commands.ts';
import {
  openDialog,
  openKeys,
  openOperations,
  openVaults,
  useNavigationStore,
} from '#renderer/stores/navigation-store.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';

const MOVES: Readonly<Record<string, MoveKind>> = { d: 'deposit', w: 'withdraw', t: 'transfer' };

/** With Ctrl or the Mac's command key; locking works from everywhere, also over a dialog. */
const WITH_CONTROL: Readonly<Record<string, () => void>> = {
  ',': () => openDialog({ kind: 'settings' }),
  n: () => openDialog({ kind: 'create-vault' }),
  '1': openVaults,
  '2': openOperations,
  '3': openKeys,
};

/**
 * `/` filters, Esc leaves a page for the vaults, `d`, `w` and `t` move money on a vault's page; Ctrl+N adds a vault,
 * Ctrl+, opens the settings, Ctrl+1 … 3 the screens, Ctrl+L locks.
 */
export function useDeskKeys(filterRef: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented) return;
      if (actOf(event, filterRef.current)) event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [filterRef]);
}

/** Does what the key stands for; false where it stands for nothing. */
function actOf(event: KeyboardEvent, filter: HTMLInputElement | null): boolean {
  const { dialog } = useNavigationStore.getState();
  const key = event.key.toLowerCase();
  if (event.ctrlKey || event.metaKey) {
    if (key === 'l') void lockSigner();
    else if (dialog === null && WITH_CONTROL[key] !== undefined) WITH_CONTROL[key]();
    else return false;
    return true;
  }
  if (dialog !== null || event.altKey || isTyping(event.target)) return false;
  return actOfPlainKey(key, filter);
}

function actOfPlainKey(key: string, filter: HTMLInputElement | null): boolean {
  const { route } = useNavigationStore.getState();
  const move = MOVES[key];
  if (key === 'escape' && route.kind !== 'vaults') openVaults();
  else if (key === '/' && filter !== null) filter.focus();
  else if (move !== undefined && route.kind === 'vault') {
    const view = useVaultStore.getState().views.get(route.id);
    if (view === undefined || view.vault.archivedAtMs !== null) return false;
    openDialog({ kind: move, vaultId: route.id });
  } else return false;
  return true;
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
