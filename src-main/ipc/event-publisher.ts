import type { WebContents } from 'electron';
import { z } from 'zod';
import { DESK_EVENT, deskEventSchema, type DeskEvent } from '#ipc/contract.ts';
import { createEventBatches } from './event-batches.ts';

export interface EventPublisher {
  /** Encodes and sends an event of the main process itself. */
  publish(event: DeskEvent): void;
  /** Sends an event that another process has encoded and this one has parsed. */
  forward(eventOnWire: unknown): void;
}

/** The one way of an event to the window. Without a window events are dropped: it loads the desk when it opens. */
export function createEventPublisher(contents: () => WebContents | null): EventPublisher {
  const batches = createEventBatches({
    send(events) {
      const target = contents();
      if (target !== null && !target.isDestroyed()) target.send(DESK_EVENT, JSON.stringify(events));
    },
    later: (delayMs, callback) => void setTimeout(callback, delayMs),
  });
  return {
    forward: (eventOnWire) => batches.add(eventOnWire),
    publish: (event) => batches.add(z.encode(deskEventSchema, event)),
  };
}
