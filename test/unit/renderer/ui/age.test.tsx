import { act, cleanup, render } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { startClock } from '#renderer/stores/clock-store.ts';
import { Age, Countdown, TimeOf } from '#renderer/ui/age.tsx';
import { Profiler } from 'react';

const NOW = 1_780_000_000_000;
let stop = () => {};

beforeEach(() => {
  vi.useFakeTimers({ now: NOW });
  stop = startClock();
});

afterEach(() => {
  stop();
  cleanup();
  vi.useRealTimers();
});

const wait = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));

describe('ages on the desk', () => {
  it('move with the clock, each by itself', async () => {
    const { container } = render(
      <>
        <Age atMs={NOW - 58_000} suffix=" ago" />|<Countdown atMs={NOW + 3_000} />
      </>,
    );
    expect(container.textContent).toBe('58 s ago|3 s');
    await wait(1_000);
    expect(container.textContent).toBe('59 s ago|2 s');
    await wait(5_000);
    expect(container.textContent).toBe('1 min ago|0 s');
  });

  it('are drawn again only when their own text changes', async () => {
    let draws = 0;
    render(
      <Profiler id="ages" onRender={() => (draws += 1)}>
        <Age atMs={NOW - 3_600_000} />
        <TimeOf atMs={NOW - 1_000} />
      </Profiler>,
    );
    const first = draws;
    await wait(30_000);
    expect(draws).toBe(first);
    await wait(31_000);
    expect(draws).toBe(first + 1);
  });
});

describe('the ticker', () => {
  it('falls on whole seconds, whenever it was started', async () => {
    stop();
    vi.setSystemTime(NOW + 400);
    stop = startClock();
    const { container } = render(<Age atMs={NOW} />);
    await wait(600);
    expect(container.textContent).toBe('1 s');
    await wait(1_000);
    expect(container.textContent).toBe('2 s');
  });
});
