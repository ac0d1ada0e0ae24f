import { describe, expect, it } from 'vitest';
import { SlotTimer } from '#main/practice/chain/slot-timer.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

describe('the slot timer', () => {
  it('calls once per slot, stops and goes on', async () => {
    const clock = new FakeClock();
    let slots = 0;
    const timer = new SlotTimer(clock, 400, () => (slots += 1));
    timer.start();
    timer.start();
    await clock.advance(4_000);
    expect(slots).toBe(10);
    timer.stop();
    await clock.advance(4_000);
    expect(slots).toBe(10);
    expect(clock.pending).toBe(0);
    timer.start();
    await clock.advance(400);
    expect(slots).toBe(11);
  });

  it('does not make up for the slots of a sleep', async () => {
    const clock = new FakeClock();
    let slots = 0;
    const timer = new SlotTimer(clock, 400, () => (slots += 1));
    timer.start();
    clock.suspend(3_600_000);
    await clock.advance(800);
    expect(slots).toBe(2);
    timer.stop();
  });
});
