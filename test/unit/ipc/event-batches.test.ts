import { describe, expect, it } from 'vitest';
import { createEventBatches, MOST_IN_BATCH } from '#main/ipc/event-batches.ts';

function batches() {
  const sent: (readonly unknown[])[] = [];
  const timers: (() => void)[] = [];
  const { add } = createEventBatches({
    send: (events) => sent.push(events),
    later: (_, callback) => timers.push(callback),
  });
  return { add, sent, timers, fire: () => timers.splice(0).forEach((timer) => timer()) };
}

describe('event batches', () => {
  it('send what comes close together in one message, in order', () => {
    const { add, sent, timers, fire } = batches();
    for (const event of [1, 2, 3]) add(event);
    expect(timers).toHaveLength(1);
    fire();
    add(4);
    fire();
    expect(sent).toEqual([[1, 2, 3], [4]]);
  });

  it('never make a message that the window would take long to unpack', () => {
    const { add, sent, fire } = batches();
    const events = Array.from({ length: 1_000 }, (_, index) => index);
    for (const event of events) add(event);
    fire();
    expect(sent.flat()).toEqual(events);
    expect(Math.max(...sent.map(({ length }) => length))).toBe(MOST_IN_BATCH);
  });

  it('send nothing twice, and no empty message', () => {
    const { add, sent, fire } = batches();
    for (let event = 0; event < MOST_IN_BATCH; event += 1) add(event);
    fire();
    expect(sent).toHaveLength(1);
  });
});
