import { utilityProcess } from 'electron';
import type { Child, ChildListener } from './supervisor.ts';
import { SMALL_YOUNG_GENERATION } from './young-generation.ts';

export interface UtilityChildParts {
  /** Path of the bundled entry point. */
  readonly entry: string;
  readonly args: readonly string[];
  /** As the operating system's process list shows it. */
  readonly serviceName: string;
  /** The whole environment; Keel's own unless given. */
  readonly env?: NodeJS.ProcessEnv;
  /** For the engine of JavaScript, beside what all processes get. */
  readonly jsFlags?: readonly string[];
  onOutput(stream: 'stdout' | 'stderr', line: string): void;
}

/** Starts an Electron utility process: a Node process of its own, with its own heap and its own crashes. */
export function spawnUtilityChild(parts: UtilityChildParts, listener: ChildListener): Child {
  const child = utilityProcess.fork(parts.entry, [...parts.args], {
    serviceName: parts.serviceName,
    stdio: 'pipe',
    ...(parts.env === undefined ? {} : { env: parts.env }),
    execArgv: [`--js-flags=${[SMALL_YOUNG_GENERATION, ...(parts.jsFlags ?? [])].join(' ')}`],
  });
  child.on('message', (message: unknown) => listener.onMessage(message));
  child.once('exit', (code) => listener.onExit(code));
  child.stdout?.on('data', (chunk: Buffer) => parts.onOutput('stdout', chunk.toString().trimEnd()));
  child.stderr?.on('data', (chunk: Buffer) => parts.onOutput('stderr', chunk.toString().trimEnd()));
  return {
    get pid() {
      return child.pid;
    },
    post: (message, ports) =>
      ports === undefined ? child.postMessage(message) : child.postMessage(message, [...ports]),
    kill: () => void child.kill(),
  };
}
