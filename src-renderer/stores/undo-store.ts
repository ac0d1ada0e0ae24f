/** What can be taken back, newest last. Never anything that moves money: that can only be done the other way round. */
import { create } from 'zustand';
import { dismissToast, showToast } from './toast-store.ts';

/** How many acts can be taken back one after the other. */
const DEEPEST = 20;
let lastId = 0;

interface UndoEntry {
  readonly id: number;
  /** What was done: “Funding main renamed”. */
  readonly label: string;
  /** False: it could not be undone; whoever refused has said why, or nobody has. */
  readonly undo: () => Promise<boolean>;
  readonly sensible: () => boolean;
  readonly toastId: number;
}

interface UndoStore {
  readonly entries: readonly UndoEntry[];
}

export const useUndoStore = create<UndoStore>()(() => ({ entries: [] }));

/**
 * Shows what was done, with an Undo button; Ctrl+Z takes back the newest.
 * @param label what was done, as a whole: “Vault renamed to Carry”
 * @param undo puts it back as it was; answers false where that failed
 * @param sensible false once undoing would make no sense any more, for instance because the vault has gone
 */
export function offerUndo(
  label: string,
  undo: () => Promise<boolean>,
  sensible: () => boolean = () => true,
): void {
  lastId += 1;
  const id = lastId;
  const toastId = showToast('info', label, '', { label: 'Undo', act: () => void undoEntry(id) });
  const entry = { id, label, undo, sensible, toastId };
  useUndoStore.setState(({ entries }) => ({ entries: [...entries, entry].slice(-DEEPEST) }));
}

/** Takes back the newest that still makes sense. False: there is nothing to take back. */
export async function undoNewest(): Promise<boolean> {
  const newest = newestUndo();
  if (newest === null) return false;
  await undoEntry(newest.id);
  return true;
}

/** What Ctrl+Z would take back; entries that make no sense any more are passed over. */
export function newestUndo(): { readonly id: number; readonly label: string } | null {
  return useUndoStore.getState().entries.findLast(({ sensible }) => sensible()) ?? null;
}

async function undoEntry(id: number): Promise<void> {
  const entry = useUndoStore.getState().entries.find((other) => other.id === id);
  if (entry === undefined) return;
  // Gone at once: a second press while it works must not undo twice.
  useUndoStore.setState(({ entries }) => ({
    entries: entries.filter((other) => other.id !== id && other.sensible()),
  }));
  dismissToast(entry.toastId);
  if (!entry.sensible()) {
    showToast('info', 'Nothing to undo', `“${entry.label}” does not stand any more.`);
    return;
  }
  const done = await entry.undo().catch(() => false);
  if (done) showToast('good', 'Undone', entry.label);
  else showToast('bad', 'It could not be undone', `Still as it was: ${entry.label}`);
}
