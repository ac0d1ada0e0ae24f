/** For lists that read pages from the store: what has happened since they were read. */
import type { DeskEvent } from '#ipc/contract.ts';

type Listener = (events: readonly DeskEvent[]) => void;

const listeners = new Set<Listener>();

/** Calls back with each batch, after the stores have taken it. Returns the unsubscribe. */
export function onDeskEvents(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function tellListeners(events: readonly DeskEvent[]): void {
  for (const listener of listeners) listener(events);
}
