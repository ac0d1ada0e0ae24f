import { describe, expect, it, vi } from 'vitest';
import { appPaths } from '#main/platform/paths.ts';
import { systemClock } from '#main/platform/system-clock.ts';

describe('the system clock', () => {
  it('calls back once, and not at all when cancelled, however often', () => {
    vi.useFakeTimers();
    const clock = systemClock();
    const called: string[] = [];
    clock.schedule(10, () => called.push('kept'));
    const cancel = clock.schedule(5, () => called.push('cancelled'));
    cancel();
    cancel();
    vi.advanceTimersByTime(100);
    expect(called).toEqual(['kept']);
    vi.useRealTimers();
  });

  it('does not fire at once for a delay that is longer than timers take', () => {
    vi.useFakeTimers();
    let fired = false;
    systemClock().schedule(2 ** 40, () => {
      fired = true;
    });
    vi.advanceTimersByTime(60_000);
    expect(fired).toBe(false);
    vi.useRealTimers();
  });

  it('lets the loop serve what waits', async () => {
    let served = false;
    setImmediate(() => {
      served = true;
    });
    await systemClock().yieldToLoop();
    expect(served).toBe(true);
  });
});

it('keeps everything below one folder', () => {
  const { userData, ...paths } = appPaths('/home/me/keel');
  expect(userData).toBe('/home/me/keel');
  for (const path of Object.values(paths)) expect(path.startsWith(userData)).toBe(true);
});
