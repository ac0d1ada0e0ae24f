import type { DeskEvent } from '#ipc/contract.ts';

const SLICE_MS = 8;

export interface OutboxParts {
  /** Encodes and sends one event; may throw, which drops that event and is reported. */
  send(event: DeskEvent): void;
  onFault(event: DeskEvent, fault: unknown): void;
  /** Milliseconds that never go backwards. */
  monotonicMs(): number;
  /** Calls back after other work of the event loop has had its turn. */
  yieldTo(callback: () => void): void;
}

export interface EventOutbox {
  add(event: DeskEvent): void;
  /** Sends everything that still waits, at once. */
  flush(): void;
}

/**
 * Sends events in their order and in slices, so that a heartbeat over hundreds of vaults never holds the event
 * loop. A waiting state of a vault, a network, an exchange or an operation is replaced by a newer one: events are whole,
 * so nothing is lost. Every change of an alert is sent: each may be the one that rings.
 */
export function createEventOutbox(parts: OutboxParts): EventOutbox {
  const queue = new Map<string, DeskEvent>();
  let unique = 0;
  let scheduled = false;

  function keyOf(event: DeskEvent): string {
    switch (event.type) {
      case 'VAULT_CHANGED':
        return `vault/${event.view.vault.id}`;
      case 'NETWORK_CHANGED':
        return `network/${event.status.network}`;
      case 'EXCHANGE_CHANGED':
        return `exchange/${event.view.network}`;
      case 'HALT_ALL_CHANGED':
        return 'halt-all';
      case 'OPERATION_CHANGED':
        return `operation/${event.view.operation.id}`;
      default:
        unique += 1;
        return `event/${unique}`;
    }
  }

  function sendNext(): boolean {
    const next = queue.entries().next();
    if (next.done === true) return false;
    const [key, event] = next.value;
    queue.delete(key);
    try {
      parts.send(event);
    } catch (fault) {
      parts.onFault(event, fault);
    }
    return true;
  }

  function drainSlice(): void {
    scheduled = false;
    const untilMs = parts.monotonicMs() + SLICE_MS;
    while (sendNext()) {
      if (parts.monotonicMs() >= untilMs) break;
    }
    if (queue.size > 0) schedule();
  }

  function schedule(): void {
    if (scheduled) return;
    scheduled = true;
    parts.yieldTo(drainSlice);
  }

  return {
    add(event) {
      // A newer state takes the place of the waiting one, so that no error overtakes the state it tells of.
      queue.set(keyOf(event), event);
      schedule();
    },
    flush() {
      while (sendNext());
    },
  };
}
