import type { MessagePortMain } from 'electron';
import type { Clock, Logger, Unsubscribe } from '#main/engine/ports.ts';

/** A running child process, whatever started it. */
export interface Child {
  readonly pid: number | undefined;
  /** The ports go over to the process and are of no use here afterwards. */
  post(message: unknown, ports?: readonly MessagePortMain[]): void;
  kill(): void;
}

export interface ChildListener {
  onMessage(message: unknown): void;
  /** Called once, however the process ended. */
  onExit(code: number): void;
}

export interface SupervisorParts {
  readonly name: string;
  spawn(listener: ChildListener): Child;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Longest pause before a restart, milliseconds. Default: 10 s. */
  readonly longestDelayMs?: number;
  /** A new process runs; it has been told nothing yet. */
  onStart(post: (message: unknown) => void): void;
  onMessage(message: unknown): void;
  /** The process is gone. `restartInMs` is null when it was meant to end, or is not started again. */
  onDown(restartInMs: number | null): void;
}

export interface Supervisor {
  start(): void;
  /** False when no process runs. */
  post(message: unknown, ports?: readonly MessagePortMain[]): boolean;
  readonly pid: number | undefined;
  /** Leaves the process to itself: it is not started again when it ends. */
  giveUp(): void;
  /** Asks the process by `message` to end, waits for it, and kills it after the grace period. */
  stop(message: unknown, graceMs: number): Promise<void>;
}

const FIRST_DELAY_MS = 250;
const LONGEST_DELAY_MS = 10_000;
/** Longer than any start: a process that ran this long was healthy, and the next failure begins with the shortest delay. */
const HEALTHY_AFTER_MS = 5_000;

/** Pause before the n-th restart in a row (1-based): 0.25 s, 0.5 s, 1 s … 10 s. */
export function restartDelayMs(failuresInARow: number): number {
  return Math.min(FIRST_DELAY_MS * 2 ** (failuresInARow - 1), LONGEST_DELAY_MS);
}

/** Keeps one child process running: starts it again, with a growing pause, whenever it ends unasked. */
export function createSupervisor(parts: SupervisorParts): Supervisor {
  const { name, clock, logger, longestDelayMs = LONGEST_DELAY_MS } = parts;
  let child: Child | null = null;
  let startedAtMs = 0;
  let failures = 0;
  let wanted = false;
  let cancelRestart: Unsubscribe | null = null;
  let onGone: (() => void) | null = null;

  function launch(): void {
    cancelRestart = null;
    startedAtMs = clock.monotonicMs();
    const started = parts.spawn({
      onMessage: (message) => {
        if (child === started) parts.onMessage(message);
      },
      onExit: (code) => {
        if (child === started) ended(code);
      },
    });
    child = started;
    logger.info('process.started', { name, pid: started.pid ?? null });
    parts.onStart((message) => started.post(message));
  }

  function ended(code: number): void {
    child = null;
    const ranMs = clock.monotonicMs() - startedAtMs;
    failures = ranMs >= HEALTHY_AFTER_MS ? 1 : failures + 1;
    const delayMs = wanted ? Math.min(restartDelayMs(failures), longestDelayMs) : null;
    const fields = { name, code, ranMs: Math.round(ranMs), restartInMs: delayMs };
    if (wanted) logger.error('process.died', fields);
    else logger.info('process.ended', fields);
    if (delayMs !== null) cancelRestart = clock.schedule(delayMs, launch);
    parts.onDown(delayMs);
    onGone?.();
  }

  return {
    start() {
      wanted = true;
      if (child === null && cancelRestart === null) launch();
    },
    post(message, ports) {
      child?.post(message, ports);
      return child !== null;
    },
    get pid() {
      return child?.pid;
    },
    giveUp() {
      wanted = false;
      cancelRestart?.();
      cancelRestart = null;
    },
    stop(message, graceMs) {
      wanted = false;
      cancelRestart?.();
      cancelRestart = null;
      if (child === null) return Promise.resolve();
      return new Promise((resolve) => {
        const cancelKill = clock.schedule(graceMs, () => {
          logger.warn('process.killed', { name, graceMs });
          child?.kill();
        });
        onGone = () => {
          cancelKill();
          resolve();
        };
        child?.post(message);
      });
    },
  };
}
