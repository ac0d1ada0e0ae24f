/** A display for machines without one (Xvfb), on a number that the X server finds free itself. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';

export type VirtualDisplay = {
  /** As in $DISPLAY, e.g. ":99". */
  readonly display: string;
  readonly stop: () => Promise<void>;
};

const SCREEN = '1440x900';
const START_LIMIT_MS = 15_000;

/** Whether windows can be opened here as things stand. */
export function hasDisplay(): boolean {
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

/**
 * Resolves with the first line that a child writes to the given file descriptor.
 * @throws Error when the child ends or says nothing for 15 s
 */
export function firstLineFrom(child: ChildProcess, descriptor: number): Promise<string> {
  const name = child.spawnfile;
  return new Promise((resolve, reject) => {
    const limit = setTimeout(
      () => reject(new Error(`${name} did not get ready within ${START_LIMIT_MS} ms`)),
      START_LIMIT_MS,
    );
    let text = '';
    const stream = child.stdio[descriptor] as Readable;
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      const [line, rest] = text.split('\n', 2);
      if (line === undefined || rest === undefined) return;
      clearTimeout(limit);
      resolve(line.trim());
    });
    child.on('error', (error) => {
      clearTimeout(limit);
      reject(new Error(`${name} cannot be started: ${error.message}`));
    });
    child.on('exit', (code, signal) => {
      clearTimeout(limit);
      reject(new Error(`${name} ended before it was ready (${signal ?? code})`));
    });
  });
}

/** Ends a child and waits until it is gone. */
export function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}

/**
 * Starts Xvfb. It ends with `stop`, and with this process at the latest.
 * @param options.outlivesInterrupt Ctrl+C does not reach it: for a caller that stops its windows
 * first and then calls `stop`. A window that loses its display crashes.
 * @param options.screen its size in pixels [1440x900]
 */
export async function startVirtualDisplay(
  options: { outlivesInterrupt?: boolean; screen?: string } = {},
): Promise<VirtualDisplay> {
  const screen = `${options.screen ?? SCREEN}x24`;
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: options.outlivesInterrupt ?? false,
  });
  const endWithUs = () => child.kill('SIGKILL');
  process.once('exit', endWithUs);
  const number = await firstLineFrom(child, 3);
  return {
    display: `:${number}`,
    stop: async () => {
      process.removeListener('exit', endWithUs);
      await stopChild(child);
    },
  };
}
