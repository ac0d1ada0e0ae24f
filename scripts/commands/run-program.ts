/** Runs a development tool and keeps what it prints. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';

export type ProgramResult = {
  readonly status: number;
  /** stdout and stderr as they came. */
  readonly output: string;
  readonly stdout: string;
  readonly durationMs: number;
};

const running = new Set<ChildProcess>();

/** From now on a signal that ends us ends what runs as well. */
export function endProgramsWithUs(): void {
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.once(signal, () => {
      for (const child of running) child.kill('SIGTERM');
      process.exit(128 + number);
    });
  }
}

/**
 * Runs a program to its end; it never rejects for a failing program.
 * @param options.echo lets the output through as well while it runs
 * @param options.limitMs after this long the program is killed, which counts as failing
 */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { cwd: string; env?: NodeJS.ProcessEnv; echo?: boolean; limitMs?: number },
): Promise<ProgramResult> {
  const startedMs = performance.now();
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      stdout += chunk.toString();
      if (options.echo) process.stdout.write(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      if (options.echo) process.stderr.write(chunk);
    });
    const stop = (): void => {
      process.stderr.write(`stopped after ${options.limitMs} ms\n`);
      child.kill('SIGKILL');
      // What it has started may hold the pipes open.
      child.stdout.destroy();
      child.stderr.destroy();
      finish(1);
    };
    const limit = options.limitMs ? setTimeout(stop, options.limitMs) : undefined;
    const finish = (status: number, addition = ''): void => {
      clearTimeout(limit);
      running.delete(child);
      resolve({
        status,
        output: output + addition,
        stdout,
        durationMs: Math.round(performance.now() - startedMs),
      });
    };
    child.on('error', (error) => finish(1, error.message));
    child.on('close', (code) => finish(code ?? 1));
  });
}
