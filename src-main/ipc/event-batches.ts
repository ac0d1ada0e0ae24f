/** Gathers events into few messages: a thousand messages a second would cost the window more than what is in them. */

/** How long an event may wait for company. */
const GATHER_MS = 20;
/** A message is taken apart in one go by the window; more than this would hold its frame up. */
export const MOST_IN_BATCH = 48;

export interface BatchParts {
  send(events: readonly unknown[]): void;
  later(delayMs: number, callback: () => void): void;
}

export interface EventBatches {
  add(event: unknown): void;
}

/** Sends every event once, in order. */
export function createEventBatches(parts: BatchParts): EventBatches {
  let waiting: unknown[] = [];
  let scheduled = false;

  function send(): void {
    const events = waiting;
    waiting = [];
    if (events.length > 0) parts.send(events);
  }

  return {
    add(event) {
      waiting.push(event);
      if (waiting.length >= MOST_IN_BATCH) {
        send();
        return;
      }
      if (scheduled) return;
      scheduled = true;
      parts.later(GATHER_MS, () => {
        scheduled = false;
        send();
      });
    },
  };
}
