import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import { createEventIntake } from '#renderer/bridge/event-intake.ts';

const vault = (id: string, revision: number) =>
  ({ type: 'VAULT_CHANGED', view: { vault: { id }, revision } }) as unknown as DeskEvent;
const alert = (id: string) =>
  ({ type: 'ALERT_CHANGED', view: { alert: { id } } }) as unknown as DeskEvent;
const engine = (running: boolean): DeskEvent => ({ type: 'ENGINE_STATUS', running, error: null });

/** A window by hand: parsing costs `parseMs` on the clock, each turn of the event loop is one call of `turn`. */
function windowOf(parseMs: number) {
  let nowMs = 0;
  let waiting: { readonly atMs: number; readonly callback: () => void } | null = null;
  const delivered: (readonly DeskEvent[])[] = [];
  const unreadable: string[] = [];
  const turns: number[] = [];
  let parsed = 0;
  const intake = createEventIntake({
    parse(raw) {
      nowMs += parseMs;
      parsed += 1;
      return raw === 'rubbish'
        ? err(keelError('INTERNAL', 'operator', 'unreadable', ''))
        : ok(raw as DeskEvent);
    },
    deliver: (events) => delivered.push(events),
    onUnreadable: (error) => unreadable.push(error.message),
    monotonicMs: () => nowMs,
    later(delayMs, callback) {
      waiting = { atMs: nowMs + delayMs, callback };
      return () => (waiting = null);
    },
  });
  const turn = (): boolean => {
    if (waiting === null) return false;
    const { atMs, callback } = waiting;
    waiting = null;
    nowMs = Math.max(nowMs, atMs);
    const beforeMs = nowMs;
    callback();
    turns.push(nowMs - beforeMs);
    return true;
  };
  const settle = () => {
    while (turn());
  };
  return { intake, delivered, unreadable, turns, turn, settle, parsedCount: () => parsed };
}

describe('the event intake', () => {
  it('parses a thousand views in slices, and hands them on in a few deliveries', () => {
    const { intake, delivered, turns, settle } = windowOf(0.5);
    intake.add(Array.from({ length: 1_000 }, (_, index) => vault(`v${index}`, 1)));
    settle();
    expect(delivered.flat()).toHaveLength(1_000);
    expect(Math.max(...turns)).toBeLessThanOrEqual(8.5);
    expect(delivered.length).toBeLessThan(10);
  });

  it('does not parse a view that was replaced while it waited', () => {
    const { intake, delivered, settle, parsedCount } = windowOf(1);
    intake.add([vault('a', 1), alert('x'), vault('a', 2)]);
    intake.add([vault('a', 3), vault('a', 2)]);
    settle();
    expect(delivered.flat()).toEqual([vault('a', 3), alert('x')]);
    expect(parsedCount()).toBe(2);
  });

  it('says what could not be read, and goes on', () => {
    const { intake, delivered, unreadable, settle } = windowOf(0);
    intake.add(['rubbish', alert('x'), null]);
    settle();
    expect(unreadable).toEqual(['unreadable']);
    expect(delivered.flat()).toEqual([alert('x'), null]);
  });

  it('never lets a view of a restarted engine take a place before its start', () => {
    const { intake, delivered, settle } = windowOf(0);
    intake.add([vault('a', 40), engine(true), vault('a', 1)]);
    settle();
    expect(delivered.flat()).toEqual([vault('a', 40), engine(true), vault('a', 1)]);
  });

  it('drops what waits once it is closed', () => {
    const { intake, delivered, settle } = windowOf(0);
    intake.add([vault('a', 1)]);
    intake.close();
    settle();
    expect(delivered).toEqual([]);
  });

  it('ends in the same state as applying every event in order, whatever the slices', () => {
    const events = fc.array(
      fc.oneof(
        { weight: 6, arbitrary: fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(9)) },
        { weight: 2, arbitrary: fc.constant('alert' as const) },
        { weight: 1, arbitrary: fc.boolean() },
      ),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(
        events,
        fc.constantFrom(0, 1, 5, 9),
        fc.infiniteStream(fc.nat(3)),
        (kinds, cost, gaps) => {
          const all = kinds.map((kind, index) => {
            if (kind === 'alert') return alert(String(index));
            return typeof kind === 'boolean' ? engine(kind) : vault(kind[0], kind[1]);
          });
          const { intake, delivered, turn, settle } = windowOf(cost);
          for (const event of all) {
            intake.add([event]);
            for (let turns = gaps.next().value ?? 0; turns > 0; turns -= 1) turn();
          }
          settle();
          expect(stateAfter(delivered.flat())).toEqual(stateAfter(all));
        },
      ),
    );
  });
});

/** As the stores do it: a higher revision wins, an engine's start makes any count; everything else is kept as it came. */
function stateAfter(events: readonly DeskEvent[]) {
  const views = new Map<string, { revision: number; shown: number }>();
  const others: string[] = [];
  for (const event of events) {
    if (event.type === 'VAULT_CHANGED') {
      const { id } = event.view.vault;
      const { revision } = event.view;
      if (revision > (views.get(id)?.revision ?? -1)) views.set(id, { revision, shown: revision });
    } else {
      others.push(JSON.stringify(event));
      if (event.type === 'ENGINE_STATUS') {
        for (const view of views.values()) view.revision = -1;
      }
    }
  }
  return { views: [...views].toSorted(([left], [right]) => left.localeCompare(right)), others };
}
