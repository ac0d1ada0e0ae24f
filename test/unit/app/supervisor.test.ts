import { describe, expect, it, vi } from 'vitest';
import type { Logger } from '#main/engine/ports.ts';
import { createSupervisor, restartDelayMs, type ChildListener } from '#main/app/supervisor.ts';
import { FakeClock } from '#test/support/fake-clock.ts';

const silent: Logger = { debug: vi.fn(), info: vi.fn(), warn: vi.fn(), error: vi.fn() };

function supervised() {
  const clock = new FakeClock();
  const listeners: ChildListener[] = [];
  const posted: unknown[] = [];
  const downs: (number | null)[] = [];
  const messages: unknown[] = [];
  const kill = vi.fn();
  const supervisor = createSupervisor({
    name: 'engine',
    clock,
    logger: silent,
    spawn: (listener) => {
      listeners.push(listener);
      return { pid: listeners.length, post: (message) => posted.push(message), kill };
    },
    onStart: (post) => post({ hello: listeners.length }),
    onMessage: (message) => messages.push(message),
    onDown: (restartInMs) => downs.push(restartInMs),
  });
  const exit = (index: number, code = 1) => listeners[index]?.onExit(code);
  return { clock, supervisor, listeners, posted, downs, messages, kill, exit };
}

describe('a supervised process', () => {
  it('is started again with growing pauses, ten seconds at most', async () => {
    const { clock, supervisor, listeners, downs, exit } = supervised();
    supervisor.start();
    for (let death = 0; death < 8; death += 1) {
      exit(death);
      expect(supervisor.pid).toBeUndefined();
      await clock.advance(downs[death] ?? 0);
      expect(listeners).toHaveLength(death + 2);
    }
    expect(downs).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
    expect(restartDelayMs(1)).toBe(250);
  });

  it('starts from the shortest pause again after a healthy run', async () => {
    const { clock, supervisor, downs, exit } = supervised();
    supervisor.start();
    exit(0);
    await clock.advance(250);
    exit(1);
    await clock.advance(500);
    await clock.advance(5_000);
    exit(2);
    expect(downs).toEqual([250, 500, 250]);
  });

  it('is told everything anew after a restart', async () => {
    const { clock, supervisor, posted, exit } = supervised();
    supervisor.start();
    exit(0);
    await clock.advance(250);
    expect(posted).toEqual([{ hello: 1 }, { hello: 2 }]);
  });

  it('is not heard after its death', async () => {
    const { clock, supervisor, listeners, messages, exit } = supervised();
    supervisor.start();
    exit(0);
    await clock.advance(250);
    listeners[0]?.onMessage('late');
    listeners[1]?.onMessage('now');
    expect(messages).toEqual(['now']);
  });

  it('takes no message while it is down', () => {
    const { supervisor, exit } = supervised();
    expect(supervisor.post('x')).toBe(false);
    supervisor.start();
    expect(supervisor.post('x')).toBe(true);
    exit(0);
    expect(supervisor.post('x')).toBe(false);
  });

  it('ends when it is asked to, and stays down', async () => {
    const { clock, supervisor, posted, downs, exit, kill, listeners } = supervised();
    supervisor.start();
    const stopped = supervisor.stop({ type: 'stop' }, 5_000);
    expect(posted.at(-1)).toEqual({ type: 'stop' });
    exit(0, 0);
    await stopped;
    await clock.advance(60_000);
    expect(kill).not.toHaveBeenCalled();
    expect(downs).toEqual([null]);
    expect(listeners).toHaveLength(1);
  });

  it('is killed when it does not end in time', async () => {
    const { clock, supervisor, kill, exit } = supervised();
    supervisor.start();
    const stopped = supervisor.stop({ type: 'stop' }, 5_000);
    await clock.advance(5_000);
    expect(kill).toHaveBeenCalledOnce();
    exit(0, 9);
    await stopped;
  });

  it('can be stopped while it waits for a restart', async () => {
    const { clock, supervisor, listeners, exit } = supervised();
    supervisor.start();
    exit(0);
    await supervisor.stop({ type: 'stop' }, 5_000);
    await clock.advance(60_000);
    expect(listeners).toHaveLength(1);
  });

  it('stays down once it was given up', async () => {
    const { clock, supervisor, listeners, downs, exit } = supervised();
    supervisor.start();
    supervisor.giveUp();
    exit(0);
    await clock.advance(60_000);
    expect(listeners).toHaveLength(1);
    expect(downs).toEqual([null]);
  });
});
