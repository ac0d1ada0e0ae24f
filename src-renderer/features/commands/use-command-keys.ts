import { useEffect } from 'react';
import { goBack, goForward, useNavigationStore } from '#renderer/stores/navigation-store.ts';
import { isAvailable, type Command } from './command.ts';
import { matchesKeys } from './command-keys.ts';
import { STANDING_COMMANDS } from './registry.ts';

/** The keys of all commands, and the side buttons of a mouse for back and forward. */
export function useCommandKeys(): void {
  useEffect(() => {
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('mouseup', onMouseUp);
    return () => {
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('mouseup', onMouseUp);
    };
  }, []);
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const command = commandOf(event);
  if (command === undefined) return;
  event.preventDefault();
  // Held down, a key repeats: nothing but the zoom is meant to.
  if (!event.repeat || command.id.startsWith('look.zoom')) void command.run();
}

/** The command that a press stands for here and now. */
export function commandOf(event: KeyboardEvent): Command | undefined {
  const hasDialog = useNavigationStore.getState().dialog !== null;
  const typing = isTyping(event.target);
  const held = event.ctrlKey || event.metaKey || event.altKey;
  return STANDING_COMMANDS.find(
    (command) =>
      (command.keys ?? []).some((keys) => matchesKeys(event, keys)) &&
      (!hasDialog || command.overDialog === true) &&
      (!typing || (held && command.notWhileTyping !== true)) &&
      isAvailable(command),
  );
}

const BACK_BUTTON = 3;
const FORWARD_BUTTON = 4;

function onMouseUp(event: MouseEvent): void {
  if (useNavigationStore.getState().dialog !== null) return;
  if (event.button === BACK_BUTTON) goBack();
  else if (event.button === FORWARD_BUTTON) goForward();
  else return;
  event.preventDefault();
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (/^(INPUT|SELECT|TEXTAREA)$/.test(target.tagName) || target.isContentEditable);
