import { CHANNELS, type DeskEvent } from '#ipc/contract.ts';
import type { Clock } from '#main/engine/ports.ts';
import type { Answer } from '#main/ipc/handlers.ts';

/** Alerts come in bursts: one question for all of them. */
const GATHER_MS = 250;

export interface InboxCountParts {
  readonly clock: Clock;
  /** Asks the engine's `alert.load`; never rejects. */
  load(request: { readonly limit: number; readonly before: null }): Promise<Answer>;
  onChange(): void;
}

export interface InboxCount {
  /** Alerts that wait to be acknowledged, as the engine last told. */
  readonly count: number;
  onEvent(event: DeskEvent): void;
  engineOpened(): void;
}

/** Keeps the count of the inbox. The engine counts: alerts of earlier runs are in it, too. */
export function createInboxCount({ clock, load, onChange }: InboxCountParts): InboxCount {
  let count = 0;
  let waiting = false;

  async function ask(): Promise<void> {
    waiting = false;
    const answer = await load({ limit: 1, before: null });
    const inbox = answer.ok ? CHANNELS['alert.load'].response.safeParse(answer.value) : null;
    if (inbox?.success !== true || inbox.data.unacknowledged === count) return;
    count = inbox.data.unacknowledged;
    onChange();
  }

  function askSoon(): void {
    if (waiting) return;
    waiting = true;
    clock.schedule(GATHER_MS, () => void ask());
  }

  return {
    get count() {
      return count;
    },
    onEvent(event) {
      if (event.type === 'ALERT_CHANGED') askSoon();
    },
    engineOpened: askSoon,
  };
}
