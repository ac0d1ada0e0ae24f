import { describe, expect, it, vi } from 'vitest';
import { keelError } from '#domain/keel-error.ts';
import { err, ok } from '#domain/result.ts';
import type { DeskEvent } from '#ipc/contract.ts';
import { createInboxCount } from '#main/app/inbox-count.ts';
import type { Answer } from '#main/ipc/handlers.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

const alertChanged = { type: 'ALERT_CHANGED' } as DeskEvent;

function counting() {
  const clock = new FakeClock();
  const inbox = { answer: ok({ alerts: [], unacknowledged: 3 }) as Answer };
  const load = vi.fn(() => Promise.resolve(inbox.answer));
  const onChange = vi.fn();
  return { clock, inbox, load, onChange, count: createInboxCount({ clock, load, onChange }) };
}

describe('the count of the inbox', () => {
  it('is asked of the engine once for a burst of alerts', async () => {
    const { clock, load, onChange, count } = counting();
    for (let burst = 0; burst < 50; burst += 1) count.onEvent(alertChanged);
    await clock.advance(1_000);
    expect(load).toHaveBeenCalledTimes(1);
    expect(count.count).toBe(3);
    count.engineOpened();
    await clock.advance(1_000);
    expect(load).toHaveBeenCalledTimes(2);
    expect(onChange).toHaveBeenCalledTimes(1);
  });

  it('stays as it was while the engine does not answer, or not sensibly', async () => {
    const { clock, inbox, count } = counting();
    count.engineOpened();
    await clock.advance(1_000);
    inbox.answer = err(keelError('ENGINE_UNAVAILABLE', 'retry', 'Down.', 'Wait.'));
    count.onEvent(alertChanged);
    await clock.advance(1_000);
    inbox.answer = ok({ unacknowledged: -1 });
    count.onEvent(alertChanged);
    await clock.advance(1_000);
    expect(count.count).toBe(3);
  });
});
