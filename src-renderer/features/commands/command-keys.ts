/**
 * Keys as tinykeys writes them: `$mod+Shift+H`, `Alt+ArrowLeft`, `[Shift]+?`; `$mod` is Ctrl, on a Mac Command, and
 * what stands in brackets may be held or not, for it depends on the keyboard's layout.
 */
import { matchKeybindingPress, parseKeybinding } from 'tinykeys';

/** Whether an event is that press. */
export function matchesKeys(event: KeyboardEvent, keys: string): boolean {
  const [press] = parseKeybinding(keys);
  return press !== undefined && matchKeybindingPress(event, press);
}

const CAPS: Readonly<Record<string, string>> = {
  ArrowLeft: '←',
  ArrowRight: '→',
  ArrowUp: '↑',
  ArrowDown: '↓',
  PageUp: 'Page up',
  PageDown: 'Page down',
  Escape: 'Esc',
};

/** What stands on the caps, one after the other: `['Ctrl', 'Shift', 'H']`. */
export function capsOf(keys: string): readonly string[] {
  const [press] = parseKeybinding(keys);
  if (press === undefined) return [];
  const [, , key] = press;
  const held = keys.includes('$mod') ? ['Ctrl'] : [];
  for (const modifier of ['Alt', 'Shift']) {
    if (press[0].includes(modifier)) held.push(modifier);
  }
  const last = typeof key === 'string' ? key : key.source;
  return [...held, CAPS[last] ?? (last.length === 1 ? last.toUpperCase() : last)];
}

/** For `aria-keyshortcuts`: `Control+Shift+H`. */
export const ariaKeys = (keys: string): string =>
  keys.replace('$mod', 'Control').replace('[Shift]+', '');

/** For a tooltip: `Ctrl+Shift+H`. */
export const wordsOfKeys = (keys: string): string => capsOf(keys).join('+');
