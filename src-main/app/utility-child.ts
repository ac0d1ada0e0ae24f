import { utilityProcess } from 'electron';
import type { Child, ChildListener } from './supervisor.ts';

export interface UtilityChildParts {
  /** Path of the bundled entry point. */
  readonly entry: string;
  readonly args: readonly string[];
  /** As the operating system's process list shows it. */
  readonly serviceName: string;
  onOutput(stream: 'stdout' | 'stderr', line: string): void;
}

/**
 * A small young generation: its collections pause for one millisecond instead of ten and more, which counts for
 * more than the few further ones, and the process stays a hundred megabytes smaller with hundreds of vaults.
 */
const SHORT_PAUSES = '--js-flags=--max-semi-space-size=4';

/** Starts an Electron utility process: a Node process of its own, with its own heap and its own crashes. */
export function spawnUtilityChild(parts: UtilityChildParts, listener: ChildListener): Child {
  const child = utilityProcess.fork(parts.entry, [...parts.args], {
    serviceName: parts.serviceName,
    stdio: 'pipe',
    execArgv: [SHORT_PAUSES],
  });
  child.on('message', (message: unknown) => listener.onMessage(message));
  child.once('exit', (code) => listener.onExit(code));
  child.stdout?.on('data', (chunk: Buffer) => parts.onOutput('stdout', chunk.toString().trimEnd()));
  child.stderr?.on('data', (chunk: Buffer) => parts.onOutput('stderr', chunk.toString().trimEnd()));
  return {
    get pid() {
      return child.pid;
    },
    post: (message) => child.postMessage(message),
    kill: () => void child.kill(),
  };
}
