import type { WebContents } from 'electron';
import { z } from 'zod';
import { DESK_EVENT, deskEventSchema, type DeskEvent } from '#ipc/contract.ts';

export interface EventPublisher {
  /** Encodes and sends an event of the main process itself. */
  publish(event: DeskEvent): void;
  /** Sends an event that another process has encoded and this one has parsed. */
  forward(eventOnWire: unknown): void;
}

/** The one way of an event to the window. Without a window events are dropped: it loads the desk when it opens. */
export function createEventPublisher(contents: () => WebContents | null): EventPublisher {
  function forward(eventOnWire: unknown): void {
    const target = contents();
    if (target !== null && !target.isDestroyed()) target.send(DESK_EVENT, eventOnWire);
  }
  return {
    forward,
    publish: (event) => forward(z.encode(deskEventSchema, event)),
  };
}
