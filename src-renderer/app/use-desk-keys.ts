import { useEffect, type RefObject } from 'react';
import type { MoveKind } from '#domain/capital-intent.ts';
import type { VaultView } from '#domain/vault-state.ts';
import { VERBS } from '#renderer/features/capital/capital-words.ts';
import { haltEverything } from '#renderer/features/halt/halt-everything.ts';
import { closedBecause } from '#renderer/features/trading/gate-words.ts';
import { lockSigner } from '#renderer/stores/commands.ts';
import {
  openDialog,
  openInbox,
  openKeys,
  openOperations,
  openVaults,
  useNavigationStore,
} from '#renderer/stores/navigation-store.ts';
import { reasonsAgainstMove } from '#renderer/stores/selectors.ts';
import { showToast } from '#renderer/stores/toast-store.ts';
import { useVaultStore } from '#renderer/stores/vault-store.ts';

const MOVES: Readonly<Record<string, MoveKind>> = { d: 'deposit', w: 'withdraw', t: 'transfer' };

/** With Ctrl or the Mac's command key; locking and halting work from everywhere, also over a dialog. */
const WITH_CONTROL: Readonly<Record<string, () => void>> = {
  ',': () => openDialog({ kind: 'settings' }),
  n: () => openDialog({ kind: 'create-vault' }),
  '1': openVaults,
  '2': openOperations,
  '3': openKeys,
  '4': openInbox,
};

/**
 * `/` filters, Esc leaves a page for the vaults, `d`, `w` and `t` move money on a vault's page; Ctrl+N adds a vault,
 * Ctrl+, opens the settings, Ctrl+1 … 4 the screens, Ctrl+L locks, Ctrl+Shift+H halts everything.
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
    if (key === 'h' && event.shiftKey) void haltEverything('keyboard');
    else if (key === 'l') void lockSigner();
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
    moveOrSayWhyNot(move, view);
  } else return false;
  return true;
}

function moveOrSayWhyNot(move: MoveKind, view: VaultView): void {
  const why = closedBecause(reasonsAgainstMove(move, view));
  if (why === null) openDialog({ kind: move, vaultId: view.vault.id });
  else showToast('info', `${VERBS[move]} is not possible now`, why);
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && /^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName);
