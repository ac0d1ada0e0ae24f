/**
 * Events on their way into the window: parsed in slices that never hold a frame up, and handed on together. Order is
 * kept; a vault's view that is replaced while it waits is not parsed at all, for the newer one is whole.
 */
import type { KeelError } from '#domain/keel-error.ts';
import type { Result } from '#domain/result.ts';
import type { DeskEvent } from '#ipc/contract.ts';

/** Longest work in one go. */
const SLICE_MS = 8;
/** Handed on together with what was parsed just before, where that took no longer. */
const LITTLE_MS = 4;
/** How long events are gathered before the first is parsed; longer where they come in crowds. */
const GATHER_MS = 30;
const GATHER_CROWD_MS = 150;
const CROWD = 60;
/** What has been parsed does not wait longer than this for the rest. */
const LONGEST_WAIT_MS = 150;

export interface IntakeParts {
  parse(raw: unknown): Result<DeskEvent, KeelError>;
  deliver(events: readonly DeskEvent[]): void;
  onUnreadable(error: KeelError): void;
  /** Milliseconds that never go backwards. */
  monotonicMs(): number;
  /** Calls back once, after other work has had its turn. Returns the cancel. */
  later(delayMs: number, callback: () => void): () => void;
}

export interface EventIntake {
  add(raw: readonly unknown[]): void;
  /** Drops what waits. */
  close(): void;
}

interface Waiting {
  readonly raw: unknown;
  readonly revision: number;
}

export function createEventIntake(parts: IntakeParts): EventIntake {
  const queue = new Map<string, Waiting>();
  let parsed: DeskEvent[] = [];
  let parsedSinceMs = 0;
  let unique = 0;
  let epoch = 0;
  let gatherMs = GATHER_MS;
  let cancel: (() => void) | null = null;

  function enqueue(raw: unknown): void {
    const vault = vaultOf(raw);
    if (vault === null) {
      // A restarted engine counts revisions anew: nothing from after it may take a place before it.
      if (typeOf(raw) === 'ENGINE_STATUS') epoch += 1;
      unique += 1;
      queue.set(`event/${unique}`, { raw, revision: 0 });
      return;
    }
    const key = `vault/${epoch}/${vault.id}`;
    const waiting = queue.get(key);
    if (waiting !== undefined && vault.revision <= waiting.revision) return;
    queue.set(key, { raw, revision: vault.revision });
  }

  function parseNext(): boolean {
    const next = queue.entries().next();
    if (next.done === true) return false;
    const [key, { raw }] = next.value;
    queue.delete(key);
    const event = parts.parse(raw);
    if (!event.ok) parts.onUnreadable(event.error);
    else {
      if (parsed.length === 0) parsedSinceMs = parts.monotonicMs();
      parsed.push(event.value);
    }
    return true;
  }

  function deliver(): void {
    const events = parsed;
    parsed = [];
    gatherMs = events.length >= CROWD ? GATHER_CROWD_MS : GATHER_MS;
    if (events.length > 0) parts.deliver(events);
  }

  function turn(): void {
    cancel = null;
    const startMs = parts.monotonicMs();
    const overdue = parsed.length > 0 && startMs - parsedSinceMs >= LONGEST_WAIT_MS;
    if (queue.size === 0 || overdue) {
      deliver();
      if (queue.size > 0) schedule(0);
      return;
    }
    while (parts.monotonicMs() - startMs < SLICE_MS && parseNext());
    // Drawing what was parsed is work of its own: not on top of a full slice.
    if (queue.size === 0 && parts.monotonicMs() - startMs < LITTLE_MS) deliver();
    if (queue.size > 0 || parsed.length > 0) schedule(0);
  }

  function schedule(delayMs: number): void {
    cancel ??= parts.later(delayMs, turn);
  }

  return {
    add(raw) {
      for (const each of raw) enqueue(each);
      if (queue.size > 0) schedule(gatherMs);
    },
    close() {
      cancel?.();
      cancel = null;
      queue.clear();
      parsed = [];
    },
  };
}

interface Loose {
  readonly [key: string]: unknown;
}

const asObject = (value: unknown): Loose =>
  typeof value === 'object' && value !== null ? (value as Loose) : {};

const typeOf = (raw: unknown): unknown => asObject(raw)['type'];

/** Only to tell what replaces what: nothing of it is used before it is parsed. */
function vaultOf(raw: unknown): { readonly id: string; readonly revision: number } | null {
  const event = asObject(raw);
  if (event['type'] !== 'VAULT_CHANGED') return null;
  const view = asObject(event['view']);
  const { id } = asObject(view['vault']);
  const { revision } = view;
  return typeof id === 'string' && typeof revision === 'number' ? { id, revision } : null;
}
