import { describe, expect, it } from 'vitest';
import type { DeskEvent } from '#ipc/contract.ts';
import { createEventOutbox } from '#main/ipc/event-outbox.ts';

const vaultChanged = (id: string, revision: number) =>
  ({ type: 'VAULT_CHANGED', view: { vault: { id }, revision } }) as unknown as DeskEvent;
const syncError = (vaultId: string) => ({ type: 'VAULT_SYNC_ERROR', vaultId }) as DeskEvent;

/** An event loop by hand: each send costs `sendMs` on the clock, each yield is one turn. */
function loop(sendMs: number) {
  const sent: DeskEvent[] = [];
  const faults: unknown[] = [];
  const turns: (() => void)[] = [];
  const slices: number[] = [];
  let nowMs = 0;
  const outbox = createEventOutbox({
    send: (event) => {
      nowMs += sendMs;
      if (event.type === 'ENGINE_STATUS') throw new Error('cannot be encoded');
      sent.push(event);
    },
    onFault: (_, fault) => faults.push(fault),
    monotonicMs: () => nowMs,
    yieldTo: (turn) => turns.push(turn),
  });
  return {
    outbox,
    sent,
    faults,
    slices,
    run() {
      for (let turn = turns.shift(); turn !== undefined; turn = turns.shift()) {
        const beforeMs = nowMs;
        turn();
        slices.push(nowMs - beforeMs);
      }
    },
  };
}

describe('the event outbox', () => {
  it('sends 400 vaults in slices that never hold the event loop', () => {
    const { outbox, run, sent, slices } = loop(1);
    for (let index = 0; index < 400; index += 1) outbox.add(vaultChanged(`v${index}`, 1));
    expect(sent).toHaveLength(0);
    run();
    expect(sent).toHaveLength(400);
    expect(Math.max(...slices)).toBeLessThanOrEqual(10);
    expect(slices.length).toBeGreaterThan(10);
  });

  it('sends only the newest of the states that wait, and never an error before the state it tells of', () => {
    const { outbox, run, sent } = loop(0);
    outbox.add(vaultChanged('a', 1));
    outbox.add(syncError('a'));
    outbox.add(vaultChanged('b', 1));
    outbox.add(vaultChanged('a', 2));
    run();
    expect(sent).toEqual([vaultChanged('a', 2), syncError('a'), vaultChanged('b', 1)]);
  });

  it('never merges events that are not states', () => {
    const { outbox, run, sent } = loop(0);
    outbox.add(syncError('a'));
    outbox.add(syncError('a'));
    run();
    expect(sent).toHaveLength(2);
  });

  it('sends the newest state of an exchange, and every single change of an alert', () => {
    const { outbox, run, sent } = loop(0);
    const exchange = (revision: number) =>
      ({ type: 'EXCHANGE_CHANGED', view: { network: 'n', revision } }) as unknown as DeskEvent;
    const alert = (change: string) =>
      ({ type: 'ALERT_CHANGED', view: { alert: { id: 'a' } }, change }) as unknown as DeskEvent;
    outbox.add(exchange(1));
    outbox.add(alert('raised'));
    outbox.add(alert('worse'));
    outbox.add(exchange(2));
    outbox.add(alert('cleared'));
    run();
    expect(sent).toEqual([exchange(2), alert('raised'), alert('worse'), alert('cleared')]);
  });

  it('drops an event that cannot be sent, says so, and goes on', () => {
    const { outbox, run, sent, faults } = loop(0);
    outbox.add({ type: 'ENGINE_STATUS', running: true, error: null });
    outbox.add(vaultChanged('a', 1));
    run();
    expect(sent).toHaveLength(1);
    expect(faults).toHaveLength(1);
  });

  it('flushes what waits before the process ends', () => {
    const { outbox, sent } = loop(100);
    outbox.add(vaultChanged('a', 1));
    outbox.add(vaultChanged('b', 1));
    outbox.flush();
    expect(sent).toHaveLength(2);
  });
});
