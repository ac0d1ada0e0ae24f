import { describe, expect, it, vi } from 'vitest';
import { watchTrader } from '#main/app/trader-watch.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

function watched() {
  const clock = new FakeClock();
  const trader = { idleSeconds: 1, locked: false };
  const onActive = vi.fn();
  const onScreenLocked = vi.fn();
  const stop = watchTrader({
    clock,
    idleSeconds: () => trader.idleSeconds,
    screenLocked: () => trader.locked,
    onActive,
    onScreenLocked,
  });
  return { clock, trader, onActive, onScreenLocked, stop };
}

describe('the look at the trader', () => {
  it('tells of every ten seconds in which the trader was there', async () => {
    const { clock, onActive } = watched();
    await clock.advance(30_000);
    expect(onActive).toHaveBeenCalledTimes(3);
  });

  it('does not believe a system that has never told anything but zero', async () => {
    const { clock, trader, onActive } = watched();
    trader.idleSeconds = 0;
    await clock.advance(3_600_000);
    expect(onActive).not.toHaveBeenCalled();
    trader.idleSeconds = 20;
    await clock.advance(10_000);
    trader.idleSeconds = 0;
    await clock.advance(10_000);
    expect(onActive).toHaveBeenCalledTimes(1);
  });

  it('says nothing of a trader who has gone, and begins again on the return', async () => {
    const { clock, trader, onActive } = watched();
    trader.idleSeconds = 10;
    await clock.advance(600_000);
    expect(onActive).not.toHaveBeenCalled();
    trader.idleSeconds = 9;
    await clock.advance(10_000);
    expect(onActive).toHaveBeenCalledTimes(1);
  });

  it('tells of a locked screen once, and of no activity behind it', async () => {
    const { clock, trader, onActive, onScreenLocked } = watched();
    trader.locked = true;
    await clock.advance(60_000);
    expect(onScreenLocked).toHaveBeenCalledTimes(1);
    expect(onActive).not.toHaveBeenCalled();
    trader.locked = false;
    await clock.advance(10_000);
    trader.locked = true;
    await clock.advance(10_000);
    expect(onScreenLocked).toHaveBeenCalledTimes(2);
  });

  it('ends', async () => {
    const { clock, onActive, stop } = watched();
    await clock.advance(10_000);
    stop();
    await clock.advance(60_000);
    expect(onActive).toHaveBeenCalledTimes(1);
    expect(clock.pending).toBe(0);
  });
});
